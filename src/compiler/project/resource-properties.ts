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
  file: { readonly path: string },
  from: { readonly type: string; readonly packageName: string; readonly folder: string; readonly extension: string },
): ResourceProperties {
  const inside = file.path.slice(from.folder.length + 1, -from.extension.length);
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
