import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { ModelVersion } from "../../domain/model-version.ts";
import type { Span } from "../../domain/source-file.ts";
import { type ColumnDeclaration, columnList } from "./column-declaration.ts";
import { constraintList } from "./constraint-declaration.ts";
import { type ConfigEntry, configEntries } from "./config-entry.ts";
import { type TestDeclaration, parseTestDeclarations } from "./parse-test-declarations.ts";
import type { PropertiesDeclaration } from "./parse-properties.ts";
import { type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { asNode, listOf, mapping, mappingEntries, type Shape, type ShapeOf, strictListOf, text } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

/** A version of a model as a property file declares it, with the files that may hold it, without their extension. */
export interface DeclaredVersion extends ModelVersion {
  readonly files: readonly string[];
}

/** A number, or text, as written. */
const versionValue: Shape<string | number> = (node, report) =>
  node.kind === "scalar" && typeof node.value === "number" ? node.value : text(node, report);

const version = mapping(
  {
    v: versionValue,
    defined_in: text,
    description: text,
    config: mappingEntries,
    access: asNode,
    columns: asNode,
    constraints: constraintList,
    data_tests: asNode,
    tests: asNode,
  },
  { what: "a version", needs: ["v"], ignored: ["docs", "deprecation_date", "label"] },
);

const included = mapping({ include: listOf(text), exclude: listOf(text) }, { what: "what a version takes over" });

/** The latest of several versions: the greatest number, or the last text in order. */
function latestOf(values: readonly (string | number)[]): string | number | undefined {
  return values.toSorted((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1,
  )[values.length - 1];
}

/** The columns of a version: those of the model that it takes over, then its own, which replace those of the same name. */
function versionColumns(
  node: YamlNode | undefined,
  base: readonly ColumnDeclaration[],
  report: Report,
): readonly ColumnDeclaration[] {
  if (node === undefined) return base;
  if (node.kind !== "list") return columnList(node, report) ?? [];
  const isRule = (item: YamlNode): boolean => yamlEntry(item, "include") !== undefined;
  const own = columnList({ ...node, items: node.items.filter((item) => !isRule(item)) }, report) ?? [];
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  const rule = node.items.filter(isRule).map((item) => included(item, report)?.value)[0];
  const wanted = rule?.include ?? [];
  const isWanted = ({ name }: ColumnDeclaration): boolean =>
    (wanted.includes("*") || wanted.includes("all") || wanted.includes(name)) &&
    rule?.exclude?.includes(name) !== true &&
    !names.has(name.toLowerCase());
  return [...base.filter(isWanted), ...own];
}

function versionTests(
  read: NonNullable<ShapeOf<typeof version>>["value"],
  base: readonly TestDeclaration[],
  report: Report,
): readonly TestDeclaration[] {
  const own = [read.data_tests, read.tests].filter((each) => each !== undefined);
  return own.length === 0 ? base : parseTestDeclarations(own, undefined, report);
}

function accessConfig(node: YamlNode | undefined): readonly ConfigEntry[] {
  return node === undefined ? [] : configEntries([{ key: "access", keySpan: node.span, value: node }]);
}

/** What `versions:` and `latest_version:` of a model say. */
export interface VersionsDeclaration {
  readonly versions: YamlNode;
  readonly latest: { readonly value: string | number; readonly span: Span } | undefined;
}

/** `latest_version:` with its place. */
export const latestVersion: Shape<VersionsDeclaration["latest"]> = (node, report) => {
  const value = versionValue(node, report);
  return value === undefined ? undefined : { value, span: node.span };
};

/** A declaration for each version of a model, over what is said of all of them. */
export function expandVersions(
  base: PropertiesDeclaration,
  { versions, latest }: VersionsDeclaration,
  report: Report,
): readonly PropertiesDeclaration[] {
  const read = (strictListOf(version)(versions, report) ?? []).flatMap(({ value, span }) =>
    value.v === undefined ? [] : [{ ...value, v: value.v, span }],
  );
  const values = read.map(({ v }) => v);
  if (latest !== undefined && !values.some((each) => String(each) === String(latest.value)))
    report(
      error("unknown-version", `There is no version ${String(latest.value)} of the model "${base.name.value}".`, {
        span: latest.span,
        hint: `The versions are ${values.join(", ")}.`,
      }),
    );
  const newest = latest?.value ?? latestOf(values);
  if (newest === undefined) return [];
  return read.map((each): PropertiesDeclaration => {
    const name = base.name.value;
    const files =
      each.defined_in === undefined
        ? [`${name}_v${String(each.v)}`, `${name}.v${String(each.v)}`]
        : [each.defined_in.replace(/\.sql$/u, "")];
    return {
      ...base,
      name: { value: name, span: each.span },
      description: each.description ?? base.description,
      config: [...base.config, ...accessConfig(each.access), ...configEntries(each.config ?? [])],
      columns: versionColumns(each.columns, base.columns, report),
      constraints: each.constraints ?? base.constraints,
      tests: versionTests(each, base.tests, report),
      version: { value: each.v, latest: newest, files },
    };
  });
}
