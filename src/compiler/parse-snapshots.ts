import { error } from "../domain/diagnostic.ts";
import type { ParseContext } from "./discover.ts";
import type { ParsedModel } from "./parse-model.ts";
import { parseTemplated } from "./parse-model.ts";
import type { PropertiesDeclaration } from "./project/parse-properties.ts";
import type { ResourceFile } from "./project/project-files.ts";
import { fileResource, pathInPackage } from "./project/resource-properties.ts";
import { parseTemplate } from "./template/parse-template.ts";

/** What came of the snapshots of a project: those that have no fault, and the names of all. */
export interface ParsedSnapshots {
  readonly snapshots: readonly ParsedModel[];
  readonly names: readonly string[];
}

function ofFile(source: ResourceFile, context: ParseContext): ParsedSnapshots {
  const { settings, report } = context;
  const parsed = parseTemplate(source.file);
  if (!parsed.ok) {
    parsed.diagnostics.forEach(report);
    return { snapshots: [], names: [] };
  }
  const { fqn, path } = fileResource(source, { type: "snapshot", settings, extension: ".sql" });
  const definitions = parsed.value.snapshots;
  const snapshots = definitions.flatMap(({ name, nameSpan: span, body }) => {
    const resource = {
      uniqueId: `snapshot.${settings.name}.${name}`,
      name,
      packageName: settings.name,
      fqn: [...fqn, name],
      path,
      span,
    };
    return (
      parseTemplated(
        { resource, type: "snapshot", template: { ...parsed.value, body }, described: context.properties.get(name) },
        context,
      ) ?? []
    );
  });
  return { snapshots, names: definitions.map(({ name }) => name) };
}

/** A snapshot that a property file declares whole: it reads the relation that the file names. */
function ofProperties(described: PropertiesDeclaration, context: ParseContext): readonly ParsedModel[] {
  const { settings, report } = context;
  const { name, relation } = described;
  if (relation === undefined) return [];
  const { file } = name.span;
  const folder = settings.snapshotPaths.find((each) => file.path.startsWith(`${each}/`)) ?? "";
  const inside = file.path.slice(folder === "" ? 0 : folder.length + 1).replace(/\.ya?ml$/u, "");
  const text = `select * from {{ ${relation.value} }}`;
  const parsed = parseTemplate({ path: `${file.path}, snapshot ${name.value}`, text });
  if (!parsed.ok) {
    report(
      error("snapshot", `The relation of a snapshot is a ref or a source, found "${relation.value}".`, {
        span: relation.span,
      }),
    );
    return [];
  }
  const resource = {
    uniqueId: `snapshot.${settings.name}.${name.value}`,
    name: name.value,
    packageName: settings.name,
    fqn: [settings.name, ...inside.split("/"), name.value],
    path: pathInPackage(file.path, settings.name, settings),
    span: name.span,
  };
  const snapshot = parseTemplated({ resource, type: "snapshot", template: parsed.value, described }, context);
  return snapshot === undefined ? [] : [snapshot];
}

/** The snapshots of a project: blocks in files, and those that property files declare. */
export function parseSnapshots(files: readonly ResourceFile[], context: ParseContext): ParsedSnapshots {
  const read = files.map((file) => ofFile(file, context));
  const names = read.flatMap((each) => each.names);
  const declared = [...context.properties.values()].filter(({ relation }) => relation !== undefined);
  return {
    snapshots: [
      ...read.flatMap(({ snapshots }) => snapshots),
      ...declared.flatMap((each) => ofProperties(each, context)),
    ],
    names: [...names, ...declared.map(({ name }) => name.value)],
  };
}
