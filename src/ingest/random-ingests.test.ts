import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openWorld, pullOf, reasonsOf, type IngestWorld } from "../../test/ingest/ingest-world.ts";
import { stagedNames } from "./staged-names.ts";

const names = ["20221001-030000.json", "20221001-030001.json", "20221001-035959.json", "20221001-235959.json"];
const paths = ["a", "b"].flatMap((folder) => names.map((name) => `${folder}/${name}`));
const contents = [
  "[]",
  "[",
  pullOf("a"),
  pullOf("a", "b"),
  '[{"user":null},{"user":"c","at":"2022-09-01"}]',
  '{"error":"rate limited"}',
];

type Action =
  | { readonly kind: "put"; readonly path: string; readonly content: string }
  | { readonly kind: "touch" | "drop"; readonly path: string }
  | { readonly kind: "ingest" }
  | { readonly kind: "crash"; readonly after: number };

const path = fc.constantFrom(...paths);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put"), path, content: fc.constantFrom(...contents) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("touch", "drop"), path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("ingest") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("crash"), after: fc.nat(20) }) },
);

async function act(world: IngestWorld, step: Action): Promise<void> {
  const { raw, staged, ledger } = world;
  switch (step.kind) {
    case "put":
      raw.put(step.path, step.content);
      return;
    case "touch":
      if (raw.names().includes(step.path)) raw.touch(step.path);
      return;
    case "drop":
      raw.drop(step.path);
      return;
    case "ingest":
      await world.ingest();
      return;
    case "crash": {
      let left = step.after;
      const count = (): void => {
        if (left-- === 0) throw new Error("crash");
      };
      [raw.beforeEach, staged.beforeEach, ledger.around] = [count, count, count];
      await world.ingest().catch(() => undefined);
      const calm = (): void => undefined;
      [raw.beforeEach, staged.beforeEach, ledger.around] = [calm, calm, calm];
      return;
    }
  }
}

/** Of each window that the ledger has and that still has files: its CSVs, and what the ledger has. */
async function outcome({ staged, ledger }: IngestWorld): Promise<unknown> {
  const tables = ledger.tables();
  const windows = (await ledger.windows()).toSorted((a, b) => a.window.startMs - b.window.startMs);
  return windows
    .map(({ window }) => ({ names: stagedNames(window), table: tables[new Date(window.startMs).toISOString()] }))
    .filter(({ table }) => !JSON.stringify(table).includes('"files":0'))
    .map(({ names: { rows, rejects }, table }) => [rows, staged.contentOf(rows), staged.contentOf(rejects), table]);
}

describe("any sequence of ingests", () => {
  it("of files that come late, are corrected, touched, spoilt or removed, with crashes, equals one ingest of all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
        const world = openWorld({});
        for (const step of actions) await act(world, step);
        await world.ingest();
        const files = world.raw.names().map((name) => [name, world.raw.contentOf(name) ?? ""] as const);
        const fresh = openWorld(Object.fromEntries(files));
        await fresh.ingest();
        expect(await outcome(world)).toEqual(await outcome(fresh));
        expect(reasonsOf(await world.ingest())).toEqual([]);
      }),
      { numRuns: Number(process.env["TSDBT_SCHEDULES"] ?? 200) },
    );
  }, 3_600_000);
});
