import type { Data, DataMap } from "../../domain/data.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean, nearestName } from "../nearest-name.ts";
import { yamlData, type YamlEntry, type YamlNode } from "./parse-yaml.ts";

type Report = (diagnostic: Diagnostic) => void;

/** Reads a YAML value as a `T`, or reports what is wrong with it and gives `undefined`. */
export type Shape<T> = (node: YamlNode, report: Report) => T | undefined;

/** What a shape reads. */
export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

/** A value together with its place. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

function describe(node: YamlNode): string {
  switch (node.kind) {
    case "map":
      return "a mapping";
    case "list":
      return "a list";
    case "scalar":
      if (node.value === null) return "nothing";
      return typeof node.value === "string" ? JSON.stringify(node.value) : node.written;
  }
}

function refuse(
  node: YamlNode,
  wanted: { readonly what: string; readonly hint?: string | undefined },
  report: Report,
): void {
  if (node.kind === "scalar" && node.isBroken === true) return;
  const { what, hint } = wanted;
  report(error("yaml-type", `Expected ${what}, found ${describe(node)}.`, { span: node.span, hint }));
}

/** Text; a number or a truth value is taken as written. */
export const text: Shape<string> = (node, report) => {
  if (node.kind === "scalar" && node.value !== null) return node.written;
  refuse(node, { what: "text" }, report);
  return undefined;
};

/** `true` or `false`. */
export const truth: Shape<boolean> = (node, report) => {
  if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
  refuse(node, { what: "true or false" }, report);
  return undefined;
};

/** A whole number of at least 1. */
export const positiveInteger: Shape<number> = (node, report) => {
  if (node.kind === "scalar" && typeof node.value === "number" && Number.isInteger(node.value) && node.value > 0)
    return node.value;
  refuse(node, { what: "a whole number of at least 1" }, report);
  return undefined;
};

/** Any value, as plain data. */
export const anything: Shape<Data> = yamlData;

/** The entries of a mapping with any keys, with their places; nothing at all is an empty mapping. */
export const mappingEntries: Shape<readonly YamlEntry[]> = (node, report) => {
  if (node.kind === "map") return node.entries;
  if (node.kind === "scalar" && node.value === null) return [];
  refuse(node, { what: "a mapping" }, report);
  return undefined;
};

/** A mapping with any keys, as plain data; nothing at all is an empty mapping. */
export const anyMapping: Shape<DataMap> = (node, report) => {
  const entries = mappingEntries(node, report);
  return entries && Object.fromEntries(entries.map(({ key, value }) => [key, yamlData(value)]));
};

/** The value itself with its places, for what is read later. */
export const asNode: Shape<YamlNode> = (node) => node;

/** One of the given words. */
export function oneOf<T extends string>(...words: readonly T[]): Shape<T> {
  return (node, report) => {
    const found = words.find((word) => node.kind === "scalar" && node.value === word);
    if (found !== undefined) return found;
    const what = `one of ${words.map((word) => `"${word}"`).join(", ")}`;
    refuse(node, { what, hint: node.kind === "scalar" ? didYouMean(node.written, words) : undefined }, report);
    return undefined;
  };
}

/** A list of values; a single value counts as a list of one, nothing at all as an empty list. */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return (node, report) => {
    if (node.kind === "scalar" && node.value === null) return [];
    const items = node.kind === "list" ? node.items : [node];
    return items.flatMap((each) => item(each, report) ?? []);
  };
}

/** A list of values that has to be written as a list. */
export function strictListOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return (node, report) => {
    if (node.kind !== "map" && !(node.kind === "scalar" && node.value !== null)) return listOf(item)(node, report);
    refuse(node, { what: "a list" }, report);
    return undefined;
  };
}

/** A mapping from any key to values of one shape. */
export function mapOf<T>(value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (node, report) => {
    const pairs = mappingEntries(node, report)?.flatMap((entry) => {
      const read = value(entry.value, report);
      return read === undefined ? [] : [[entry.key, read] as const];
    });
    return pairs && Object.fromEntries(pairs);
  };
}

/** A value with its place. */
export function placed<T>(shape: Shape<T>): Shape<Placed<T>> {
  return (node, report) => {
    const value = shape(node, report);
    return value === undefined ? undefined : { value, span: node.span };
  };
}

/** The fields of a mapping: `undefined` where the file does not have the key. */
export type Fields<F> = { readonly [K in keyof F]: ShapeOf<F[K]> | undefined };

/** What `mapping` may be told besides the fields it reads. */
export interface MappingRules {
  /** What the mapping is, for messages: "a source table". */
  readonly what: string;
  /** Keys that have to be there. */
  readonly needs?: readonly string[];
  /** Keys of dbt's grammar that mean nothing here and are passed over in silence. */
  readonly ignored?: readonly string[];
  /** Keys of dbt's grammar that tsdbt does not honour yet: each use is told as a warning. */
  readonly unsupported?: readonly string[];
  /** Whether the mapping may have keys of the author's own: then only what looks like a slip of the pen is told. */
  readonly isOpen?: boolean;
}

function unknownKey({ key, keySpan }: YamlEntry, near: string | undefined, { what, read }: KnownKeys): Diagnostic {
  const all = `Known keys are ${read.map((each) => `"${each}"`).join(", ")}.`;
  const hint = near === undefined ? all : `Did you mean "${near}"?`;
  return error("unknown-key", `There is no key "${key}" in ${what}.`, { span: keySpan, hint });
}

function missingKey(key: string, what: string, span: Span): Diagnostic {
  const [first = "", ...rest] = what;
  return error("missing-key", `${first.toUpperCase()}${rest.join("")} needs the key "${key}".`, { span });
}

/** The keys of a mapping: those that are read, and all that are known. */
interface KnownKeys extends MappingRules {
  readonly read: readonly string[];
  readonly all: ReadonlySet<string>;
}

/** What is wrong with the keys of a mapping; one that is written with a slip is not missing as well. */
function checkKeys(entries: readonly YamlEntry[], keys: KnownKeys, span: Span): readonly Diagnostic[] {
  const meant = new Set<string>();
  const unknown = entries.flatMap((entry) => {
    const isKnown = keys.all.has(entry.key);
    const near = isKnown ? entry.key : nearestName(entry.key, keys.all);
    if (near !== undefined) meant.add(near);
    return isKnown || (near === undefined && keys.isOpen === true) ? [] : [unknownKey(entry, near, keys)];
  });
  const missing = (keys.needs ?? []).filter((key) => !meant.has(key)).map((key) => missingKey(key, keys.what, span));
  return [...unknown, ...missing];
}

/** A mapping of known keys; an unknown one is an error with a guess at what was meant. */
export function mapping<F extends Readonly<Record<string, Shape<unknown>>>>(
  fields: F,
  rules: MappingRules,
): Shape<Placed<Fields<F>>> {
  const read = Object.keys(fields);
  const keys = { ...rules, read, all: new Set([...read, ...(rules.ignored ?? []), ...(rules.unsupported ?? [])]) };
  return (node, report) => {
    if (node.kind !== "map") {
      refuse(node, { what: rules.what }, report);
      return undefined;
    }
    const values: Partial<Record<string, unknown>> = {};
    for (const entry of node.entries) {
      const shape = Object.hasOwn(fields, entry.key) ? fields[entry.key] : undefined;
      if (shape !== undefined) values[entry.key] = shape(entry.value, report);
      else if (rules.unsupported?.includes(entry.key) === true)
        report(
          warning("unsupported-key", `tsdbt does not honour "${entry.key}" yet; it is passed over.`, {
            span: entry.keySpan,
          }),
        );
    }
    const span = node.entries[0]?.keySpan ?? node.span;
    checkKeys(node.entries, keys, span).forEach(report);
    return { value: values as Fields<F>, span: node.span };
  };
}
