import type { Sql } from "../../../domain/sql.ts";

/** Statements as one text for one job, and where each begins in it. */
export interface ScriptText {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Joins statements; a comment at the end of one must not swallow what follows. */
export function joinStatements(statements: readonly Sql[]): ScriptText {
  const starts: number[] = [];
  let text = "";
  for (const statement of statements) {
    if (text !== "") text += "\n;\n";
    starts.push(text.length);
    text += statement.text;
  }
  return { text, starts };
}

/** A place in one of the statements, as a UTF-16 offset. */
export interface StatementPlace {
  readonly index: number;
  readonly offset: number;
  readonly length: number;
}

const position = /(?:at \[|\[at )(?<line>\d+):(?<column>\d+)\]/u;
const name = /^[\p{L}_][\p{L}\p{N}_]*/u;

/**
 * The place that a message of BigQuery names as `at [line:column]`, both from 1. A column counts code points of the line
 * (BIGQUERY §15 leaves the unit open; for ASCII they are all the same).
 */
export function placeOfMessage(message: string, { text, starts }: ScriptText): StatementPlace | undefined {
  const { line, column } = position.exec(message)?.groups ?? {};
  if (line === undefined || column === undefined) return undefined;
  const lines = text.split("\n");
  const before = lines.slice(0, Number(line) - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const points = Array.from(lines[Number(line) - 1] ?? "").slice(0, Number(column) - 1);
  const at = Math.min(text.length, before + points.join("").length);
  const index = Math.max(
    0,
    starts.findLastIndex((start) => start <= at),
  );
  return { index, offset: at - (starts[index] ?? 0), length: name.exec(text.slice(at))?.[0].length ?? 1 };
}

/** The message without its place. */
export function withoutPlace(message: string): string {
  return message.replace(position, "").trim();
}
