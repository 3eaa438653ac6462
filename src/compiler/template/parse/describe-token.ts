import type { Token, TokenType } from "./tokens.ts";

const names: Readonly<Record<TokenType, string>> = {
  data: "text",
  "block-start": '"{%"',
  "block-end": 'a closing "%}"',
  "variable-start": '"{{"',
  "variable-end": 'a closing "}}"',
  string: "a text in quotes",
  int: "a number",
  float: "a number",
  symbol: "a name",
  "left-paren": '"("',
  "right-paren": '")"',
  "left-bracket": '"["',
  "right-bracket": '"]"',
  "left-curly": '"{"',
  "right-curly": '"}"',
  operator: "an operator",
  comma: '","',
  colon: '":"',
  tilde: '"~"',
  pipe: '"|"',
};

/** A token as messages name it: what stands there, or of a type alone, what should. */
export function describeToken(token: Token | TokenType): string {
  if (typeof token === "string") return names[token];
  switch (token.type) {
    case "block-end":
    case "variable-end":
    case "operator":
    case "symbol":
      return `"${token.value}"`;
    default:
      return names[token.type];
  }
}
