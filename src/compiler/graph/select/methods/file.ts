import { parseGlob } from "../../matches-glob.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `file:`: a glob for the name of the defining file, with or without its extension. */
export const file: SelectionMethod = {
  keys: "none",
  match: ({ value }) => {
    const matches = parseGlob(value);
    return (resource) => fileNames(resource).some(matches);
  },
  valuesOf: fileNames,
};

function fileNames(resource: SelectableResource): readonly string[] {
  const name = resource.path.slice(resource.path.lastIndexOf("/") + 1);
  return [name, name.replace(/(?<=.)\.[^.]+$/su, "")];
}
