import { describe, expect, it } from "vitest";
import { dict } from "../values/dict.ts";
import { type HostObject, isUndefined, list, nothing, tuple, type Value } from "../values/value.ts";
import { attributeOf, itemOf, sliceOf } from "./access.ts";

const host: HostObject = {
  kind: "object",
  typeName: "a row",
  print: () => "row",
  attribute: (name) => (name === "columns" ? 2 : undefined),
  item: (key) => (key === 0 ? "first" : undefined),
};

function kindOf(value: Value): string {
  return typeof value === "object" && value !== null ? value.kind : typeof value;
}

describe("attributes and items", () => {
  it("look for the attribute first after a dot, for the item first in brackets", () => {
    const value = dict([["items", 1]]);
    expect(kindOf(attributeOf(value, "items"))).toBe("callable");
    expect(itemOf(value, "items")).toBe(1);
    expect(attributeOf(dict([["a", null]]), "a")).toBeNull();
    expect(kindOf(itemOf("text", "upper"))).toBe("callable");
  });

  it("ask a host object for both", () => {
    expect(attributeOf(host, "columns")).toBe(2);
    expect(itemOf(host, 0)).toBe("first");
    expect(itemOf(host, "columns")).toBe(2);
    expect(isUndefined(attributeOf(host, "rows"))).toBe(true);
  });

  it("count from the end, and by characters", () => {
    expect(itemOf(list([1, 2, 3]), -1)).toBe(3);
    expect(itemOf("a😀b", 1)).toBe("😀");
    expect(isUndefined(itemOf(tuple([1]), 1))).toBe(true);
  });

  it("are an error on what is undefined itself", () => {
    expect(() => attributeOf(nothing("it is not there"), "a")).toThrow("There is no value here: it is not there.");
    expect(() => itemOf(nothing("it is not there"), 0)).toThrow();
  });

  it("slice as Python does", () => {
    const slice = (start?: number, stop?: number, step?: number): Value => sliceOf("abcde", { start, stop, step });
    expect([
      slice(1),
      slice(undefined, -1),
      slice(-2),
      slice(undefined, undefined, -2),
      slice(9),
      slice(3, 0, -1),
    ]).toEqual(["bcde", "abcd", "de", "eca", "", "dcb"]);
    expect(() => sliceOf(dict(), { start: 1, stop: undefined, step: undefined })).toThrow(
      "One cannot slice a dictionary.",
    );
    expect(() => slice(0, 1, 0)).toThrow();
  });
});
