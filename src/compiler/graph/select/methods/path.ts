import { parsePathGlob, pathParts } from "../../matches-glob.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

/**
 * `path:`: a glob over the root project's files and folders. A resource is found by its file, by its property file, or by
 * a folder around its file; a glob that ends in a separator or in two stars finds folders alone. As in dbt, a package's
 * resource is found by a path that the root project has too.
 */
export const path: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) =>
    /^[\\/]/u.test(value)
      ? {
          code: "absolute-selection-path",
          message: `The path "${value}" is absolute, but a selected path starts at the project's root.`,
          hint: 'Write it from the project\'s root on, as in "models/staging".',
        }
      : undefined,
  match: ({ value }, project) => {
    const placesMeant = /(?:[\\/]|(?:^|[\\/])\*\*)$/u.test(value) ? foldersAround : placesOf;
    const found = new Set(
      project.resources
        .filter((resource) => resource.packageName === project.rootPackage)
        .flatMap(placesMeant)
        .filter(parsePathGlob(value)),
    );
    return (resource) => placesOf(resource).some((place) => found.has(place));
  },
  valuesOf: placesOf,
};

function placesOf(resource: SelectableResource): readonly string[] {
  const own = [...foldersAround(resource), resource.path];
  return resource.patchPath === undefined ? own : [...own, resource.patchPath];
}

/** From the root, which is `""`, down to the folder that holds the file. */
function foldersAround(resource: SelectableResource): readonly string[] {
  const parts = pathParts(resource.path);
  return parts.map((_, i) => parts.slice(0, i).join("/"));
}
