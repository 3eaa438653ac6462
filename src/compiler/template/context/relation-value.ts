import { type Relation, relationKey } from "../../../domain/relation.ts";
import type { TemporaryTable } from "../../../domain/script.ts";
import type { DialectName } from "../../../domain/settings.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { describeType } from "../values/describe-type.ts";
import { dict, entryOf } from "../values/dict.ts";
import { isTrue } from "../values/collection.ts";
import { type HostObject, orElse, textOf, type Value } from "../values/value.ts";
import { namedAttributes } from "./named-attributes.ts";

/** A name within the quotes of the author's dialect. */
export function quotedIdentifier(name: string, dialect: DialectName): string {
  return dialect === "bigquery" ? `\`${name.replaceAll(/[\\`]/gu, "\\$&")}\`` : `"${name.replaceAll('"', '""')}"`;
}

/** A relation's name in the author's dialect, every part quoted. */
export function quotedName({ database, schema, identifier }: Relation, dialect: DialectName): string {
  return [database, schema, identifier].map((part) => quotedIdentifier(part, dialect)).join(".");
}

const partNames = ["database", "schema", "identifier"] as const;
type PartName = (typeof partNames)[number];

/** A relation as a template may have made it: parts may be missing, left out of the name, or stand without quotes. */
export interface RelationParts {
  readonly dialect: DialectName;
  readonly parts: Readonly<Partial<Record<PartName, string>>>;
  /** `table`, `view`, …, as far as it is known. */
  readonly type?: string | undefined;
  readonly leftOut?: readonly PartName[];
  readonly unquoted?: readonly PartName[];
  /** What it prints as, where that is not its name: a filtered input. */
  readonly text?: string | undefined;
}

const partsOf = new WeakMap<HostObject, RelationParts>();

/** The parts of a value that is a relation. */
export function relationParts(value: Value): RelationParts | undefined {
  return typeof value === "object" && value?.kind === "object" ? partsOf.get(value) : undefined;
}

/** A value as a whole relation; any other value, and a relation without all parts, is the author's mistake. */
export function relationArgument(value: Value, call: { readonly name: string }): Relation {
  const { database, schema, identifier } = relationParts(value)?.parts ?? {};
  if (database === undefined || schema === undefined || identifier === undefined)
    return raise("argument-type", `"${call.name}" expects a relation, found ${describeType(value)}.`);
  return { database, schema, identifier };
}

function renderName({ parts, dialect, leftOut = [], unquoted = [] }: RelationParts): string {
  return partNames
    .flatMap((name) => {
      const part = parts[name];
      if (part === undefined || leftOut.includes(name)) return [];
      return [unquoted.includes(name) ? part : quotedIdentifier(part, dialect)];
    })
    .join(".");
}

/** The parts that a call names with a truth: `include(database=false)`. */
function flagged(call: Call, wanted: boolean): readonly PartName[] {
  const bound = bindArguments(call, { optional: partNames });
  return partNames.filter((name) => {
    const value = bound[name];
    return value !== undefined && value !== null && isTrue(value) === wanted;
  });
}

function toggled(before: readonly PartName[], call: Call): readonly PartName[] {
  const on = flagged(call, true);
  return [...new Set([...before.filter((name) => !on.includes(name)), ...flagged(call, false)])];
}

function textPart(value: Value | undefined): string | undefined {
  return value === undefined || value === null ? undefined : textOf(value);
}

function withParts(from: RelationParts, given: (name: PartName) => Value | undefined): RelationParts["parts"] {
  const entries = partNames.flatMap((name) => {
    const value = given(name);
    const part = value === undefined ? from.parts[name] : textPart(value);
    return part === undefined ? [] : [[name, part] as const];
  });
  return Object.fromEntries(entries);
}

function informationSchema(of: RelationParts, call: Call): HostObject {
  const view = textPart(bindArguments(call, { optional: ["view_name"] }).view_name);
  const inside = of.dialect === "bigquery" ? ["identifier" as const] : (["schema", "identifier"] as const);
  const head = renderName({ ...of, leftOut: [...(of.leftOut ?? []), ...inside] });
  const name = [...(head === "" ? [] : [head]), "INFORMATION_SCHEMA", ...(view === undefined ? [] : [view])];
  return { kind: "object", typeName: "an information schema", print: () => name.join(".") };
}

function makeMethods(of: RelationParts): Readonly<Record<string, (call: Call) => Value>> {
  return {
    render: () => renderName(of),
    include: (call) => makeRelation({ ...of, leftOut: toggled(of.leftOut ?? [], call) }),
    quote: (call) => makeRelation({ ...of, unquoted: toggled(of.unquoted ?? [], call) }),
    incorporate: (call) => {
      const { path, type } = bindArguments(call, { optional: ["path", "type"] });
      const parts =
        typeof path === "object" && path?.kind === "dict" ? withParts(of, (name) => entryOf(path, name)) : of.parts;
      return makeRelation({ ...of, parts, type: type === undefined ? of.type : textPart(type) });
    },
    replace_path: (call) => {
      const bound = bindArguments(call, { optional: partNames });
      return makeRelation({ ...of, parts: withParts(of, (name) => bound[name]) });
    },
    without_identifier: () => makeRelation({ ...of, leftOut: [...(of.leftOut ?? []), "identifier"] }),
    information_schema: (call) => informationSchema(of, call),
    get: (call) => {
      const { key, default: fallback } = bindArguments(call, { required: ["key"], optional: ["default"] });
      return orElse(dataOf(of)[textOf(key) ?? ""], () => fallback ?? null);
    },
    matches: (call) => {
      const bound = bindArguments(call, { optional: partNames });
      return partNames.every((name) => {
        const wanted = textPart(bound[name]);
        return wanted === undefined || wanted.toLowerCase() === of.parts[name]?.toLowerCase();
      });
    },
  };
}

function dataOf({ parts, type, dialect }: RelationParts): Readonly<Record<string, Value>> {
  const { database = null, schema = null, identifier = null } = parts;
  const is = (kind: string): boolean => type === kind;
  return {
    database,
    project: database,
    schema,
    dataset: schema,
    identifier,
    name: identifier,
    table: identifier,
    type: type ?? null,
    is_table: is("table"),
    is_view: is("view"),
    is_cte: is("cte"),
    is_materialized_view: is("materialized_view"),
    is_pointer: false,
    can_be_renamed: is("table") || is("view"),
    can_be_replaced: is("table") || is("view"),
    path: dict([
      ["database", database],
      ["schema", schema],
      ["identifier", identifier],
    ]),
    metadata: relationMetadata(dialect),
  };
}

/** By this dbt_utils tells a relation from other values. */
function relationMetadata(dialect: DialectName): Value {
  return dict([["type", dialect === "bigquery" ? "BigQueryRelation" : "DuckDBRelation"]]);
}

/** A relation value of given parts: it prints as its name and has its parts as attributes (CONFORMANCE_CASES §7). */
function makeRelation(of: RelationParts): HostObject {
  const methods = makeMethods(of);
  const data = dataOf(of);
  const attribute = (name: string): Value | undefined => {
    if (Object.hasOwn(data, name)) return data[name];
    const run = Object.hasOwn(methods, name) ? methods[name] : undefined;
    return run === undefined ? undefined : callable(name, run);
  };
  const value: HostObject = {
    kind: "object",
    typeName: "a relation",
    isMapping: true,
    print: () => of.text ?? renderName(of),
    attribute,
    attributeNames: () => [...Object.keys(data), ...Object.keys(methods)],
    item: (key) => attribute(textOf(key) ?? ""),
    equals: (other) => {
      const known = relationParts(other);
      return known !== undefined && partsKey(known) === partsKey(of);
    },
  };
  partsOf.set(value, of);
  return value;
}

function partsKey({ parts }: RelationParts): string {
  const { database = "", schema = "", identifier = "" } = parts;
  return relationKey({ database, schema, identifier });
}

/** A relation of the project as templates see it. */
export function relationValue(relation: Relation, dialect: DialectName, type?: string): HostObject {
  const { database, schema, identifier } = relation;
  return makeRelation({ dialect, parts: { database, schema, identifier }, type });
}

/** A table of the script's own session: it has a name, and no place. */
export function sessionRelationValue({ temporary }: TemporaryTable, dialect: DialectName): HostObject {
  return makeRelation({ dialect, parts: { identifier: temporary }, type: "table" });
}

/** The same relation, but printed as a query of its rows; `render()` gives its name all the same. */
export function printedAs(value: HostObject, text: string): HostObject {
  const parts = partsOf.get(value);
  return parts === undefined ? { ...value, print: () => text } : makeRelation({ ...parts, text });
}

/** The name by which the query of an ephemeral model is put in front of its readers' (DBT_SEMANTICS §13): quoted only where it has to be. */
export function ephemeralName(identifier: string, dialect: DialectName): string {
  const name = `__dbt__cte__${identifier}`;
  return /^\w+$/u.test(name) ? name : quotedIdentifier(name, dialect);
}

/** An ephemeral model as templates see it: it prints as the name of its query. */
export function ephemeralValue({ identifier }: Relation, dialect: DialectName): HostObject {
  const name = `__dbt__cte__${identifier}`;
  const attributes = namedAttributes({
    identifier: name,
    name,
    table: name,
    database: null,
    schema: null,
    type: "cte",
    is_table: false,
    is_view: false,
    is_cte: true,
    render: callable("render", () => ephemeralName(identifier, dialect)),
    metadata: relationMetadata(dialect),
  });
  const get = callable("get", (call) => {
    const { key, default: fallback } = bindArguments(call, { required: ["key"], optional: ["default"] });
    return orElse(attributes.attribute(textOf(key) ?? ""), () => fallback ?? null);
  });
  return {
    kind: "object",
    isMapping: true,
    typeName: "a relation",
    print: () => ephemeralName(identifier, dialect),
    ...attributes,
    attribute: (name) => (name === "get" ? get : attributes.attribute(name)),
    item: (key) => attributes.attribute(textOf(key) ?? ""),
  };
}

const relationTypes: readonly (readonly [string, string])[] = [
  ["Table", "table"],
  ["View", "view"],
  ["CTE", "cte"],
  ["MaterializedView", "materialized_view"],
  ["External", "external"],
];

/** `api.Relation`: makes relations that need not be there. */
export function relationFactory(dialect: DialectName): HostObject {
  const create = callable("api.Relation.create", (call) => {
    const named = new Map([...call.named].filter(([name]) => name !== "quote_policy" && name !== "include_policy"));
    const bound = bindArguments({ ...call, named }, { optional: [...partNames, "type"] });
    const parts = withParts({ dialect, parts: {} }, (name) => orElse(bound[name], () => null));
    return makeRelation({ dialect, parts, type: textPart(bound.type) });
  });
  return {
    kind: "object",
    typeName: "api.Relation",
    print: () => "<class 'Relation'>",
    ...namedAttributes({ create, ...Object.fromEntries(relationTypes) }),
  };
}
