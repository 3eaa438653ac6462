import { createHash } from "node:crypto";
import { dict } from "../template/values/dict.ts";
import { printValue, reprValue } from "../template/values/print-value.ts";
import { list, type Value } from "../template/values/value.ts";

/** The names of a generic test (DBT_CONVENTIONS §1): the full one, and the one of at most 63 characters for files and tables. */
export interface TestNames {
  readonly full: string;
  readonly short: string;
}

/** A test's arguments as dbt's YAML reader gives them to Python, templates unrendered. */
export type TestArguments = Readonly<Record<string, Value>>;

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

function parts(value: Value): readonly Value[] {
  if (typeof value !== "object") return [value];
  if (value?.kind === "list") return value.items;
  return value?.kind === "dict" ? [...value.entries.values()].map((entry) => entry.value) : [value];
}

/** `unique_dau_event_date`: the test, what it is attached to, the arguments by name; dbt's `synthesize_generic_test_names`. */
export function nameTest(test: string, attachedName: string, args: TestArguments): TestNames {
  const values = Object.keys(args)
    .sort()
    .flatMap((key) => parts(args[key] ?? null).map(printValue))
    .map((text) => text.replaceAll(/[^0-9a-zA-Z_]+/gu, "_"));
  const identifier = `${test}_${attachedName}`;
  const full = `${identifier}_${values.join("__")}`;
  return { full, short: full.length < 64 ? full : `${identifier.slice(0, 30)}_${md5(full)}` };
}

/** What a generic test is, for the hash in its unique id. */
export interface TestMetadata {
  readonly namespace: string | null;
  readonly name: string;
  readonly kwargs: TestArguments;
}

/** Mappings sorted by key, everything that is neither mapping nor list as its text. */
function hashable(value: Value): Value {
  if (typeof value !== "object") return printValue(value);
  if (value?.kind === "list") return list(value.items.map(hashable));
  if (value?.kind !== "dict") return printValue(value);
  const entries = [...value.entries.values()].map((entry) => [printValue(entry.key), hashable(entry.value)] as const);
  return dict(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The ten hex digits at the end of a generic test's unique id: dbt hashes the name and Python's print of the metadata. */
export function testHash(name: string, metadata: TestMetadata): string {
  const kwargs = dict(Object.entries(metadata.kwargs));
  const printed = reprValue(hashable(dict(Object.entries({ ...metadata, kwargs }))));
  return md5(name + printed).slice(-10);
}
