import type { Value } from "./value.ts";

/** A value's type as messages name it, with its article: "a text", "a list". */
export function describeType(value: Value): string {
  if (value === null) return "none";
  switch (typeof value) {
    case "string":
      return "a text";
    case "boolean":
      return "a boolean";
    case "number":
    case "bigint":
      return "a whole number";
    default:
      break;
  }
  switch (value.kind) {
    case "float":
      return "a decimal number";
    case "text":
      return "a text";
    case "undefined":
      return "an undefined value";
    case "list":
      return "a list";
    case "tuple":
      return "a tuple";
    case "dict":
      return "a dictionary";
    case "view":
      return `a view of a dictionary's ${value.part}`;
    case "range":
      return "a range";
    case "iterator":
      return "a generator";
    case "namespace":
      return "a namespace";
    case "callable":
      return "a function";
    case "object":
      return value.typeName;
  }
}

/** A value's type at the start of a sentence: "A text", "A list". */
export function describeTypeFirst(value: Value): string {
  const described = describeType(value);
  return described.charAt(0).toUpperCase() + described.slice(1);
}
