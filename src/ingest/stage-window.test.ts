import { describe, expect, it } from "vitest";
import { openWorld, pullOf, reasonsOf } from "../../test/ingest/ingest-world.ts";

describe("what an ingest turns away", () => {
  const rejectsName = "rejected_20221001030000_20221001040000.csv";

  it("A7: stands in a CSV of its own beside the window's rows", async () => {
    const world = openWorld({
      "d/20221001-030000.json": '[{"user":"a","at":"2022-10-01"},{"user":null,"at":"2022-10-01"}]',
      "d/20221001-030001.json": "[",
      "d/20221001-030002.json": pullOf("b"),
    });
    await world.ingest();
    expect(world.staged.contentOf(rejectsName)).toBe(
      '"file","byte_offset","kind","reason","record"\n' +
        '"d/20221001-030000.json","32","record","""user"" is null.","{""user"":null,""at"":""2022-10-01""}"\n' +
        '"d/20221001-030001.json","1","file","The file ends before its array does.",\n',
    );
    expect(world.ledger.batches[0]?.[0]?.staged).toMatchObject({
      rejects: { name: rejectsName, uri: `memory:${rejectsName}` },
      files: 3,
      rows: 2,
      rejectedFiles: 1,
      rejectedRecords: 1,
    });
  });

  it("is taken back when the file that was still being written is whole", async () => {
    const world = openWorld({ "20221001-030000.json": pullOf("a", "b").slice(0, 40) });
    await world.ingest();
    expect(world.staged.names()).toContain(rejectsName);
    world.raw.put("20221001-030000.json", pullOf("a", "b"));
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 changed"]);
    expect(world.staged.names()).toEqual(["output_20221001030000_20221001040000.csv"]);
    expect(world.ledger.batches[1]?.[0]?.staged).toMatchObject({ rows: 2, rejectedFiles: 0, rejects: undefined });
  });

  it("makes a window another one even where its rows stay the same", async () => {
    const world = openWorld({ "20221001-030000.json": "[" });
    await world.ingest();
    world.raw.put("20221001-030000.json", "<");
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 changed"]);
  });

  it("may be much, and goes through in pieces", async () => {
    const bad = JSON.stringify(Array.from({ length: 1000 }, (_, n) => ({ user: null, n, text: "é".repeat(800) })));
    const files = Object.fromEntries([1, 2, 3, 4].map((second) => [`20221001-03000${String(second)}.json`, bad]));
    const world = openWorld({ ...files, "20221001-030009.json": pullOf("a") });
    await world.ingest();
    expect(world.ledger.batches[0]?.[0]?.staged).toMatchObject({ rows: 1, rejectedRecords: 4000 });
    expect(world.staged.contentOf(rejectsName)?.split("\n")).toHaveLength(4002);
  });

  it("includes a file that is too large to be looked at", async () => {
    const world = openWorld({ "20221001-030000.json": pullOf("a"), "20221001-030001.json": pullOf("b") });
    const listed = await world.raw.list();
    const raw = {
      ...world.raw,
      list: async () =>
        Promise.resolve(listed.map((each, index) => ({ ...each, size: index === 0 ? 2 ** 31 : each.size }))),
    };
    await world.ingest({ raw });
    expect(world.raw.reads).toEqual(["20221001-030001.json"]);
    expect(world.staged.contentOf(rejectsName)).toContain('"0","file","The file is larger than 1 GiB.",\n');
    expect(world.ledger.batches[0]?.[0]?.staged).toMatchObject({ files: 2, rows: 1, rejectedFiles: 1 });
  });
});

describe("files that change while they are ingested", () => {
  it("are absent where they vanish between listing and reading, and the window is due again", async () => {
    const world = openWorld({ "20221001-030000.json": pullOf("a"), "20221001-030001.json": pullOf("b") });
    world.raw.beforeEach = (operation) => {
      if (operation.startsWith("read")) world.raw.drop("20221001-030001.json");
    };
    await world.ingest();
    expect(world.ledger.batches[0]?.[0]?.staged).toMatchObject({ files: 1, rows: 1 });
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 changed unchanged"]);
    expect(reasonsOf(await world.ingest())).toEqual([]);
  });

  it("are read again where they were corrected between listing and reading", async () => {
    const world = openWorld({ "20221001-030000.json": pullOf("a") });
    world.raw.beforeEach = (operation) => {
      if (operation.startsWith("read")) world.raw.put("20221001-030000.json", pullOf("b"));
    };
    await world.ingest();
    world.raw.beforeEach = () => undefined;
    expect(reasonsOf(await world.ingest())).toEqual(["2022-10-01 03:00 changed unchanged"]);
    expect(world.staged.contentOf("output_20221001030000_20221001040000.csv")).toContain("id of b");
  });
});
