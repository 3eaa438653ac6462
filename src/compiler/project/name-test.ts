import { createHash } from "node:crypto";
import { type Data, type DataMap, isDataList, isDataMap } from "../../domain/data.ts";

/** The names of a generic test (DBT_CONVENTIONS §1): the full one, and the one of at most 63 characters for files and tables. */
export interface TestNames {
  readonly full: string;
  readonly short: string;
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

function pythonText(value: Data): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function parts(value: Data): readonly Data[] {
  if (isDataList(value)) return value;
  return isDataMap(value) ? Object.values(value) : [value];
}

/** `unique_dau_event_date`: the test, what it is attached to, the arguments by name; dbt's `synthesize_generic_test_names`. */
export function nameTest(test: string, attachedName: string, args: DataMap): TestNames {
  const values = Object.keys(args)
    .sort()
    .flatMap((key) => parts(args[key] ?? null).map(pythonText))
    .map((text) => text.replaceAll(/[^0-9a-zA-Z_]+/gu, "_"));
  const identifier = `${test}_${attachedName}`;
  const full = `${identifier}_${values.join("__")}`;
  return { full, short: full.length < 64 ? full : `${identifier.slice(0, 30)}_${md5(full)}` };
}

function pythonRepr(value: Data): string {
  if (isDataList(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (isDataMap(value))
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${pythonRepr(key)}: ${pythonRepr(value[key] ?? null)}`)
      .join(", ")}}`;
  const text = pythonText(value).replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** What a generic test is, for the hash in its unique id. */
export interface TestMetadata {
  readonly namespace: string | null;
  readonly name: string;
  readonly kwargs: DataMap;
}

/** The ten hex digits at the end of a generic test's unique id: dbt hashes the name and Python's print of the metadata. */
export function testHash(fullName: string, { namespace, name, kwargs }: TestMetadata): string {
  return md5(fullName + pythonRepr({ kwargs, name, namespace })).slice(-10);
}
