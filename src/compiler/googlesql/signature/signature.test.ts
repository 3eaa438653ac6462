import { describe, expect, it } from "vitest";
import { codeText } from "../code.ts";
import { allFunctions } from "../functions/registry.ts";
import { signaturesOf } from "../functions/function-table.ts";
import { scalar } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { parseSignature, signatureText } from "./signature.ts";
import { fillTemplate, parseTemplate } from "./template.ts";

function values(...codes: readonly string[]): readonly Value[] {
  return codes.map((code) =>
    makeValue({ code, isCompound: code.includes(" "), type: scalar("INT64"), place: { start: 0, end: 0 } }),
  );
}

function filled(template: string, ...codes: readonly string[]): string {
  return codeText(fillTemplate(parseTemplate(template), values(...codes)));
}

describe("a template", () => {
  it("brackets operators only where another operator stands beside them", () => {
    expect(filled("$1 + $2", "a", "b - c")).toBe("a + (b - c)");
    expect(filled("f($1, $2)", "a", "b - c")).toBe("f(a, b - c)");
    expect(filled("CASE WHEN $1 THEN $2 END", "a OR b", "c + d")).toBe("CASE WHEN a OR b THEN c + d END");
  });

  it("takes any number of arguments, even none, where it says so", () => {
    expect(filled("f($1, $2*)", "a", "b", "c")).toBe("f(a, b, c)");
    expect(filled("f($1, $2*)", "a")).toBe("f(a)");
  });

  it("puts what belongs to an aggregate into its brackets and behind them", () => {
    const frame = { isDistinct: true, orderBy: "x", filter: "y", nulls: undefined, over: "(w)" };
    const code = fillTemplate(parseTemplate("CAST(sum!($1) AS BIGINT)"), values("a"), frame);
    expect(codeText(code)).toBe("CAST(sum(DISTINCT a ORDER BY x) FILTER (WHERE y) OVER (w) AS BIGINT)");
  });

  it("knows which arguments it may evaluate twice", () => {
    expect(parseTemplate("$1 + $1 * $2").isRepeated(0)).toBe(true);
    expect(parseTemplate("$1 + $1 * $2").isRepeated(1)).toBe(false);
    expect(parseTemplate("gsql_round($1, $2)").isRepeated(1)).toBe(true);
  });

  it("refuses a bracket that nothing closes", () => {
    expect(() => parseTemplate("sum!($1")).toThrow("nothing closes");
  });
});

describe("a signature", () => {
  it("is read from its line and written for the author", () => {
    const signature = parseSignature("(ARRAY<T>, STRING, note: INT64 = 1, T…) -> T!: f($1, $2, $3, $4*)");
    expect(signatureText(signature)).toBe("(ARRAY<T>, STRING, [note => INT64], T, …)");
    expect(signature.isNullable).toBe(false);
    expect(signature.parameters.map(({ fallback }) => fallback)).toEqual([undefined, undefined, "1", undefined]);
  });

  it("tells which parameters are given by name alone", () => {
    const { parameters } = parseSignature("(STRING, only most: INT64 = 1, least: INT64 = 2) -> T: f($1, $2, $3)");
    expect(parameters.map(({ isNamedOnly }) => isNamedOnly)).toEqual([false, true, false]);
  });

  it("refuses a line that is none", () => {
    expect(() => parseSignature("STRING -> STRING: f($1)")).toThrow("no signature");
  });

  it("can be read from every line of every table, and fills its template with as many arguments as it takes", () => {
    for (const [name, entry] of allFunctions()) {
      if (entry.kind === "special") continue;
      for (const { parameters, template } of signaturesOf(entry.lines)) {
        const names = parameters.map((_, index) => `a${index}`);
        const code = template === undefined ? undefined : codeText(fillTemplate(template, values(...names)));
        if (code === undefined || parameters.length > 3) continue;
        for (const argument of names) expect([name, code]).toEqual([name, expect.stringContaining(argument)]);
      }
    }
  });
});
