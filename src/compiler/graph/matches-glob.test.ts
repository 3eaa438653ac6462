import { describe, expect, it } from "vitest";
import { hasWildcard, parseGlob, parsePathGlob } from "./matches-glob.ts";

describe("a glob", () => {
  it.each([
    ["stg_*", "stg_orders", true],
    ["stg_*", "stg_", true],
    ["stg_*", "xstg_orders", false],
    ["*", "", true],
    ["", "", true],
    ["", "a", false],
    ["*", "raw/events\n.csv", true],
    ["*.*", "a.b.c", true],
    ["a*b*c", "a__b__b__c", true],
    ["a*b*c", "a__c__b", false],
    ["?", "a", true],
    ["?", "", false],
    ["?", "🐟", true],
    ["??", "🐟", false],
    ["Dau", "dau", false],
    ["[dm]au", "mau", true],
    ["[dm]au", "sau", false],
    ["[!d]au", "mau", true],
    ["[!d]au", "dau", false],
    ["[^d]au", "^au", true],
    ["[^d]au", "mau", false],
    ["[a-e]au", "dau", true],
    ["[a-e]au", "fau", false],
    ["[e-a]au", "cau", false],
    ["[!e-a]au", "cau", true],
    ["[-a]x", "-x", true],
    ["[a-]x", "-x", true],
    ["[a-c-e]x", "-x", true],
    ["[a-c-e]x", "dx", false],
    ["[]a]x", "]x", true],
    ["[!]a]x", "]x", false],
    ["[]", "[]", true],
    ["[!]", "[!]", true],
    ["[", "[", true],
    ["a[b", "a[b", true],
    ["[[]x", "[x", true],
    ["[α-ω]", "λ", true],
    ["{a,b}", "a", false],
    ["{a,b}", "{a,b}", true],
    ["!(a)", "!(a)", true],
    ["a\\*", "a\\bc", true],
    [".*", "a", false],
    ["a.c", "abc", false],
    ["^a$", "a", false],
  ])("%j on %j: %j", (pattern, text, fits) => {
    expect(parseGlob(pattern)(text)).toBe(fits);
  });

  it("does not go astray in patterns with many stars", () => {
    expect(parseGlob("*a".repeat(200) + "b")("a".repeat(5_000))).toBe(false);
  });

  it.each(["*", "a?", "[a", "a]"])("is seen in %j", (text) => {
    expect(hasWildcard(text)).toBe(true);
  });

  it.each(["", "dau", "a.b", "{a}", "!a"])("is not seen in %j", (text) => {
    expect(hasWildcard(text)).toBe(false);
  });
});

describe("a glob for paths", () => {
  it.each([
    ["models", "models", true],
    ["models", "models/dau.sql", false],
    ["models/*", "models/dau.sql", true],
    ["models/*", "models/marts/dau.sql", false],
    ["models/*.sql", "models/.hidden.sql", true],
    ["*", "models", true],
    ["*", "", false],
    ["**", "", true],
    ["models/**", "models", true],
    ["models/**/dau.sql", "models/dau.sql", true],
    ["models/**/dau.sql", "models/a/b/dau.sql", true],
    ["**/dau.sql", "dau.sql", true],
    ["**/m/**/d.sql", "m/x/m/y/d.sql", true],
    ["**/m/**/d.sql", "x/y/d.sql", false],
    ["./models//dau.sql", "models/dau.sql", true],
    ["models/", "models", true],
    [".", "", true],
    ["models\\marts", "models/marts", true],
    ["models/../seeds", "seeds", false],
    ["models/d?u.sql", "models/d/u.sql", false],
    ["m**/d", "models/d", true],
    ["m**/d", "m/x/d", false],
    ["Models", "models", false],
  ])("%j on %j: %j", (pattern, path, fits) => {
    expect(parsePathGlob(pattern)(path)).toBe(fits);
  });
});
