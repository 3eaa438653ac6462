import { describe, expect, it } from "vitest";
import { isUndefined, type Value } from "../values/value.ts";
import { type Loop, startLoop } from "./loop.ts";

function begin(items: Iterable<Value>, length?: number): Loop {
  return startLoop({ items: items[Symbol.iterator](), length, depth: 0, recurse: undefined });
}

function read(loop: Loop, name: string): Value {
  const value = loop.value.attribute?.(name);
  if (value === undefined) throw new Error(`no ${name}`);
  return isUndefined(value) ? "undefined" : value;
}

describe("a loop", () => {
  it("knows where it stands", () => {
    const loop = begin(["a", "b", "c"], 3);
    loop.next();
    loop.next();
    const names = [
      "index",
      "index0",
      "revindex",
      "revindex0",
      "first",
      "last",
      "length",
      "previtem",
      "nextitem",
      "depth",
    ];
    expect(names.map((name) => read(loop, name))).toEqual([2, 1, 2, 1, false, false, 3, "a", "c", 1]);
    loop.next();
    expect([read(loop, "last"), read(loop, "nextitem")]).toEqual([true, "undefined"]);
    expect(loop.next()).toBeUndefined();
  });

  it("draws no further ahead than it is asked to look", () => {
    let drawn = 0;
    const items = (function* (): Generator<Value> {
      for (;;) yield drawn++;
    })();
    const loop = begin(items);
    loop.next();
    expect(drawn).toBe(1);
    read(loop, "last");
    read(loop, "nextitem");
    expect(drawn).toBe(2);
    expect(loop.next()).toBe(1);
  });

  it("counts what is left where the number is not known", () => {
    const loop = begin([1, 2, 3][Symbol.iterator]());
    loop.next();
    expect([read(loop, "length"), read(loop, "revindex")]).toEqual([3, 3]);
    expect([loop.next(), loop.next(), loop.next()]).toEqual([2, 3, undefined]);
  });

  it("goes over None like over anything else", () => {
    const loop = begin([null, 1], 2);
    expect([loop.next(), read(loop, "nextitem"), loop.next(), read(loop, "previtem")]).toEqual([null, 1, 1, null]);
  });
});
