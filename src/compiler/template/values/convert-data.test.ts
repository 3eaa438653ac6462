import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Data } from "../../../domain/data.ts";
import { trustedSql } from "../../../domain/sql.ts";
import { callable } from "../call.ts";
import { fromData, toData } from "./convert-data.ts";
import { dict } from "./dict.ts";
import { printValue } from "./print-value.ts";
import { type HostObject, list, nothing, text, tuple } from "./value.ts";

const data: fc.Arbitrary<Data> = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Data);

describe("plain data", () => {
  it("survives the way into a template and back", () => {
    fc.assert(
      fc.property(data, (each) => {
        expect(toData(fromData(each))).toEqual(each);
      }),
    );
  });

  it("keeps whole numbers and decimal ones apart", () => {
    expect(printValue(fromData([1, 1.5, true, null, "a", { b: [] }]))).toBe("[1, 1.5, True, None, 'a', {'b': []}]");
  });

  it("is what a template's values come to", () => {
    const relation: HostObject = { kind: "object", typeName: "a relation", print: () => "r" };
    const set: HostObject = { ...relation, iterate: () => [1] };
    expect(toData(list([text(trustedSql("a")), tuple([1]), relation, set, nothing("why"), 2n ** 60n]))).toEqual([
      "a",
      [1],
      "r",
      [1],
      null,
      "1152921504606846976",
    ]);
    expect(
      toData(
        dict([
          [1, "a"],
          [tuple([2]), "b"],
        ]),
      ),
    ).toEqual({ "1": "a", "(2,)": "b" });
    expect(() => toData(callable("f", () => null))).toThrow("There is no data for a function.");
  });

  it("has no room for a list within itself", () => {
    const endless = list([]);
    endless.items.push(endless);
    expect(() => toData(endless)).toThrow("nested too deeply");
  });
});
