import { raise } from "../template-error.ts";
import { orderOf } from "./compare-values.ts";
import { describeType } from "./describe-type.ts";
import { raiseMissing } from "./missing-error.ts";
import { printFloat } from "./print-float.ts";
import type { DictValue, Value } from "./value.ts";

/** How JSON is printed: on lines with an indentation, keys in order. */
export interface JsonStyle {
  readonly indent: number | undefined;
  readonly isSorted: boolean;
}

const deepest = 200;

/** A value as Python's `json.dumps` prints it: `", "` and `": "` between, what is not ASCII escaped. */
export function printJson(value: Value, style: JsonStyle, depth = 0): string {
  if (depth > deepest) raise("template-depth", "This value is nested too deeply to be printed as JSON.");
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
    case "number":
    case "bigint":
      return value.toString();
    case "string":
      return quoteJson(value);
    default:
      break;
  }
  switch (value.kind) {
    case "text":
      return quoteJson(value.sql.text);
    case "float":
      return printJsonFloat(value.value);
    case "list":
    case "tuple":
      return enclosed(
        value.items.map((item) => printJson(item, style, depth + 1)),
        { brackets: "[]", style, depth },
      );
    case "dict":
      return enclosed(jsonEntries(value, style, depth), { brackets: "{}", style, depth });
    case "undefined":
      return raiseMissing(value);
    default:
      return raise("template-type", `There is no JSON for ${describeType(value)}.`);
  }
}

function printJsonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-Infinity" : "Infinity";
  return printFloat(value);
}

function quoteJson(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) =>
    unit === "\u007f" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function jsonEntries(value: DictValue, style: JsonStyle, depth: number): readonly string[] {
  const entries = [...value.entries.values()];
  if (style.isSorted) entries.sort((left, right) => orderOf(left.key, right.key));
  return entries.map((entry) => `${quoteJson(jsonKey(entry.key))}: ${printJson(entry.value, style, depth + 1)}`);
}

function jsonKey(key: Value): string {
  if (typeof key === "string") return key;
  if (typeof key === "object" && key !== null && key.kind === "text") return key.sql.text;
  if (key === null || typeof key !== "object" || key.kind === "float")
    return printJson(key, { indent: undefined, isSorted: false });
  return raise("template-type", `A key of JSON is a text or a number, found ${describeType(key)}.`);
}

function enclosed(
  items: readonly string[],
  as: { readonly brackets: string; readonly style: JsonStyle; readonly depth: number },
): string {
  const [open = "", close = ""] = as.brackets;
  const { indent } = as.style;
  if (items.length === 0 || indent === undefined) return open + items.join(", ") + close;
  const outer = " ".repeat(Math.max(0, indent) * as.depth);
  const inner = outer + " ".repeat(Math.max(0, indent));
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${outer}${close}`;
}
