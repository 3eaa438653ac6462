import type { Parse } from "../parser.ts";
import type { Expression, Query } from "../syntax.ts";
import { lex } from "./lex.ts";
import { outlineTokens, type Outline, type Range } from "./outline.ts";
import { readExpressionAt } from "./read-expression.ts";
import { readQuery } from "./read-query.ts";
import { readRange } from "./reading.ts";

/** The tokens of a text with the parser that reads stretches of them. */
export interface Source {
  readonly outline: Outline;
  readonly parse: Parse;
}

/** Opens a text for reading. */
export function openSource(text: string, parse: Parse): Source {
  return { outline: outlineTokens(lex(text)), parse };
}

/** Reads a stretch of tokens as a query. */
export function readQueryAt(source: Source, range: Range): Query {
  return readRange(source, range, { prefix: "", read: readQuery });
}

/** Reads a stretch of tokens as an expression. */
export function readValueAt(source: Source, range: Range): Expression {
  return readExpressionAt({ canonical: { outline: source.outline }, parse: source.parse }, range);
}
