import { parseType } from "../read/parse-type.ts";
import { arrayOf, type DataType, scalarNamed, typeText } from "../type/data-type.ts";
import { parseTemplate, type Template } from "./template.ts";

/** What an argument may be: a type, a type that all places of the same letter share, or anything at all. */
export type TypePattern =
  | { readonly kind: "type"; readonly type: DataType }
  | { readonly kind: "variable"; readonly letter: string }
  | { readonly kind: "array"; readonly element: TypePattern }
  | { readonly kind: "anything" };

/**
 * A parameter. A `fallback` (SQL) makes it optional; `isRepeated` lets it take all further arguments, even none;
 * `isNamedOnly` lets it be given by name alone.
 */
export interface Parameter {
  readonly pattern: TypePattern;
  readonly name: string | undefined;
  readonly fallback: string | undefined;
  readonly isNamedOnly: boolean;
  readonly isRepeated: boolean;
}

/** One way to call a function: what it takes, what it gives, and the SQL that does it. */
export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly returns: TypePattern;
  /** `undefined` for a form that GoogleSQL has and DuckDB cannot do: it is there so that no other form is taken for it. */
  readonly template: Template | undefined;
  readonly isNullable: boolean;
}

/**
 * Reads a line of a signature table: `(STRING, INT64 = 1) -> STRING: left($1, $2)`. `T` and other single letters are
 * variables, `ANY` is anything, `…` behind a type repeats it, `name: type` can be given by name, `only name: type` by name alone, `= sql` makes an
 * argument optional. A `!` behind the returned type says that the result is never NULL. `unsupported` stands for SQL that
 * DuckDB has not.
 */
export function parseSignature(line: string): Signature {
  const shape =
    /^\((?<parameters>[^)]*(?:\([^)]*\)[^)]*)*)\) -> (?<returns>[^:!]+)(?<never>!)?: (?<template>[\s\S]+)$/u.exec(
      line,
    )?.groups;
  if (shape === undefined) throw new Error(`This is no signature: ${line}`);
  const { parameters = "", returns = "", template = "", never } = shape;
  return {
    parameters: splitList(parameters).map(parseParameter),
    returns: parsePattern(returns.trim()),
    template: template === "unsupported" ? undefined : parseTemplate(template),
    isNullable: never === undefined,
  };
}

function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let isText = false;
  let part = "";
  for (const character of text) {
    if (character === "'") isText = !isText;
    if ("<([".includes(character)) depth++;
    if (">)]".includes(character)) depth--;
    if (character === "," && depth === 0 && !isText) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return part.trim() === "" ? parts : [...parts, part];
}

function parseParameter(text: string): Parameter {
  const { only, name, type, repeated, fallback } =
    /^\s*(?:(?<only>only )?(?<name>[a-z_]+): )?(?<type>[A-Z0-9_<>, a-z]+?)(?<repeated>…)?(?: = (?<fallback>.+))?\s*$/u.exec(
      text,
    )?.groups ?? {};
  if (type === undefined) throw new Error(`This is no parameter of a signature: ${text}`);
  const pattern = parsePattern(type.trim());
  return { pattern, name, fallback, isNamedOnly: only !== undefined, isRepeated: repeated !== undefined };
}

function parsePattern(text: string): TypePattern {
  if (text === "ANY") return { kind: "anything" };
  if (/^[A-Z]$/u.test(text)) return { kind: "variable", letter: text };
  const element = /^ARRAY<(?<element>[A-Z]|ANY)>$/u.exec(text)?.groups?.["element"];
  if (element !== undefined) return { kind: "array", element: parsePattern(element) };
  return { kind: "type", type: scalarNamed(text) ?? parseType(text) };
}

/** The pattern as people read it. */
export function patternText(pattern: TypePattern): string {
  switch (pattern.kind) {
    case "type":
      return typeText(pattern.type);
    case "variable":
      return pattern.letter;
    case "array":
      return `ARRAY<${patternText(pattern.element)}>`;
    case "anything":
      return "any type";
  }
}

/** The parameters as people read them: `(STRING, [INT64])`, those that can be given by name with it. */
export function signatureText(signature: Pick<Signature, "parameters">): string {
  const parts = signature.parameters.map((parameter) => {
    const name = parameter.name === undefined ? "" : `${parameter.name} => `;
    const text = name + patternText(parameter.pattern) + (parameter.isRepeated ? ", …" : "");
    return parameter.fallback === undefined ? text : `[${text}]`;
  });
  return `(${parts.join(", ")})`;
}

/** The type that a pattern stands for once its variables are known; a variable that nothing fixed is an INT64. */
export function patternType(pattern: TypePattern, variables: ReadonlyMap<string, DataType>): DataType | undefined {
  switch (pattern.kind) {
    case "type":
      return pattern.type;
    case "variable":
      return variables.get(pattern.letter);
    case "array": {
      const element = patternType(pattern.element, variables);
      return element === undefined ? undefined : arrayOf(element);
    }
    case "anything":
      return undefined;
  }
}
