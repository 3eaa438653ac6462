import type { ModelVersion } from "../../domain/model-version.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import type { ResourceFile } from "./project-files.ts";

/** What names a resource, wherever it is spoken of (DBT_CONVENTIONS §1). */
export interface ResourceProperties {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly fqn: readonly string[];
  readonly path: string;
  /** Which version of a model it is, if the model has versions. */
  readonly version?: ModelVersion | undefined;
}

/** A path as the artifacts and selections have it: relative to the folder of its package. */
export function pathInPackage(path: string, packageName: string, { packages }: Pick<Settings, "packages">): string {
  const folder = packages?.[packageName]?.folder;
  return folder !== undefined && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** The property file that describes a resource of a package, if one does, relative to the package's folder. */
export function patchPathOf(
  described: { readonly name: { readonly span: Span } } | undefined,
  settings: Pick<Settings, "name" | "packages">,
): string | undefined {
  return described === undefined ? undefined : pathInPackage(described.name.span.file.path, settings.name, settings);
}

/** The names of the resource that a file below one of a package's resource folders defines. */
export function fileResource(
  { file, folder, name: given }: ResourceFile,
  from: {
    readonly type: string;
    readonly settings: Pick<Settings, "name" | "packages">;
    readonly extension: string;
  },
): ResourceProperties {
  const { name: packageName } = from.settings;
  const start = folder === "" ? 0 : folder.length + 1;
  const inside = given ?? file.path.slice(start, -from.extension.length);
  const parts = inside.split("/");
  const name = parts[parts.length - 1] ?? inside;
  return {
    uniqueId: `${from.type}.${packageName}.${name}`,
    name,
    packageName,
    fqn: [packageName, ...parts],
    path: pathInPackage(file.path, packageName, from.settings),
  };
}

/** The names of a file that holds a version of a model: the model's, and the version behind it (DBT_CONVENTIONS §1). */
export function versionedResource<R extends ResourceProperties>(
  resource: R,
  { name, version }: { readonly name: string; readonly version: ModelVersion },
): R {
  const suffix = `v${String(version.value)}`;
  return {
    ...resource,
    name,
    uniqueId: `${resource.uniqueId.slice(0, -resource.name.length)}${name}.${suffix}`,
    fqn: [...resource.fqn.slice(0, -1), name, suffix],
    version: { value: version.value, latest: version.latest },
  };
}

/** The folders of a property file within the model path (or seed path) that it lies in; none for one at the project's root. */
export function foldersOf(path: string, { modelPaths, seedPaths, macroPaths }: Settings): readonly string[] {
  const roots = [...modelPaths, ...seedPaths, ...macroPaths].filter((root) => path.startsWith(`${root}/`));
  const root = roots.reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  return path
    .slice(root === "" ? 0 : root.length + 1)
    .split("/")
    .slice(0, -1);
}
