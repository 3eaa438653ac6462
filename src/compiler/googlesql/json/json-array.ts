import { changeJson } from "./json-value.ts";
import type { JsonStep } from "./json-path.ts";
import type { JsonNode } from "./json-text.ts";

/** Values that go into an array: one, or several that come from an array of values. */
export interface ArrayAddition {
  readonly steps: readonly JsonStep[];
  readonly parts: readonly JsonNode[];
}

/** JSON_ARRAY_APPEND: the values behind the last of an array, or in place of a null; anything else stays as it is. */
export function appendToArray(node: JsonNode, { steps, parts }: ArrayAddition): JsonNode {
  return changeJson(node, steps, (part) => {
    if (part?.kind === "array") return { kind: "array", items: [...part.items, ...parts] };
    return part?.kind === "null" ? { kind: "array", items: parts } : part;
  });
}

/** JSON_ARRAY_INSERT: the values before the element that the last step names; null before it where the array is shorter. */
export function insertIntoArray(node: JsonNode, { steps, parts }: ArrayAddition): JsonNode {
  const index = steps.at(-1);
  if (typeof index !== "number") return node;
  return changeJson(node, steps.slice(0, -1), (part) => {
    if (part?.kind !== "array" && part?.kind !== "null") return part;
    const items = part.kind === "array" ? [...part.items] : [];
    while (items.length < index) items.push({ kind: "null" });
    return { kind: "array", items: [...items.slice(0, index), ...parts, ...items.slice(index)] };
  });
}
