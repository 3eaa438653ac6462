import { describe, expect, it } from "vitest";
import { trustedSql } from "../../../domain/sql.ts";
import { dict } from "./dict.ts";
import { printValue, quoteText, reprValue } from "./print-value.ts";
import { float, type HostObject, iterator, list, nothing, text, tuple, type Value } from "./value.ts";

const host: HostObject = { kind: "object", typeName: "a relation", print: () => '"a"."b"', repr: () => "<Relation>" };

describe("printing", () => {
  it.each<readonly [Value, string, string]>([
    [null, "None", "None"],
    [true, "True", "True"],
    [1, "1", "1"],
    [2n ** 64n, "18446744073709551616", "18446744073709551616"],
    [float(1), "1.0", "1.0"],
    [float(1e16), "1e+16", "1e+16"],
    [float(0.00001), "1e-05", "1e-05"],
    [float(-0), "-0.0", "-0.0"],
    [float(Infinity), "inf", "inf"],
    ["it's", "it's", '"it\'s"'],
    [text(trustedSql("a")), "a", "'a'"],
    [nothing("why"), "", "Undefined"],
    [list([1, "a", list([])]), "[1, 'a', []]", "[1, 'a', []]"],
    [tuple([1]), "(1,)", "(1,)"],
    [dict([["a", null]]), "{'a': None}", "{'a': None}"],
    [{ kind: "view", part: "keys", of: dict([["a", 1]]) }, "dict_keys(['a'])", "dict_keys(['a'])"],
    [{ kind: "range", start: 0, stop: 3, step: 1 }, "range(0, 3)", "range(0, 3)"],
    [iterator("generator object map", []), "<generator object map>", "<generator object map>"],
    [host, '"a"."b"', "<Relation>"],
  ])("gives %o as str() and repr() do", (value, printed, repr) => {
    expect(printValue(value)).toBe(printed);
    expect(reprValue(value)).toBe(repr);
  });

  it("escapes what cannot be seen", () => {
    expect(quoteText("a\n\t\\'\"\u0000é\u200b😀\u{e0001}")).toBe("'a\\n\\t\\\\\\'\"\\x00é\\u200b😀\\U000e0001'");
  });

  it("ends in a list that holds itself", () => {
    const endless = list([]);
    endless.items.push(endless, 1);
    expect(printValue(endless)).toBe("[[...], 1]");
  });
});
