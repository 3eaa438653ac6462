import type { FloatValue } from "../values/value.ts";

/** The names by which nunjucks' parser knows its tokens; the few that our tokenizer makes. */
export type TokenType =
  | "data"
  | "block-start"
  | "block-end"
  | "variable-start"
  | "variable-end"
  | "string"
  | "int"
  | "float"
  | "symbol"
  | "left-paren"
  | "right-paren"
  | "left-bracket"
  | "right-bracket"
  | "left-curly"
  | "right-curly"
  | "operator"
  | "comma"
  | "colon"
  | "tilde"
  | "pipe";

/**
 * A token as nunjucks' parser takes it. The parser only hands `lineno` and `colno` on to the nodes it makes, so that
 * they can carry what we need of a place: `colno` is the offset at which the token starts, `lineno` that at which it ends.
 */
export type Token = WordToken | NumberToken;

interface Placed {
  readonly lineno: number;
  readonly colno: number;
}

/** A token whose value is its text; that of a string is without quotes and escapes. */
export interface WordToken extends Placed {
  readonly type: Exclude<TokenType, "int" | "float">;
  readonly value: string;
}

/** A number. */
export interface NumberToken extends Placed {
  readonly type: "int" | "float";
  readonly value: number | bigint | FloatValue;
}

/** What nunjucks' parser asks of its lexer. */
export interface TokenSource {
  readonly tags: { readonly VARIABLE_START: string; readonly VARIABLE_END: string };
  nextToken(): Token | null;
}
