import { describe, expect, it } from "vitest";
import { TemplateTokenizer } from "./tokenize-template.ts";
import type { Token } from "./tokens.ts";

function tokens(text: string): readonly Token[] {
  const tokenizer = new TemplateTokenizer({ path: "m.sql", text });
  const found: Token[] = [];
  for (let token = tokenizer.nextToken(); token !== null; token = tokenizer.nextToken()) found.push(token);
  return found;
}

/** Each token as its type and the very characters of the file that it claims to be. */
function places(text: string): readonly (readonly [string, string])[] {
  return tokens(text).map(({ type, colno, lineno }) => [type, text.slice(colno, lineno)] as const);
}

describe("the tokenizer", () => {
  it("knows where each token starts and ends", () => {
    expect(places("a {{ ref('up') | f }} b")).toEqual([
      ["data", "a "],
      ["variable-start", "{{"],
      ["symbol", "ref"],
      ["left-paren", "("],
      ["string", "'up'"],
      ["right-paren", ")"],
      ["pipe", "|"],
      ["symbol", "f"],
      ["variable-end", "}}"],
      ["data", " b"],
    ]);
  });

  it("takes white space off the text, not off its place", () => {
    expect(places("a \n{%- do x -%}\n  b ")).toEqual([
      ["data", "a"],
      ["block-start", "{%-"],
      ["symbol", "do"],
      ["symbol", "x"],
      ["block-end", "-%}"],
      ["data", "b "],
    ]);
  });

  it("drops comments and the file's last line break", () => {
    expect(places("a {# {{ x }} #} b\r\n")).toEqual([
      ["data", "a "],
      ["data", " b"],
    ]);
  });

  it("gives raw blocks as text", () => {
    expect(places("{% raw -%} {{ x }} {% endraw %}y")).toEqual([
      ["data", "{{ x }} "],
      ["data", "y"],
    ]);
  });

  it("lets brackets hide the end of the tag", () => {
    expect(places("{{ {'a': {}} }}").map(([type]) => type)).toEqual([
      "variable-start",
      "left-curly",
      "string",
      "colon",
      "left-curly",
      "right-curly",
      "right-curly",
      "variable-end",
    ]);
  });

  it("reads numbers and strings as Python does", () => {
    const values = tokens("{{ 1_000 0x1F 9007199254740993 2.5e1 'a\\n\\x41\\d' }}").map(({ value }) => value);
    expect(values.slice(1, -1)).toEqual([1000, 31, 9007199254740993n, { kind: "float", value: 25 }, "a\nA\\d"]);
  });
});
