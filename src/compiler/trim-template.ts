import type { Statement, Template, Text } from "./template/syntax.ts";

function cutText(text: Text, start: number, end: number): Text {
  const pieces = text.pieces.flatMap((piece) => {
    const from = Math.max(piece.at, start);
    const to = Math.min(piece.at + piece.length, end);
    if (from >= to) return [];
    const first = piece.span.start + from - piece.at;
    return [{ at: from - start, length: to - from, span: { ...piece.span, start: first, end: first + to - from } }];
  });
  return { ...text, text: text.text.slice(start, end), pieces };
}

function trimStart(statement: Statement): Statement {
  if (statement.kind !== "text") return statement;
  const { length } = statement.text;
  return cutText(statement, length - statement.text.trimStart().length, length);
}

function trimEnd(statement: Statement): Statement {
  return statement.kind === "text" ? cutText(statement, 0, statement.text.trimEnd().length) : statement;
}

/** A model's template without the white space that its file begins and ends with: dbt cuts it off before it reads a file. */
export function trimTemplate(template: Template): Template {
  const [first, ...rest] = template.body;
  if (first === undefined) return template;
  const begun = [trimStart(first), ...rest];
  const last = begun.pop();
  return { ...template, body: last === undefined ? begun : [...begun, trimEnd(last)] };
}
