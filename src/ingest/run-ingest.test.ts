import { describe, expect, it } from "vitest";
import { openWorld, pullOf, reasonsOf, settings } from "../../test/ingest/ingest-world.ts";

const header = '"user","at","file","id"\n';

function row(user: string, file: string): string {
  return `"${user}","2022-10-01T00:00:00Z","${file}","id of ${user}"\n`;
}

describe("an ingest", () => {
  it("A1: makes one CSV of each window's pulls, in order of their names, hour 23 included", async () => {
    const { staged: store, ingest } = openWorld({
      "2022-10-01/20221001-235959.json": pullOf("last"),
      "2022-10-01/20221001-030129.json": pullOf("b"),
      "2022-10-01/20221001-030000.json": pullOf("a", "A"),
      "2022-10-02/20221002-000000.json": pullOf("next"),
      "2022-10-01/20221001-040000.json": "[]",
    });
    expect(reasonsOf(await ingest())).toEqual([
      "2022-10-01 03:00 new",
      "2022-10-01 04:00 new",
      "2022-10-01 23:00 new",
      "2022-10-02 00:00 new",
    ]);
    expect(store.names().map((name) => [name, store.contentOf(name)])).toEqual([
      [
        "output_20221001030000_20221001040000.csv",
        header + row("a", "20221001-030000.json") + row("A", "20221001-030000.json") + row("b", "20221001-030129.json"),
      ],
      ["output_20221001040000_20221001050000.csv", header],
      ["output_20221001230000_20221002000000.csv", header + row("last", "20221001-235959.json")],
      ["output_20221002000000_20221002010000.csv", header + row("next", "20221002-000000.json")],
    ]);
  });

  it("tells what it listed, staged and loaded, and what it came to", async () => {
    const { ingest } = openWorld({
      "2022-10-01/20221001-030000.json": pullOf("a", "b"),
      "2022-10-01/20221001-030001.json": "<html>",
      "2022-10-01/notes.txt": "x",
    });
    const events = await ingest();
    const due = { window: { startMs: Date.UTC(2022, 9, 1, 3) }, reason: "new", files: 2, bytes: 119 };
    expect(events.map(({ kind }) => kind)).toEqual(["pullsListed", "windowStaged", "batchLoaded", "ingestEnded"]);
    expect(events[0]).toEqual({
      kind: "pullsListed",
      source: "staging.pulls",
      files: 2,
      bytes: 119,
      due: [due],
      ignored: { count: 1, examples: ["2022-10-01/notes.txt"] },
    });
    expect(events[1]).toMatchObject({ due, isUnchanged: false, staged: { files: 2, rows: 2, rejectedFiles: 1 } });
    expect(events[2]).toEqual({ kind: "batchLoaded", source: "staging.pulls", windows: 1, rows: 2 });
    expect(events[3]).toMatchObject({
      totals: { windows: 1, unchangedWindows: 0, files: 2, bytes: 119, rows: 2, rejectedFiles: 1, rejectedRecords: 0 },
    });
  });

  it("finds nothing to do the second time, and reads nothing", async () => {
    const world = openWorld({ "2022-10-01/20221001-030000.json": pullOf("a"), "20221002-030000.json": "[" });
    await world.ingest();
    world.raw.reads.length = 0;
    const events = await world.ingest();
    expect(events.map(({ kind }) => kind)).toEqual(["pullsListed", "ingestEnded"]);
    expect([world.raw.reads, world.ledger.batches.length]).toEqual([[], 1]);
  });

  it("reads again only the windows whose files were added, corrected or removed", async () => {
    const world = openWorld({
      "d/20221001-030000.json": pullOf("a"),
      "d/20221001-040000.json": pullOf("b"),
      "d/20221001-050000.json": pullOf("c"),
      "d/20221001-050001.json": pullOf("d"),
      "d/20221001-060000.json": pullOf("e"),
    });
    await world.ingest();
    world.raw.reads.length = 0;
    world.raw.put("d/20221001-030001.json", pullOf("late"));
    world.raw.put("d/20221001-040000.json", pullOf("corrected"));
    world.raw.drop("d/20221001-050000.json");
    expect(reasonsOf(await world.ingest())).toEqual([
      "2022-10-01 03:00 changed",
      "2022-10-01 04:00 changed",
      "2022-10-01 05:00 changed",
    ]);
    expect(world.raw.reads).toEqual([
      "d/20221001-030000.json",
      "d/20221001-030001.json",
      "d/20221001-040000.json",
      "d/20221001-050001.json",
    ]);
    expect(world.staged.contentOf("output_20221001050000_20221001060000.csv")).toBe(
      header + row("d", "20221001-050001.json"),
    );
  });

  it("A21: loads nothing where files were touched or moved and say the same, and remembers that", async () => {
    const world = openWorld({ "d/20221001-030000.json": pullOf("a"), "d/20221001-040000.json": pullOf("b") });
    await world.ingest();
    const before = world.ledger.tables();
    world.raw.touch("d/20221001-030000.json");
    world.raw.drop("d/20221001-040000.json");
    world.raw.put("e/20221001-040000.json", pullOf("b"));
    const events = await world.ingest();
    expect(reasonsOf(events)).toEqual(["2022-10-01 03:00 changed unchanged", "2022-10-01 04:00 changed unchanged"]);
    expect(world.ledger.batches[1]?.map(({ kind }) => kind)).toEqual(["unchanged", "unchanged"]);
    expect(events.at(-2)).toMatchObject({ kind: "batchLoaded", windows: 2, rows: 0 });
    expect(events.at(-1)).toMatchObject({ totals: { windows: 2, unchangedWindows: 2 } });
    expect(world.ledger.tables()).toEqual(before);
    expect(reasonsOf(await world.ingest())).toEqual([]);
  });

  it("A19: stages a window whose last file vanished once more, with a header and no rows", async () => {
    const world = openWorld({ "d/20221001-030000.json": pullOf("a"), "d/20221001-040000.json": pullOf("b") });
    await world.ingest();
    world.raw.drop("d/20221001-030000.json");
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 vanished"]);
    expect(world.staged.contentOf("output_20221001030000_20221001040000.csv")).toBe(header);
    expect(reasonsOf(await world.ingest())).toEqual([]);
    world.raw.put("d/20221001-030000.json", pullOf("again"));
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 changed"]);
  });

  it("stages every window anew where the settings ask for other columns", async () => {
    const world = openWorld({ "d/20221001-030000.json": pullOf("a"), "d/20221001-040000.json": pullOf("b") });
    await world.ingest();
    world.raw.drop("d/20221001-040000.json");
    await world.ingest();
    const columns = [...settings.columns, { role: "text", name: "more", key: "more", required: false } as const];
    expect(reasonsOf(await world.ingest({ settings: { ...settings, columns } }))).toEqual([
      "2022-10-01 03:00 columns",
      "2022-10-01 04:00 columns",
    ]);
    expect(reasonsOf(await world.ingest({ settings: { ...settings, columns } }))).toEqual([]);
  });

  it("keeps both of two pulls with one name in two folders, in the order of the folders", async () => {
    const world = openWorld({
      "b/20221001-030000.json": pullOf("second"),
      "a/20221001-030001.json": pullOf("third"),
      "a/20221001-030000.json": pullOf("first"),
    });
    await world.ingest();
    expect(world.raw.reads).toEqual(["a/20221001-030000.json", "b/20221001-030000.json", "a/20221001-030001.json"]);
  });

  it("is bounded by a range of windows, outside of which nothing is due, not even what vanished", async () => {
    const hour = (of: number): number => Date.UTC(2022, 9, 1, of);
    const world = openWorld({
      "20221001-030000.json": pullOf("a"),
      "20221001-040000.json": pullOf("b"),
      "20221001-050000.json": pullOf("c"),
    });
    expect(reasonsOf(await world.ingest({ range: { startMs: hour(4), endMs: hour(5) } }))).toEqual([
      "2022-10-01 04:00 new",
    ]);
    expect(reasonsOf(await world.ingest({ range: { startMs: undefined, endMs: hour(5) } }))).toEqual([
      "2022-10-01 03:00 new",
    ]);
    world.raw.drop("20221001-030000.json");
    expect(reasonsOf(await world.ingest({ range: { startMs: hour(5), endMs: undefined } }))).toEqual([
      "2022-10-01 05:00 new",
    ]);
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 vanished"]);
  });

  it("loads many windows in batches, in order of time", async () => {
    const names = Array.from({ length: 130 }, (_, hour) => {
      const digits = new Date(Date.UTC(2022, 9, 1, hour)).toISOString().replaceAll(/[-:]/gu, "");
      return `${digits.slice(0, 8)}-${digits.slice(9, 15)}.json`;
    });
    const world = openWorld(Object.fromEntries(names.map((name) => [name, pullOf(name)])));
    await world.ingest();
    expect(world.ledger.batches.map((batch) => batch.length)).toEqual([64, 64, 2]);
    const starts = world.ledger.batches.flat().map(({ staged: { window } }) => window.startMs);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });
});
