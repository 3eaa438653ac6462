import { describe, expect, it } from "vitest";
import { trustedSql } from "../../../domain/sql.ts";
import { dict, dictPart, entryOf, hashKey, isHashable, removeEntry, setEntry } from "./dict.ts";
import { float, list, text, tuple } from "./value.ts";

describe("dictionaries", () => {
  it("take equal keys for one, in the place of the first with the value of the last", () => {
    const made = dict([
      [1, "a"],
      ["1", "b"],
      [float(1), "c"],
      [true, "d"],
      [text(trustedSql("1")), "e"],
    ]);
    expect(dictPart(made, "items")).toEqual([tuple([1, "d"]), tuple(["1", "e"])]);
  });

  it("tell tuples apart by all that is in them", () => {
    const keys = [tuple(["a", "b"]), tuple(["a,b"]), tuple(["a", tuple(["b"])]), tuple([1]), tuple(["1"]), tuple([])];
    expect(new Set(keys.map((key) => hashKey(key))).size).toBe(keys.length);
    expect(hashKey(tuple([1, "a"]))).toBe(hashKey(tuple([float(1), "a"])));
  });

  it("tell None from nothing", () => {
    const made = dict([["a", null]]);
    expect(entryOf(made, "a")).toBeNull();
    expect(entryOf(made, "b")).toBeUndefined();
    expect(removeEntry(made, "a")).toBeNull();
    setEntry(made, null, 1);
    expect(entryOf(made, null)).toBe(1);
  });

  it("have no lists for keys", () => {
    expect(isHashable(tuple([1, list([])]))).toBe(false);
    expect(isHashable(tuple([1]))).toBe(true);
    expect(() => dict([[list([]), 1]])).toThrow("A list cannot be a key of a dictionary.");
  });
});
