import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ancestorsOf, buildGraph, descendantsOf, type ResourceGraph, topologicalOrder } from "./order.ts";

/** `{ b: "a" }` is a graph of `b` that reads from `a`. */
function graphOf(reads: Readonly<Record<string, string>>): ResourceGraph {
  return buildGraph(
    Object.entries(reads).map(([uniqueId, parents]) => ({
      uniqueId,
      dependsOn: parents.split(" ").filter((parent) => parent !== ""),
    })),
  );
}

const diamond = graphOf({ d: "b c", c: "a", b: "a", a: "", e: "d", z: "" });

function chain(length: number): ResourceGraph {
  return buildGraph(
    Array.from({ length }, (_, i) => ({
      uniqueId: `model.p.m${String(i)}`,
      dependsOn: i === 0 ? [] : [`model.p.m${String(i - 1)}`],
    })),
  );
}

describe("the graph", () => {
  it("takes resources that read from nothing, and one parent named twice", () => {
    const graph = buildGraph([{ uniqueId: "a" }, { uniqueId: "b", dependsOn: ["a", "a"] }]);
    expect(topologicalOrder(graph)).toEqual(["a", "b"]);
    expect([...ancestorsOf(graph, ["b"])]).toEqual(["a"]);
  });

  it("is not built from resources that were not linked", () => {
    expect(() => buildGraph([{ uniqueId: "a", dependsOn: ["b"] }])).toThrow("a reads from b");
    expect(() => buildGraph([{ uniqueId: "a" }, { uniqueId: "a" }])).toThrow("the id a");
  });

  it("does not know strangers", () => {
    expect(() => ancestorsOf(diamond, ["x"])).toThrow("x is not in the graph");
    expect(() => descendantsOf(diamond, ["x"])).toThrow("x is not in the graph");
  });

  it("keeps names of JavaScript's own apart", () => {
    const graph = graphOf({ "model.p.__proto__": "", "model.p.constructor": "model.p.__proto__" });
    expect(topologicalOrder(graph)).toEqual(["model.p.__proto__", "model.p.constructor"]);
  });
});

describe("the order", () => {
  it("goes by depth, then by id", () => {
    expect(topologicalOrder(diamond)).toEqual(["a", "z", "b", "c", "d", "e"]);
  });

  it("does not depend on the order of the resources", () => {
    expect(topologicalOrder(graphOf({ a: "", b: "a", c: "a", d: "c b", e: "d", z: "" }))).toEqual(
      topologicalOrder(diamond),
    );
  });

  it("compares ids by code unit, not as a language would", () => {
    expect(topologicalOrder(graphOf({ b: "", a: "", B: "", "a.1": "", a_1: "", ä: "" }))).toEqual([
      "B",
      "a",
      "a.1",
      "a_1",
      "b",
      "ä",
    ]);
  });

  it("counts the depth of some among themselves, and through those left out", () => {
    const graph = graphOf({ a: "", b: "a", c: "b", d: "c", y: "", z: "" });
    expect(topologicalOrder(graph, new Set(["d", "a", "z"]))).toEqual(["a", "z", "d"]);
    expect(topologicalOrder(graph, new Set(["d", "z"]))).toEqual(["d", "z"]);
    expect(topologicalOrder(graph, new Set())).toEqual([]);
  });

  it("refuses a cycle, which is the linker's to tell", () => {
    expect(() => topologicalOrder(graphOf({ a: "b", b: "a", c: "" }))).toThrow("cycle");
  });

  it("puts every resource after all that it reads from, near or far", () => {
    fc.assert(
      fc.property(randomReads(), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (reads, kept) => {
        const graph = graphOf(reads);
        const among = new Set(Object.keys(reads).filter((_, i) => kept[i] === true));
        const order = topologicalOrder(graph, among);
        expect(new Set(order)).toEqual(among);
        expect(order).toHaveLength(among.size);
        for (const [place, id] of order.entries())
          for (const ancestor of ancestorsOf(graph, [id]))
            if (among.has(ancestor)) expect(order.indexOf(ancestor)).toBeLessThan(place);
      }),
    );
  });
});

describe("relatives", () => {
  it("are found to any depth", () => {
    expect([...ancestorsOf(diamond, ["e"])].sort()).toEqual(["a", "b", "c", "d"]);
    expect([...descendantsOf(diamond, ["a"])].sort()).toEqual(["b", "c", "d", "e"]);
  });

  it.each([
    [0, []],
    [1, ["d"]],
    [2, ["b", "c", "d"]],
    [3, ["a", "b", "c", "d"]],
    [99, ["a", "b", "c", "d"]],
  ])("are found to a depth of %d", (depth, found) => {
    expect([...ancestorsOf(diamond, ["e"], depth)].sort()).toEqual(found);
  });

  it("take the shortest way to each", () => {
    const graph = graphOf({ a: "", b: "a", c: "b", d: "c a" });
    expect([...descendantsOf(graph, ["a"], 1)].sort()).toEqual(["b", "d"]);
  });

  it("include one of those asked for only as a relative of another", () => {
    expect([...ancestorsOf(diamond, ["d", "b"], 1)].sort()).toEqual(["a", "b", "c"]);
    expect([...ancestorsOf(diamond, ["a"])]).toEqual([]);
  });
});

describe("a chain of 10,000 models", () => {
  const long = chain(10_000);

  it("is ordered", () => {
    const order = topologicalOrder(long);
    expect([order[0], order[9_999]]).toEqual(["model.p.m0", "model.p.m9999"]);
  });

  it("is walked from end to end", () => {
    expect(ancestorsOf(long, ["model.p.m9999"]).size).toBe(9_999);
    expect(descendantsOf(long, ["model.p.m0"]).size).toBe(9_999);
    expect(descendantsOf(long, ["model.p.m0"], 5_000).size).toBe(5_000);
  });
});

function randomReads(): fc.Arbitrary<Readonly<Record<string, string>>> {
  return fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 }).map((parents) =>
    Object.fromEntries(
      parents.map((reads, i) => [
        `m${String(i)}`,
        [...new Set(reads)]
          .filter((parent) => parent < i)
          .map((parent) => `m${String(parent)}`)
          .join(" "),
      ]),
    ),
  );
}
