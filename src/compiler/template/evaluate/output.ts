import type { Span } from "../../../domain/source-file.ts";
import { type Origin, type Sql, sqlWithOrigins } from "../../../domain/sql.ts";
import type { Text } from "../syntax.ts";
import { checkDefined } from "../values/missing-error.ts";
import { printValue } from "../values/print-value.ts";
import { checkLength } from "../values/repeat-text.ts";
import { text, type TextValue, type Value } from "../values/value.ts";
import type { Frame } from "./evaluation.ts";

/** What a template has printed so far. */
export interface Output {
  text: string;
  readonly origins: Origin[];
}

/** Nothing printed yet. */
export function newOutput(): Output {
  return { text: "", origins: [] };
}

function addOrigin(output: Output, origin: Origin, via: readonly Span[]): void {
  output.origins.push(via.length > 0 ? { ...origin, via } : origin);
}

/** Prints text of the template, each character from its own place. */
export function writeText(output: Output, node: Text, via: readonly Span[]): void {
  const before = output.text.length;
  for (const { at, length, span } of node.pieces) addOrigin(output, { at: before + at, length, span }, via);
  append(output, node.text);
}

function append(output: Output, more: string): void {
  checkLength(output.text.length + more.length);
  output.text += more;
}

/** Prints a value: text with origins keeps them, all else comes from the expression's place. */
export function writeValue(output: Output, value: Value, from: { readonly span: Span; readonly frame: Frame }): void {
  const { span, frame } = from;
  if (typeof value === "object" && value !== null) {
    if (value.kind === "text") {
      writeSql(output, value.sql, from);
      return;
    }
    if (value.kind === "undefined") {
      if (frame.environment.undefinedOutput === "error") checkDefined(value);
      return;
    }
  }
  const printed = printValue(value);
  if (printed !== "") addOrigin(output, { at: output.text.length, length: printed.length, span }, frame.via);
  append(output, printed);
}

function writeSql(output: Output, sql: Sql, from: { readonly span: Span; readonly frame: Frame }): void {
  const before = output.text.length;
  let covered = 0;
  const fill = (end: number): void => {
    const gap: Origin = { at: before + covered, length: end - covered, span: from.span };
    if (gap.length > 0) addOrigin(output, gap, from.frame.via);
  };
  for (const origin of sql.origins) {
    fill(origin.at);
    output.origins.push({ ...origin, at: before + origin.at });
    covered = origin.at + origin.length;
  }
  fill(sql.text.length);
  append(output, sql.text);
}

/** What was printed, as SQL. */
export function outputSql(output: Output): Sql {
  return sqlWithOrigins(output.text, output.origins);
}

/** What was printed, as a value. */
export function outputValue(output: Output): TextValue {
  return text(outputSql(output));
}
