import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeGcs, startFakeGcs } from "../../../../test/cloud/fake-gcs.ts";
import type { Fault } from "../../../../test/cloud/fake-http.ts";
import type { Store } from "../../store.ts";
import { testStore } from "../store.contract.ts";
import { openGcs } from "./open-gcs.ts";

let fake: FakeGcs;
let store: Store;

async function start(): Promise<Store> {
  fake = await startFakeGcs(["stage"], 2);
  store = openGcs("gs://stage/hours", { endpoint: fake.url });
  return store;
}

async function stop(): Promise<void> {
  await fake.close();
}

testStore("a prefix of a bucket", { open: start, close: stop });

async function* bytes(...sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (const size of sizes) yield await Promise.resolve(Buffer.alloc(size, "x"));
}

/** A life of a store: all that it can do, and what it tells of it. */
async function live(): Promise<unknown> {
  const first = await store.write("a.csv", bytes(3), { replacing: undefined });
  await store.write("a.csv", bytes(4), { replacing: first.version });
  await store.write("b.csv", bytes(5), { replacing: undefined });
  await store.write("c.csv", bytes(0, 6, 1), { replacing: undefined });
  await store.remove("b.csv");
  const sizes: number[] = [];
  for await (const { content } of store.read(["a.csv", "b.csv", "c.csv"])) sizes.push(content?.length ?? -1);
  return { sizes, listed: (await store.list()).map(({ name, size }) => [name, size]) };
}

const lived = {
  sizes: [4, -1, 7],
  listed: [
    ["a.csv", 4],
    ["c.csv", 7],
  ],
};

describe("a prefix of a bucket", () => {
  beforeEach(start);
  afterEach(stop);

  it("needs one request for a small object, and one for a page of a list", async () => {
    expect(await live()).toEqual(lived);
    expect(fake.log).toMatchInlineSnapshot(`
      [
        "POST /upload/storage/v1/b/stage/o",
        "POST /upload/storage/v1/b/stage/o",
        "POST /upload/storage/v1/b/stage/o",
        "POST /upload/storage/v1/b/stage/o",
        "DELETE /storage/v1/b/stage/o/hours%2Fb.csv",
        "GET /storage/v1/b/stage/o/hours%2Fa.csv",
        "GET /storage/v1/b/stage/o/hours%2Fb.csv",
        "GET /storage/v1/b/stage/o/hours%2Fc.csv",
        "GET /storage/v1/b/stage/o",
      ]
    `);
  });

  it("sends a large object in parts", async () => {
    await store.write("a.csv", bytes(5_000_000, 4_000_000, 1), { replacing: undefined });
    expect((await store.list()).map(({ size }) => size)).toEqual([9_000_001]);
    expect(fake.log).toEqual([
      "POST /upload/storage/v1/b/stage/o",
      "PUT /session/0",
      "PUT /session/0",
      "GET /storage/v1/b/stage/o",
    ]);
  });

  it("gives the address that a warehouse reads", () => {
    expect(store.uri("2022/a.csv")).toBe("gs://stage/hours/2022/a.csv");
    expect(openGcs("gs://stage", { endpoint: fake.url }).uri("a.csv")).toBe("gs://stage/a.csv");
    expect(() => store.uri("../a.csv")).toThrow("is no name of an object");
  });

  it("leaves out what lies elsewhere in the bucket, and the marks that stand for folders", async () => {
    for (const name of ["hours/a.csv", "hours/", "hours/x/", "hoursly/b.csv", "c.csv"]) fake.put("stage", name, "x");
    expect((await store.list()).map(({ name }) => name)).toEqual(["a.csv"]);
  });

  const faults: readonly (readonly [string, Fault])[] = [
    ["refused with 503", { kind: "refused", status: 503 }],
    ["refused with 429", { kind: "refused", status: 429 }],
    ["answered with 503 after it is done", { kind: "lost", status: 503 }],
    ["cut off before it is done", { kind: "cut", done: "before" }],
    ["cut off after it is done", { kind: "cut", done: "after" }],
  ];
  it.each(faults)("ends right whichever request is %s", async (_, fault) => {
    await live();
    const count = fake.log.length;
    await stop();
    for (let failing = 0; failing < count; failing++) {
      await start();
      fake.script((position) => (position === failing ? fault : undefined));
      expect([failing, await live()]).toEqual([failing, lived]);
      await stop();
    }
    await start();
  });

  it("gives up in one sentence where nothing comes through", async () => {
    fake.script(() => ({ kind: "refused", status: 503 }));
    const wanted = { code: "storage-unreachable", isRetryable: true };
    await expect(store.list()).rejects.toMatchObject({
      ...wanted,
      message: "Cloud Storage did not list gs://stage/hours (503).",
    });
    await expect(store.write("a", bytes(1), { replacing: undefined })).rejects.toMatchObject(wanted);
    await expect(store.remove("a")).rejects.toMatchObject(wanted);
    await expect(store.read(["a"])[Symbol.asyncIterator]().next()).rejects.toMatchObject(wanted);
  });

  it.each([
    [403, "no-permission", "Cloud Storage refuses to list gs://stage/hours."],
    [401, "no-permission", "Cloud Storage refuses to list gs://stage/hours."],
    [400, "storage-refused", "Cloud Storage refused to list gs://stage/hours (400)."],
  ])("tells a refusal by %d", async (status, code, message) => {
    fake.script(() => ({ kind: "refused", status, reason: "forbidden" }));
    await expect(store.list()).rejects.toMatchObject({ code, message, isRetryable: false });
  });

  it("tells of a bucket that is not there", async () => {
    const other = openGcs("gs://elsewhere/x", { endpoint: fake.url });
    const told = { code: "missing-bucket", message: "There is no bucket for gs://elsewhere/x." };
    await expect(other.list()).rejects.toMatchObject(told);
    await expect(other.write("a", bytes(1), { replacing: undefined })).rejects.toMatchObject({ code: told.code });
  });

  it("lets one of many writers win", async () => {
    const writers = Array.from({ length: 12 }, async (_, size) =>
      store.write("a", bytes(size), { replacing: undefined }),
    );
    const ends = await Promise.allSettled(writers);
    const codes = ends.map((end) => (end.status === "rejected" ? (end.reason as { code: unknown }).code : "won"));
    expect(codes.filter((code) => code === "won")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["won", "lost-race"]));
  });
});

describe("an address", () => {
  it.each(["gs://", "gs://a", "gs://Bucket/x", "gs:/bucket", "s3://bucket/x", "gs://bucket//x", "gs://-bucket"])(
    "%s is told",
    (uri) => {
      expect(() => openGcs(uri, { endpoint: "http://localhost" })).toThrow(`"${uri}" is no address in Cloud Storage.`);
    },
  );
});
