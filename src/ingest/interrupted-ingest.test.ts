import { readdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, pullOf, reasonsOf, type IngestWorld } from "../../test/ingest/ingest-world.ts";
import { openFolder } from "./store/folder.ts";

class Crash extends Error {}

const wideUser = "w".repeat(600_000);

/** A world that was ingested once, and in which then a window was added, one corrected, one spoilt and one emptied. */
async function openChangedWorld(): Promise<IngestWorld> {
  const world = openWorld({
    "d/20221001-030000.json": pullOf("a"),
    "d/20221001-040000.json": pullOf("b", "c"),
    "d/20221001-040001.json": "<",
    "d/20221001-050000.json": pullOf("d"),
    "d/20221001-060000.json": pullOf("e"),
    "d/20221001-070000.json": pullOf("f"),
  });
  await world.ingest();
  world.raw.put("d/20221001-030001.json", '[{"user":"","at":""},{"user":"late","at":"2022-09-01","id":"1"}]');
  world.raw.put("d/20221001-040001.json", pullOf("repaired"));
  world.raw.put("d/20221001-050000.json", "[");
  world.raw.drop("d/20221001-060000.json");
  world.raw.touch("d/20221001-070000.json");
  world.raw.put("d/20221001-080000.json", pullOf("g", wideUser, wideUser));
  return world;
}

/** Lets the n-th operation of the world fail, and counts how many there were. */
function crashAt({ raw, staged, ledger }: IngestWorld, n: number): { readonly count: () => number } {
  let count = 0;
  const step = (): void => {
    count++;
    if (count === n) throw new Crash(`at operation ${String(n)}`);
  };
  raw.beforeEach = step;
  staged.beforeEach = step;
  ledger.around = step;
  return { count: () => count };
}

describe("an ingest that is cut off", () => {
  it("at any operation of stores and ledger leaves nothing half, and the next one makes all good", async () => {
    const undisturbed = await openChangedWorld();
    const operations = crashAt(undisturbed, 0);
    await undisturbed.ingest();
    const total = operations.count();
    expect(total).toBeGreaterThan(35);
    for (let n = 1; n <= total; n++) {
      const world = await openChangedWorld();
      const before = { tables: world.ledger.tables(), staged: snapshot(world) };
      crashAt(world, n);
      await expect(world.ingest(), `operation ${String(n)}`).rejects.toThrow(Crash);
      const after = snapshot(world);
      for (const [name, content] of Object.entries(after))
        expect([before.staged[name], snapshot(undisturbed)[name]], `${name} at ${String(n)}`).toContain(content);
      expect([before.tables, undisturbed.ledger.tables()]).toContainEqual(world.ledger.tables());
      crashAt(world, 0);
      await world.ingest();
      expect(world.ledger.tables()).toEqual(undisturbed.ledger.tables());
      expect(snapshot(world)).toEqual(snapshot(undisturbed));
      expect(reasonsOf(await world.ingest())).toEqual([]);
    }
  });

  it("by its signal stops between two pulls, at each of them, and nothing is loaded that is not whole", async () => {
    const undisturbed = await openChangedWorld();
    await undisturbed.ingest();
    const reads = undisturbed.raw.reads.length;
    for (let n = 7; n <= reads; n++) {
      const world = await openChangedWorld();
      const before = world.ledger.tables();
      const abort = new AbortController();
      world.raw.beforeEach = (operation) => {
        if (operation.startsWith("read") && world.raw.reads.length === n - 1) abort.abort(new Crash("Ctrl-C"));
      };
      await expect(world.ingest({ signal: abort.signal })).rejects.toThrow("Ctrl-C");
      expect(world.raw.reads).toHaveLength(n);
      expect(world.ledger.tables()).toEqual(before);
      world.raw.beforeEach = () => undefined;
      await world.ingest();
      expect(world.ledger.tables()).toEqual(undisturbed.ledger.tables());
    }
  });

  it("before it began does nothing", async () => {
    const world = openWorld({ "20221001-030000.json": pullOf("a") });
    await expect(world.ingest({ signal: AbortSignal.abort(new Crash("Ctrl-C")) })).rejects.toThrow("Ctrl-C");
    expect([world.raw.reads, world.staged.names(), world.ledger.batches]).toEqual([[], [], []]);
  });

  it("leaves no partial file in a folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tsdbt-ingest-"));
    try {
      const staged = openFolder(folder, { access: "write" });
      const world = openWorld({
        "20221001-030000.json": "[",
        "20221001-030001.json": pullOf(wideUser),
        "20221001-030002.json": pullOf("a"),
      });
      world.raw.beforeEach = (operation) => {
        if (operation === "read 20221001-030002.json") throw new Crash("gone");
      };
      await expect(world.ingest({ staged })).rejects.toThrow("gone");
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function snapshot({ staged }: IngestWorld): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(staged.names().map((name) => [name, staged.contentOf(name)]));
}
