import { significantText } from "../prelude/number-text.ts";
import type { JsonStep } from "./json-path.ts";
import { type JsonNode, parseJson, printJson } from "./json-text.ts";

/** A number as values of type JSON hold it: whole numbers of 64 bits as they are, everything else as a FLOAT64. */
export function normalNumber(text: string): string {
  if (/^-?\d+$/u.test(text)) {
    const value = BigInt(text);
    if (value >= -(2n ** 63n) && value < 2n ** 64n) return String(value);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`The number ${text} is too large for JSON.`);
  return jsonFloatText(value);
}

/** Whether a number of a JSON text is the number that its FLOAT64 is written as: no digit is lost. */
function isKept(text: string): boolean {
  const [own, kept] = [text, normalNumber(text)].map(decimalParts);
  return own?.digits === kept?.digits && own?.exponent === kept?.exponent;
}

/** The digits of a number without zeros at the ends, and the power of ten of the last. */
function decimalParts(text: string): { readonly digits: string; readonly exponent: number } {
  const {
    whole = "",
    fraction = "",
    power = "0",
  } = /^-?(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<power>[+-]?\d+))?$/u.exec(text)?.groups ?? {};
  const all = `${whole}${fraction}`.replace(/^0+/u, "");
  const digits = all.replace(/0+$/u, "");
  if (digits === "") return { digits, exponent: 0 };
  return { digits, exponent: Number(power) - fraction.length + all.length - digits.length };
}

/** A FLOAT64 in JSON: the shortest digits that mean it, with a point where it is whole. */
function jsonFloatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  for (const digits of [15, 16, 17]) {
    const text = significantText(value, digits);
    if (Number(text) === value) return /[.e]/u.test(text) ? text : `${text}.0`;
  }
  return String(value);
}

/** The value with its members sorted by name and, of several of one name, the first: as type JSON keeps it. */
export function normalJson(node: JsonNode): JsonNode {
  switch (node.kind) {
    case "number":
      return { kind: "number", text: normalNumber(node.text) };
    case "array":
      return { kind: "array", items: node.items.map(normalJson) };
    case "object": {
      const members = new Map<string, JsonNode>();
      for (const [name, value] of node.members) if (!members.has(name)) members.set(name, normalJson(value));
      return { kind: "object", members: [...members].sort(([left], [right]) => (left < right ? -1 : 1)) };
    }
    default:
      return node;
  }
}

/** The value of a JSON text; fails for what is none. */
export function jsonOf(text: string): JsonNode {
  const node = parseJson(text);
  if (node === undefined) throw new Error(`Not JSON: ${text.slice(0, 100)}`);
  return node;
}

/** The text of a value of type JSON. */
export function normalText(text: string): string {
  return printJson(normalJson(jsonOf(text)));
}

/** The text of a value of type JSON; fails for numbers that FLOAT64 cannot hold to the last digit. */
export function exactText(text: string): string {
  const node = jsonOf(text);
  requireKept(node);
  return printJson(normalJson(node));
}

function requireKept(node: JsonNode): void {
  if (node.kind === "number" && !isKept(node.text))
    throw new Error(`Input number: ${node.text} cannot round-trip through string representation`);
  if (node.kind === "array") node.items.forEach(requireKept);
  if (node.kind === "object") for (const [, member] of node.members) requireKept(member);
}

/** A scalar as text: strings bare, numbers and truth values as written; `null` for JSON null, arrays and objects. */
export function scalarText(node: JsonNode | undefined): string | null {
  switch (node?.kind) {
    case "string":
      return node.value;
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    default:
      return null;
  }
}

/** The value with a part of it replaced, added or (by `undefined`) removed; what the steps do not fit stays as it is. */
export function changeJson(
  node: JsonNode,
  steps: readonly JsonStep[],
  change: (part: JsonNode | undefined) => JsonNode | undefined,
): JsonNode {
  const [step, ...rest] = steps;
  if (step === undefined) return change(node) ?? { kind: "null" };
  const part = partOf(node, step);
  if (part === undefined && !canHold(node, step)) return node;
  const base: JsonNode = part ?? { kind: "null" };
  const changed = rest.length === 0 ? change(part) : changeJson(base, rest, change);
  if (part === undefined && (changed === undefined || changed === base)) return node;
  return withPart(node, step, changed);
}

function partOf(node: JsonNode, step: JsonStep): JsonNode | undefined {
  if (node.kind === "array") return typeof step === "number" ? node.items[step] : undefined;
  if (node.kind === "object") return node.members.find(([name]) => name === step)?.[1];
  return undefined;
}

/** Whether a part of this name may be made: in an object, in an array, or instead of null. */
function canHold(node: JsonNode, step: JsonStep): boolean {
  return node.kind === "null" || (typeof step === "number" ? node.kind === "array" : node.kind === "object");
}

function withPart(node: JsonNode, step: JsonStep, part: JsonNode | undefined): JsonNode {
  if (typeof step === "number") {
    const items = node.kind === "array" ? [...node.items] : [];
    while (part !== undefined && items.length < step) items.push({ kind: "null" });
    items.splice(step, 1, ...(part === undefined ? [] : [part]));
    return { kind: "array", items };
  }
  const members = node.kind === "object" ? node.members : [];
  const index = members.findIndex(([name]) => name === step);
  const changed = part === undefined ? [] : [[step, part] as const];
  if (index === -1) return { kind: "object", members: [...members, ...changed] };
  return { kind: "object", members: [...members.slice(0, index), ...changed, ...members.slice(index + 1)] };
}

/** The value without members that are null; arrays are stripped too if `arrays`; emptied parts vanish if `removesEmpty`. */
export function stripNulls(
  node: JsonNode,
  mode: { readonly arrays: boolean; readonly removesEmpty: boolean },
): JsonNode | undefined {
  switch (node.kind) {
    case "null":
      return undefined;
    case "array": {
      if (!mode.arrays) return node;
      const items = node.items.flatMap((item): readonly JsonNode[] => {
        const kept = stripNulls(item, mode);
        return kept === undefined ? [] : [kept];
      });
      return mode.removesEmpty && items.length === 0 ? undefined : { kind: "array", items };
    }
    case "object": {
      const members = node.members.flatMap(([name, value]) => {
        const kept = stripNulls(value, mode);
        return kept === undefined ? [] : [[name, kept] as const];
      });
      return mode.removesEmpty && members.length === 0 ? undefined : { kind: "object", members };
    }
    default:
      return node;
  }
}

/** The names of all members, with dots, to a depth; sorted and each once, as JSON_KEYS gives them. Arrays are not entered. */
export function jsonKeys(node: JsonNode, depth: number, prefix = ""): readonly string[] {
  if (node.kind !== "object" || depth <= 0) return [];
  const keys = node.members.flatMap(([name, value]) => {
    const key = prefix + (/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) ? name : `"${name.replaceAll('"', String.raw`\"`)}"`);
    return [key, ...jsonKeys(value, depth - 1, `${key}.`)];
  });
  return [...new Set(keys)].sort();
}
