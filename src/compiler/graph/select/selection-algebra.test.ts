import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../order.ts";
import type { IndirectSelection } from "../../../domain/selection-terms.ts";
import { parseSelection } from "./parse-selection.ts";
import { selectResources } from "./select-resources.ts";
import type { SelectableResource } from "./selectable-resource.ts";

/** A resource of a random project; `reads` are places of earlier ones. */
interface Node {
  readonly kind: "model" | "test";
  readonly tag: string;
  readonly reads: readonly number[];
}

/** A criterion as a value: the oracle never sees the text that the parser sees. */
interface Term {
  readonly by: { readonly name: number } | { readonly tag: string } | "everything";
  readonly at: boolean;
  readonly up: number | undefined;
  readonly down: number | undefined;
}

type Terms = readonly (readonly Term[])[];

const size = 9;
const depth = fc.option(fc.constantFrom(0, 1, 2, 3, Infinity), { nil: undefined });
const term: fc.Arbitrary<Term> = fc
  .record({
    by: fc.oneof(
      fc.record({ name: fc.nat(size - 1) }),
      fc.record({ tag: fc.constantFrom("a", "b") }),
      fc.constant("everything" as const),
    ),
    at: fc.boolean(),
    up: depth,
    down: depth,
  })
  .map((drawn) => (drawn.at ? { ...drawn, down: undefined } : drawn));
const terms: fc.Arbitrary<Terms> = fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 3,
});
const project: fc.Arbitrary<readonly Node[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom("model" as const, "model" as const, "test" as const),
      tag: fc.constantFrom("a", "b", "c"),
      reads: fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }),
    }),
    { minLength: size, maxLength: size },
  )
  .map((nodes) =>
    nodes.map((node, i) => ({
      ...node,
      reads: node.reads.filter((parent) => parent < i && nodes[parent]?.kind === "model"),
    })),
  );

const idOf = (place: number): string => `model.p.n${String(place)}`;

function written({ by, at, up, down }: Term): string {
  const plus = (levels: number): string => (levels === Infinity ? "" : String(levels));
  const value = by === "everything" ? "*" : "tag" in by ? `tag:${by.tag}` : `n${String(by.name)}`;
  return [
    at ? "@" : "",
    up === undefined ? "" : `${plus(up)}+`,
    value,
    down === undefined ? "" : `+${plus(down)}`,
  ].join("");
}

const writtenAll = (all: Terms): string => all.map((part) => part.map(written).join(",")).join(" ");

interface Asked {
  readonly nodes: readonly Node[];
  readonly select: Terms;
  readonly exclude: Terms | undefined;
  readonly mode: IndirectSelection;
}

function selectedBy({ nodes, select, exclude, mode }: Asked): ReadonlySet<number> {
  const resources = nodes.map((node, i): SelectableResource => {
    const name = `n${String(i)}`;
    const facts = { uniqueId: idOf(i), name, packageName: "p", fqn: ["p", name], path: `${name}.sql`, config: {} };
    return node.kind === "test"
      ? { ...facts, tags: [node.tag], resourceType: "test", test: undefined }
      : { ...facts, tags: [node.tag], resourceType: "model" };
  });
  const graph = buildGraph(nodes.map(({ reads }, i) => ({ uniqueId: idOf(i), dependsOn: reads.map(idOf) })));
  const parse = (all: Terms) => {
    const parsed = parseSelection([writtenAll(all)], "--select");
    if (!parsed.ok) throw new Error(`${writtenAll(all)}: ${String(parsed.diagnostics[0]?.message)}`);
    return parsed.value;
  };
  const { ids } = selectResources(graph, resources, {
    rootPackage: "p",
    select: parse(select),
    exclude: exclude && parse(exclude),
    indirectSelection: mode,
  });
  expect(new Set(ids).size).toBe(ids.length);
  return new Set(ids.map((id) => Number(id.slice("model.p.n".length))));
}

/** The number of edges on the shortest way between each two nodes, by trying every node in between (Floyd, Warshall). */
function distancesIn(nodes: readonly Node[]): readonly (readonly number[])[] {
  const all = nodes.map((_, from) =>
    nodes.map((node, to) => (from === to ? 0 : node.reads.includes(from) ? 1 : Infinity)),
  );
  return nodes.reduce(
    (known, _, over) =>
      known.map((row, from) =>
        row.map((direct, to) => Math.min(direct, (known[from]?.[over] ?? Infinity) + (known[over]?.[to] ?? Infinity))),
      ),
    all,
  );
}

/** What one term means without any tests that come along: every node is asked, one by one, for a reason to be in. */
function meant(nodes: readonly Node[], { by, at, up, down }: Term): ReadonlySet<number> {
  const distances = distancesIn(nodes);
  const distance = (from: number, to: number): number => distances[from]?.[to] ?? Infinity;
  const places = nodes.map((_, place) => place);
  const core = places.filter((place) =>
    by === "everything" ? true : "tag" in by ? nodes[place]?.tag === by.tag : by.name === place,
  );
  const isIn = (place: number): boolean =>
    core.some((hit) => {
      const above = distance(place, hit);
      const below = distance(hit, place);
      const isNear = (above < Infinity && above <= (up ?? 0)) || (below < Infinity && below <= (down ?? 0));
      const meetsBelow = places.some((end) => distance(hit, end) < Infinity && distance(place, end) < Infinity);
      return isNear || (at && meetsBelow);
    });
  return new Set(places.filter(isIn));
}

function withTests(nodes: readonly Node[], found: ReadonlySet<number>, needed: "some" | "every"): ReadonlySet<number> {
  const follows = ({ kind, reads }: Node): boolean =>
    kind === "test" && reads.length > 0 && reads[needed]((parent) => found.has(parent));
  return new Set([...found, ...nodes.flatMap((node, place) => (follows(node) ? [place] : []))]);
}

const places = Array.from({ length: size }, (_, place) => place);

/** The oracle for the modes that judge each term by itself: then selecting is nothing but algebra of sets. */
function algebra(nodes: readonly Node[], all: Terms, mode: "eager" | "empty"): ReadonlySet<number> {
  const setOf = (one: Term): ReadonlySet<number> =>
    mode === "eager" ? withTests(nodes, meant(nodes, one), "some") : meant(nodes, one);
  return new Set(places.filter((place) => all.some((part) => part.every((one) => setOf(one).has(place)))));
}

const difference = (a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> =>
  new Set([...a].filter((place) => !b.has(place)));

describe("selecting from random projects", () => {
  it("is the algebra of sets: spaces unite, commas intersect, --exclude subtracts", () => {
    fc.assert(
      fc.property(
        project,
        terms,
        fc.option(terms, { nil: undefined }),
        fc.constantFrom("eager" as const, "empty" as const),
        (nodes, select, exclude, mode) => {
          const expected = difference(
            algebra(nodes, select, mode),
            exclude === undefined ? new Set() : algebra(nodes, exclude, mode),
          );
          expect(selectedBy({ nodes, select, exclude, mode })).toEqual(expected);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("takes along, when cautious, the tests of a union whose parents are all in it, and no others", () => {
    fc.assert(
      fc.property(project, fc.array(term, { minLength: 1, maxLength: 4 }), (nodes, united) => {
        const found = new Set(united.flatMap((one) => [...meant(nodes, one)]));
        const select = united.map((one) => [one]);
        expect(selectedBy({ nodes, select, exclude: undefined, mode: "cautious" })).toEqual(
          withTests(nodes, found, "every"),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("takes along ever more tests from empty over cautious and buildable to eager, and never another resource", () => {
    fc.assert(
      fc.property(project, fc.array(term, { minLength: 1, maxLength: 4 }), (nodes, united) => {
        const select = united.map((one) => [one]);
        const results = (["empty", "cautious", "buildable", "eager"] as const).map((mode) =>
          selectedBy({ nodes, select, exclude: undefined, mode }),
        );
        for (const [i, result] of results.entries()) {
          const more = results[i + 1] ?? result;
          expect(difference(result, more)).toEqual(new Set());
          expect([...difference(more, result)].filter((place) => nodes[place]?.kind !== "test")).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a chain of 10,000 models", () => {
  const length = 10_000;
  const resources = Array.from({ length }, (_, i) => ({
    uniqueId: idOf(i),
    resourceType: "model" as const,
    name: `n${String(i)}`,
    packageName: "p",
    fqn: ["p", `n${String(i)}`],
    path: `models/n${String(i)}.sql`,
    tags: [],
    config: {},
    dependsOn: i === 0 ? [] : [idOf(i - 1)],
  }));
  const graph = buildGraph(resources);

  it.each([
    ["+n9999", 10_000],
    ["n0+", 10_000],
    ["@n5000", 10_000],
    ["n0+9998", 9_999],
    ["100+n5000+100", 201],
    ["n1*,+n2000", 1_111],
  ])("%s selects %d", (text, count) => {
    const parsed = parseSelection([text], "--select");
    if (!parsed.ok) throw new Error(text);
    for (const indirectSelection of ["eager", "buildable"] as const) {
      const { ids } = selectResources(graph, resources, { rootPackage: "p", select: parsed.value, indirectSelection });
      expect(ids).toHaveLength(count);
      expect(ids).toEqual(ids.toSorted((a, b) => Number(a.slice(9)) - Number(b.slice(9))));
    }
  });
});
