import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { lex } from "./lex.ts";

function shown(text: string): readonly string[] {
  return lex(text).map((token) => `${token.kind} ${token.text}`);
}

function complaint(text: string): string {
  try {
    lex(text);
  } catch (failure) {
    if (failure instanceof Refusal) return `${failure.message} at ${failure.problem?.place.start ?? "?"}`;
    throw failure;
  }
  return "none";
}

describe("lex", () => {
  it("reads words, names, numbers and symbols", () => {
    expect(shown("select `a b`.c, 1.5e-3 <= .5")).toEqual([
      "word select",
      "quoted a b",
      "symbol .",
      "word c",
      "symbol ,",
      "number 1.5e-3",
      "symbol <=",
      "number .5",
    ]);
  });

  it("keeps the places of tokens across comments and characters beyond the basic plane", () => {
    const text = "/* 👍 */ a -- b\n# c\n + '👍' d";
    expect(lex(text).map(({ start, end }) => text.slice(start, end))).toEqual(["a", "+", "'👍'", "d"]);
  });

  it("decodes strings of every form", () => {
    expect(shown(String.raw`'a\'b' "c\n" r'\d' '''it's''' b"\x00a" rb'\x'`)).toEqual([
      "string a'b",
      "string c\n",
      String.raw`string \d`,
      "string it's",
      "bytes 0061",
      "bytes 5c78",
    ]);
  });

  it("joins a project's name with dashes to one, and leaves subtraction alone", () => {
    expect(shown("from my-project-1.d.t")).toEqual([
      "word from",
      "quoted my-project-1",
      "symbol .",
      "word d",
      "symbol .",
      "word t",
    ]);
    expect(shown("select a-b")).toEqual(["word select", "word a", "symbol -", "word b"]);
  });

  it("refuses what no token is, at its place", () => {
    expect(complaint("select 'a")).toMatch(/ at 7$/u);
    expect(complaint("select \u00a7")).toBe('There is an unexpected character "§". at 7');
    expect(complaint("/* open")).toMatch(/ at 0$/u);
  });
});
