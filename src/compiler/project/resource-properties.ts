import type { ResourceFile } from "./project-files.ts";

/** What names a resource, wherever it is spoken of (DBT_CONVENTIONS §1). */
export interface ResourceProperties {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly fqn: readonly string[];
  readonly path: string;
}

/** The names of the resource that a file below one of the project's resource folders defines. */
export function fileResource(
  { file, folder, name: given }: ResourceFile,
  from: { readonly type: string; readonly packageName: string; readonly extension: string },
): ResourceProperties {
  const start = folder === "" ? 0 : folder.length + 1;
  const inside = given ?? file.path.slice(start, -from.extension.length);
  const parts = inside.split("/");
  const name = parts[parts.length - 1] ?? inside;
  return {
    uniqueId: `${from.type}.${from.packageName}.${name}`,
    name,
    packageName: from.packageName,
    fqn: [from.packageName, ...parts],
    path: file.path,
  };
}
