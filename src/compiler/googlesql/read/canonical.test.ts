import { describe, expect, it } from "vitest";
import { writeCanonical } from "./canonical.ts";
import { lex } from "./lex.ts";
import { outlineTokens } from "./outline.ts";

function canonical(text: string): string {
  const outline = outlineTokens(lex(text));
  return writeCanonical(outline, { from: 0, to: outline.tokens.length }, "").text.trim();
}

describe("writeCanonical", () => {
  it("hides names, literals and calls behind the numbers of their tokens", () => {
    expect(canonical("select a.b, f(x, 'y') from `t` where c > 1.5")).toMatchInlineSnapshot(
      `"SELECT i_1 . i_3 , f_5( i_7 , '9' ) FROM i_12 WHERE i_14 > 16"`,
    );
  });

  it("folds what the parser would treat specially into calls", () => {
    expect(canonical("select cast(a as array<string>), extract(day from b), interval 1 day, date '2024-01-01'")).toBe(
      "SELECT f_1( i_3 ) , f_11( i_15 ) , f_18( 19 ) , '22'",
    );
  });

  it("sets deep brackets aside", () => {
    const deep = `select ${"(".repeat(30)}1${")".repeat(30)}`;
    expect(canonical(deep).match(/\(/gu)?.length).toBeLessThan(12);
  });
});
