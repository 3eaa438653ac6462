import { raise } from "../template-error.ts";
import { dictPart } from "./dict.ts";
import { printFloat } from "./print-float.ts";
import type { DictValue, NamespaceValue, TupleValue, Value } from "./value.ts";

/** A value as `{{ }}` prints it: Python's `str()`. */
export function printValue(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toString();
  if (typeof value === "object" && value !== null) {
    if (value.kind === "text") return value.sql.text;
    if (value.kind === "undefined") return "";
    if (value.kind === "object") return value.print();
  }
  return reprValue(value);
}

/** What is being printed already, so that a list within itself prints as `[...]`. */
type Around = readonly Value[];

const deepest = 200;

/** A value as it looks within a printed list: Python's `repr()`. */
export function reprValue(value: Value, around: Around = []): string {
  if (value === null) return "None";
  switch (typeof value) {
    case "boolean":
      return value ? "True" : "False";
    case "number":
    case "bigint":
      return value.toString();
    case "string":
      return quoteText(value);
    default:
      break;
  }
  if (around.length > deepest) raise("template-depth", "This value is nested too deeply to be printed.");
  const seen = around.includes(value);
  const inner = [...around, value];
  switch (value.kind) {
    case "float":
      return printFloat(value.value);
    case "text":
      return quoteText(value.sql.text);
    case "undefined":
      return "Undefined";
    case "list":
      return seen ? "[...]" : `[${value.items.map((item) => reprValue(item, inner)).join(", ")}]`;
    case "tuple":
      return seen ? "(...)" : reprTuple(value, inner);
    case "dict":
      return seen ? "{...}" : reprDict(value, inner);
    case "view":
      return `dict_${value.part}([${dictPart(value.of, value.part)
        .map((item) => reprValue(item, inner))
        .join(", ")}])`;
    case "range":
      return `range(${value.start}, ${value.stop}${value.step === 1 ? "" : `, ${value.step}`})`;
    case "iterator":
      return `<${value.label}>`;
    case "namespace":
      return seen ? "<Namespace ...>" : reprNamespace(value, inner);
    case "callable":
      return value.label;
    case "object":
      return (value.repr ?? value.print)();
  }
}

function reprTuple(value: TupleValue, around: Around): string {
  const items = value.items.map((item) => reprValue(item, around));
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}

function reprDict(value: DictValue, around: Around): string {
  const entries = [...value.entries.values()].map(
    (entry) => `${reprValue(entry.key, around)}: ${reprValue(entry.value, around)}`,
  );
  return `{${entries.join(", ")}}`;
}

function reprNamespace(value: NamespaceValue, around: Around): string {
  const entries = [...value.attributes].map(([name, item]) => `${quoteText(name)}: ${reprValue(item, around)}`);
  return `<Namespace {${entries.join(", ")}}>`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text in Python's quotes: single ones unless it has such and no double ones, what cannot be seen escaped. */
export function quoteText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[^ -&(-[\]-~]/gu, (character) => escapeCharacter(character, quote));
  return `${quote}${escaped}${quote}`;
}

function escapeCharacter(character: string, quote: string): string {
  if (character === "'") return quote === "'" ? "\\'" : character;
  const known = escapes[character];
  if (known !== undefined) return known;
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
