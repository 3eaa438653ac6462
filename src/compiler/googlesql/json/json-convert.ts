import { floatText } from "../prelude/number-text.ts";
import type { JsonNode } from "./json-text.ts";
import { normalNumber } from "./json-value.ts";

function refuse(node: JsonNode, wanted: string): never {
  throw new Error(`The JSON ${node.kind} is no ${wanted}.`);
}

function int64(text: string): bigint | undefined {
  const value = /^-?\d+$/u.test(text) ? BigInt(text) : wholeOf(Number(text));
  return value === undefined || value !== BigInt.asIntN(64, value) ? undefined : value;
}

function wholeOf(value: number): bigint | undefined {
  return Number.isInteger(value) ? BigInt(value) : undefined;
}

/** INT64(json): a JSON number that is whole. */
export function strictInt(node: JsonNode): bigint {
  const value = node.kind === "number" ? int64(node.text) : undefined;
  return value ?? refuse(node, "INT64");
}

/** FLOAT64(json): a JSON number, or the text of one that JSON cannot write. */
export function strictFloat(node: JsonNode): number {
  return node.kind === "number" ? Number(node.text) : refuse(node, "FLOAT64");
}

/** BOOL(json). */
export function strictBool(node: JsonNode): boolean {
  return node.kind === "boolean" ? node.value : refuse(node, "BOOL");
}

/** STRING(json). */
export function strictString(node: JsonNode): string {
  return node.kind === "string" ? node.value : refuse(node, "STRING");
}

/** LAX_INT64(json): also rounds numbers, counts truth values and reads texts. */
export function laxInt(node: JsonNode): bigint | null {
  switch (node.kind) {
    case "boolean":
      return node.value ? 1n : 0n;
    case "number":
      return roundedInt(node.text);
    case "string":
      return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/u.test(node.value)
        ? roundedInt(node.value.trim())
        : null;
    default:
      return null;
  }
}

function roundedInt(text: string): bigint | null {
  const exact = int64(text.replace(/^\+/u, ""));
  if (exact !== undefined) return exact;
  const value = Number(text);
  const rounded = Math.sign(value) * Math.round(Math.abs(value));
  return Number.isFinite(rounded) ? (int64(String(BigInt(rounded))) ?? null) : null;
}

/** LAX_FLOAT64(json): also reads texts. */
export function laxFloat(node: JsonNode): number | null {
  if (node.kind === "number") return Number(node.text);
  if (node.kind !== "string") return null;
  const text = node.value.trim().toLowerCase();
  if (/^[+-]?(?:inf|infinity)$/u.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^[+-]?nan$/u.test(text)) return NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/u.test(text) ? Number(text) : null;
}

/** LAX_BOOL(json): also numbers other than 0 and the texts `true` and `false`. */
export function laxBool(node: JsonNode): boolean | null {
  switch (node.kind) {
    case "boolean":
      return node.value;
    case "number":
      return Number(node.text) !== 0;
    case "string": {
      const text = node.value.toLowerCase();
      return text === "true" ? true : text === "false" ? false : null;
    }
    default:
      return null;
  }
}

/** LAX_STRING(json): also numbers and truth values. */
export function laxString(node: JsonNode): string | null {
  switch (node.kind) {
    case "string":
      return node.value;
    case "boolean":
      return String(node.value);
    case "number": {
      const text = normalNumber(node.text);
      return /^-?\d+$/u.test(text) ? text : floatText(Number(text));
    }
    default:
      return null;
  }
}
