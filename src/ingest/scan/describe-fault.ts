import type { Expectation, Fault } from "./fault.ts";

/** Why a pull file is turned away, in one sentence. */
export function describeFault(fault: Fault, content: Buffer): string {
  const { expected, offset } = fault;
  if (expected === "no-mark") return "The file starts with a byte order mark.";
  if (expected === "utf8") return describeBadByte(content, offset);
  const rest = content.toString("utf8", offset, offset + 80);
  if (rest === "" || isCutLiteral(expected, rest)) return describeEnd(content);
  switch (expected) {
    case "array":
      return describeRoot(rest);
    case "object":
      return describeElement(rest);
    case "end-of-file":
      return rest.startsWith("[")
        ? "A second array follows the first."
        : `${capitalized(name(rest))} follows the end of the array.`;
    case "key":
      return rest.startsWith("}") ? 'A comma stands before "}".' : found(rest, "a key");
    case "text-goes-on":
      return `A text holds ${name(rest)}.`;
    case "escape":
      return `A text holds the unknown escape "\\${firstCharacter(rest)}".`;
    default:
      return found(rest, wanted[expected]);
  }
}

const wanted = {
  colon: '":"',
  value: "a value",
  "object-goes-on": '"," or "}"',
  "array-goes-on": '"," or "]"',
  "hex-digit": "a hexadecimal digit",
  digit: "a digit",
} as const satisfies Partial<Record<Expectation, string>>;

function found(rest: string, expected: string): string {
  return `Found ${name(rest)} where ${expected} was expected.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function firstCharacter(text: string): string {
  return /^./su.exec(text)?.[0] ?? "";
}

/** What the text starts with: a word, or one character, as a message can show it. */
function name(rest: string): string {
  const first = firstCharacter(rest);
  if (first === "\0") return "a NUL byte";
  if (first < " ") return `the control character ${hex(first.charCodeAt(0))}`;
  return `"${/^[\p{L}\p{N}_$]{1,40}/u.exec(rest)?.[0] ?? first}"`;
}

function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** What kind of value the text starts with; `undefined` where none starts there. */
function valueName(rest: string): string | undefined {
  if (rest.startsWith("{")) return "an object";
  if (rest.startsWith("[")) return "an array";
  if (rest.startsWith('"')) return "a text";
  if (/^-?\d/u.test(rest)) return "a number";
  return /^(?:true|false|null)\b/u.exec(rest)?.[0];
}

function describeRoot(rest: string): string {
  if (rest.startsWith("<")) return 'The file starts with "<", as HTML does, where an array was expected.';
  const value = valueName(rest);
  return value === undefined ? found(rest, "an array") : `The root is ${value}, not an array.`;
}

function describeElement(rest: string): string {
  if (rest.startsWith("]")) return 'A comma stands before "]".';
  const value = valueName(rest);
  return value === undefined ? found(rest, "an object") : `An element of the array is ${value}, not an object.`;
}

/** Whether the file ends in the middle of `true`, `false` or `null`. */
function isCutLiteral(expected: Expectation, rest: string): boolean {
  return expected === "value" && ["true", "false", "null"].some((literal) => literal.startsWith(rest));
}

function describeEnd(content: Buffer): string {
  if (content.length === 0) return "The file is empty.";
  return content.every((byte) => byte <= 0x20)
    ? "The file holds nothing but white space."
    : "The file ends before its array does.";
}

function describeBadByte(content: Buffer, offset: number): string {
  const byte = content[offset] ?? 0;
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  const isLead = byte >= 0xc2 && byte < 0xf5;
  const tail = content.subarray(offset + 1);
  if (isLead && tail.length < length - 1 && tail.every((next) => (next & 0xc0) === 0x80))
    return "The file ends in the middle of a character.";
  return `The byte ${hex(byte)} is not UTF-8.`;
}
