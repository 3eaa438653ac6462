import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCycle } from "./find-cycle.ts";
import { buildGraph, type ResourceGraph, topologicalOrder } from "./order.ts";

type Reads = readonly (readonly [id: string, parents: readonly string[]])[];

function graphOf(reads: Reads): ResourceGraph {
  return buildGraph(reads.map(([uniqueId, dependsOn]) => ({ uniqueId, dependsOn })));
}

describe("a cycle", () => {
  it("is not found where there is none", () => {
    expect(findCycle(graphOf([]))).toBeUndefined();
    expect(
      findCycle(
        graphOf([
          ["a", []],
          ["b", ["a"]],
          ["c", ["a", "b"]],
        ]),
      ),
    ).toBeUndefined();
  });

  it("may be one resource that reads from itself", () => {
    expect(findCycle(graphOf([["a", ["a"]]]))).toEqual(["a"]);
  });

  it("is told from the smallest id on, each reading from the next", () => {
    const reads: Reads = [
      ["b", ["a"]],
      ["c", ["b"]],
      ["a", ["c"]],
    ];
    expect(findCycle(graphOf(reads))).toEqual(["a", "c", "b"]);
    expect(findCycle(graphOf(reads.toReversed()))).toEqual(["a", "c", "b"]);
  });

  it("is told without what leads to it or hangs below it", () => {
    expect(
      findCycle(
        graphOf([
          ["a", ["m"]],
          ["m", ["n", "z"]],
          ["n", ["m"]],
          ["z", []],
        ]),
      ),
    ).toEqual(["m", "n"]);
  });

  it("is told without detours", () => {
    expect(
      findCycle(
        graphOf([
          ["a", ["b", "c"]],
          ["b", ["c"]],
          ["c", ["d"]],
          ["d", ["a"]],
        ]),
      ),
    ).toEqual(["a", "c", "d"]);
  });

  it("is told from its smallest id on even where it was met at another", () => {
    expect(
      findCycle(
        graphOf([
          ["b", ["c"]],
          ["c", ["d", "x"]],
          ["d", ["e"]],
          ["e", ["f"]],
          ["f", ["c"]],
          ["x", ["b"]],
        ]),
      ),
    ).toEqual(["b", "c", "x"]);
  });

  it("is one of several, the same one always", () => {
    const reads: Reads = [
      ["x", ["y"]],
      ["y", ["x"]],
      ["b", ["c"]],
      ["c", ["b", "x"]],
    ];
    expect(findCycle(graphOf(reads))).toEqual(["b", "c"]);
    expect(findCycle(graphOf(reads.toReversed()))).toEqual(["b", "c"]);
  });

  it("may be 10,000 resources long", () => {
    const length = 10_000;
    const name = (i: number): string => `m${String(i).padStart(5, "0")}`;
    const cycle = findCycle(
      graphOf(Array.from({ length }, (_, i): Reads[number] => [name(i), [name((i + 1) % length)]])),
    );
    expect(cycle).toHaveLength(length);
    expect(cycle?.slice(0, 2)).toEqual([name(0), name(1)]);
  });

  it("is found exactly where no order exists, and every step of it is an edge", () => {
    const graphs = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graphs, (parents) => {
        const reads = parents.map((ids, i): Reads[number] => [String(i), [...new Set(ids)].map(String)]);
        const cycle = findCycle(graphOf(reads));
        if (cycle === undefined) {
          expect(topologicalOrder(graphOf(reads))).toHaveLength(8);
          return;
        }
        expect(new Set(cycle).size).toBe(cycle.length);
        expect([...cycle].sort()[0]).toBe(cycle[0]);
        for (const [i, id] of cycle.entries())
          expect(parents[Number(id)]?.map(String)).toContain(cycle[(i + 1) % cycle.length]);
        expect(findCycle(graphOf(reads.toReversed()))).toEqual(cycle);
      }),
      { numRuns: 500 },
    );
  });
});
