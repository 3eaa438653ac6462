import { describe, expect, it } from "vitest";
import { openWorld, pullOf, reasonsOf, settings, type IngestWorld } from "../../test/ingest/ingest-world.ts";
import { windowLabel } from "../domain/window.ts";
import { planIngest } from "./plan-ingest.ts";

async function planned(world: IngestWorld): Promise<readonly string[]> {
  const { due } = await planIngest(settings, world);
  return due.map(({ window, reason, files, bytes }) => `${windowLabel(window)} ${reason} ${files} ${bytes}`);
}

const size = pullOf("a").length;
const rowsAt3 = "output_20221001030000_20221001040000.csv";

describe("the plan of an ingest", () => {
  it("says what the ingest will do and why, and neither reads nor writes anything", async () => {
    const world = openWorld({
      "20221001-030000.json": pullOf("a"),
      "20221001-040000.json": pullOf("b"),
      "20221001-050000.json": pullOf("c"),
      "20221001-060000.json": pullOf("d"),
    });
    await world.ingest();
    world.raw.reads.length = 0;
    world.raw.put("20221001-030001.json", pullOf("e"));
    world.raw.drop("20221001-040000.json");
    world.raw.put("20221001-020000.json", pullOf("f"));
    world.staged.drop("output_20221001060000_20221001070000.csv");
    const before = world.staged.names();
    expect(await planned(world)).toEqual([
      `2022-10-01 02:00 new 1 ${size}`,
      `2022-10-01 03:00 changed 2 ${2 * size}`,
      "2022-10-01 04:00 vanished 0 0",
      `2022-10-01 06:00 restored 1 ${size}`,
    ]);
    expect([world.raw.reads, world.staged.names()]).toEqual([[], before]);
    expect(reasonsOf(await world.ingest())).toEqual([
      "2022-10-01 02:00 new",
      "2022-10-01 03:00 changed",
      "2022-10-01 04:00 vanished",
      "2022-10-01 06:00 restored unchanged",
    ]);
    expect(await planned(world)).toEqual([]);
  });

  it("misses a CSV that was taken away or written over, and one of rejects", async () => {
    const world = openWorld({ "20221001-030000.json": "[", "20221001-040000.json": pullOf("b") });
    await world.ingest();
    for (const spoil of [
      () => {
        world.staged.put(rowsAt3, "x");
      },
      () => {
        world.staged.drop(rowsAt3);
      },
      () => {
        world.staged.drop(rowsAt3.replace("output", "rejected"));
      },
    ]) {
      spoil();
      expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 restored unchanged"]);
      expect(world.staged.contentOf(rowsAt3)).toBe('"user","at","file","id"\n');
    }
  });

  it("misses no CSV where it does not look at their store", async () => {
    const world = openWorld({ "20221001-030000.json": pullOf("a") });
    await world.ingest();
    world.staged.drop(rowsAt3);
    expect((await planIngest(settings, { raw: world.raw, ledger: world.ledger })).due).toEqual([]);
  });

  it("counts names that are no pulls, and shows the first few", async () => {
    const others = Array.from({ length: 7 }, (_, index) => `notes/${String(index)}.txt`);
    const world = openWorld(Object.fromEntries(others.map((name) => [name, "x"])));
    const { ignored, files, due } = await planIngest(settings, world);
    expect({ ignored, files, due }).toEqual({ ignored: { count: 7, examples: others.slice(0, 5) }, files: 0, due: [] });
  });
});
