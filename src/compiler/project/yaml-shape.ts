import type { Data, DataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { nearestName } from "../nearest-name.ts";
import { yamlData, type YamlEntry, type YamlNode } from "./parse-yaml.ts";

/** Reads a YAML value as a `T`, or reports what is wrong with it and gives `undefined`. */
export type Shape<T> = (node: YamlNode, report: (diagnostic: Diagnostic) => void) => T | undefined;

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
      return node.value === null ? "nothing" : JSON.stringify(node.value);
  }
}

function mismatch(node: YamlNode, wanted: string): Diagnostic {
  return error("yaml-type", `Expected ${wanted}, found ${describe(node)}.`, { span: node.span });
}

/** Text; a number or a truth value is taken as written. */
export const text: Shape<string> = (node, report) => {
  if (node.kind === "scalar" && node.value !== null) return String(node.value);
  report(mismatch(node, "text"));
  return undefined;
};

/** `true` or `false`. */
export const truth: Shape<boolean> = (node, report) => {
  if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
  report(mismatch(node, "true or false"));
  return undefined;
};

/** A whole number of at least 1. */
export const positiveInteger: Shape<number> = (node, report) => {
  if (node.kind === "scalar" && typeof node.value === "number" && Number.isInteger(node.value) && node.value > 0)
    return node.value;
  report(mismatch(node, "a whole number of at least 1"));
  return undefined;
};

/** Any value, as plain data. */
export const anything: Shape<Data> = yamlData;

/** A mapping with any keys, as plain data; nothing at all is an empty mapping. */
export const anyMapping: Shape<DataMap> = (node, report) => {
  if (node.kind === "map") return Object.fromEntries(node.entries.map(({ key, value }) => [key, yamlData(value)]));
  if (node.kind === "scalar" && node.value === null) return {};
  report(mismatch(node, "a mapping"));
  return undefined;
};

/** The value itself with its places, for what is read later. */
export const asNode: Shape<YamlNode> = (node) => node;

/** One of the given words. */
export function oneOf<T extends string>(...words: readonly T[]): Shape<T> {
  return (node, report) => {
    const found = words.find((word) => node.kind === "scalar" && node.value === word);
    if (found !== undefined) return found;
    const near = node.kind === "scalar" ? nearestName(String(node.value), words) : undefined;
    report({
      ...mismatch(node, `one of ${words.map((word) => `"${word}"`).join(", ")}`),
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    });
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
    report(mismatch(node, "a list"));
    return undefined;
  };
}

/** A mapping from any key to values of one shape. */
export function mapOf<T>(value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (node, report) => {
    if (node.kind === "scalar" && node.value === null) return {};
    if (node.kind !== "map") {
      report(mismatch(node, "a mapping"));
      return undefined;
    }
    const pairs = node.entries.flatMap((entry) => {
      const read = value(entry.value, report);
      return read === undefined ? [] : [[entry.key, read] as const];
    });
    return Object.fromEntries(pairs);
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
  /** Keys of dbt's grammar that mean nothing here and are passed over in silence. */
  readonly ignored?: readonly string[];
  /** Keys of dbt's grammar that tsdbt does not honour yet: each use is told as a warning. */
  readonly unsupported?: readonly string[];
  /** Takes the keys that are neither known nor near to a known one. */
  readonly others?: (entry: YamlEntry, report: (diagnostic: Diagnostic) => void) => void;
}

function unknownKey(entry: YamlEntry, known: readonly string[], what: string): Diagnostic {
  const near = nearestName(entry.key, known);
  return error("unknown-key", `There is no key "${entry.key}" in ${what}.`, {
    span: entry.keySpan,
    hint:
      near === undefined ? `Known keys are ${known.map((key) => `"${key}"`).join(", ")}.` : `Did you mean "${near}"?`,
  });
}

/** A mapping of known keys; an unknown one is an error with a guess at what was meant. */
export function mapping<F extends Readonly<Record<string, Shape<unknown>>>>(
  fields: F,
  rules: MappingRules,
): Shape<Placed<Fields<F>>> {
  const known = [...Object.keys(fields), ...(rules.ignored ?? []), ...(rules.unsupported ?? [])];
  return (node, report) => {
    if (node.kind !== "map") {
      report(mismatch(node, rules.what));
      return undefined;
    }
    const read: Record<string, unknown> = {};
    for (const entry of node.entries) {
      const shape = fields[entry.key];
      if (shape !== undefined) read[entry.key] = shape(entry.value, report);
      else if (rules.unsupported?.includes(entry.key) === true)
        report({
          code: "unsupported-key",
          severity: "warning",
          message: `tsdbt does not honour "${entry.key}" yet; it is passed over.`,
          span: entry.keySpan,
        });
      else if (rules.ignored?.includes(entry.key) !== true) {
        if (rules.others === undefined) report(unknownKey(entry, known, rules.what));
        else rules.others(entry, report);
      }
    }
    return { value: read as Fields<F>, span: node.span };
  };
}

/** A required field: reports its absence at the mapping that lacks it. */
export function required<T>(
  value: T | undefined,
  missing: { readonly key: string; readonly what: string; readonly span: Span },
  report: (diagnostic: Diagnostic) => void,
): T | undefined {
  if (value === undefined)
    report(error("missing-key", `This ${missing.what} needs the key "${missing.key}".`, { span: missing.span }));
  return value;
}
