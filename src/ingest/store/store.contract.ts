import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorldError } from "../../domain/world-error.ts";
import type { Store } from "../store.ts";

/** Makes an empty store for one test, and takes it away again. */
export interface StoreFixture {
  readonly open: () => Promise<Store>;
  readonly close: () => Promise<void>;
}

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function* failingChunks(error: Error): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from("half"));
  throw error;
}

/** What every store promises. A store's own test calls it with a fixture. */
export function testStore(name: string, { open, close }: StoreFixture): void {
  describe(`${name}, as a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(close);

    async function contentsOf(...names: readonly string[]): Promise<readonly (string | undefined)[]> {
      const contents: (string | undefined)[] = [];
      for await (const { content } of store.read(names)) contents.push(content?.toString());
      return contents;
    }

    it("is empty at first", async () => {
      expect(await store.list()).toEqual([]);
    });

    it("lists what was written, sorted by name, with the version that the write gave", async () => {
      const b = await store.write("b.csv", chunksOf("bb"), { replacing: undefined });
      const nested = await store.write("2022-10-01/c.csv", chunksOf("c", "", "cc"), { replacing: undefined });
      const a = await store.write("a b é東🐟.csv", chunksOf(), { replacing: undefined });
      expect(await store.list()).toEqual([nested, a, b]);
      expect([nested, a, b].map(({ name: written, size }) => [written, size])).toEqual([
        ["2022-10-01/c.csv", 3],
        ["a b é東🐟.csv", 0],
        ["b.csv", 2],
      ]);
    });

    it("reads objects in the order asked for, and tells those that are gone", async () => {
      await store.write("a", chunksOf("one"), { replacing: undefined });
      await store.write("b", chunksOf(), { replacing: undefined });
      expect(await contentsOf("b", "gone", "a", "a")).toEqual(["", undefined, "one", "one"]);
      expect(await contentsOf()).toEqual([]);
    });

    it("keeps large objects as they are, though the writer uses one buffer for all chunks", async () => {
      const chunk = Buffer.alloc(700_001);
      const sent: Buffer[] = [];
      async function* chunks(): AsyncGenerator<Buffer> {
        for (let i = 0; i < 5; i++) {
          chunk.fill(`${String(i)}é,`);
          sent.push(Buffer.from(chunk));
          yield await Promise.resolve(chunk);
        }
      }
      await store.write("large", chunks(), { replacing: undefined });
      await store.write("small", chunksOf("s"), { replacing: undefined });
      const contents: Buffer[] = [];
      for await (const { content } of store.read(["small", "large", "small"]))
        if (content !== undefined) contents.push(Buffer.from(content));
      expect(contents.map((content) => content.length)).toEqual([1, 3_500_005, 1]);
      expect(contents[1]?.equals(Buffer.concat(sent))).toBe(true);
    });

    it("gives another version to what is written anew, even with the same content", async () => {
      const first = await store.write("a", chunksOf("one"), { replacing: undefined });
      const second = await store.write("a", chunksOf("one"), { replacing: first.version });
      expect(second.version).not.toBe(first.version);
      expect(await store.list()).toEqual([second]);
    });

    it("refuses to write where the condition does not hold, and leaves all as it was", async () => {
      const first = await store.write("a", chunksOf("one"), { replacing: undefined });
      const second = await store.write("a", chunksOf("two"), { replacing: first.version });
      for (const replacing of [undefined, first.version, "no such version"])
        await expect(store.write("a", chunksOf("three"), { replacing })).rejects.toMatchObject({
          constructor: WorldError,
          code: "lost-race",
        });
      await expect(store.write("b", chunksOf("new"), { replacing: first.version })).rejects.toThrow(WorldError);
      expect(await store.list()).toEqual([second]);
      expect(await contentsOf("a")).toEqual(["two"]);
    });

    it("writes nothing where the chunks fail, and passes their error on", async () => {
      const old = await store.write("a", chunksOf("one"), { replacing: undefined });
      const error = new Error("no more");
      await expect(store.write("a", failingChunks(error), { replacing: old.version })).rejects.toBe(error);
      await expect(store.write("b", failingChunks(error), { replacing: undefined })).rejects.toBe(error);
      expect(await store.list()).toEqual([old]);
      expect(await contentsOf("a", "b")).toEqual(["one", undefined]);
    });

    it("does not show what is being written", async () => {
      async function* looking(): AsyncGenerator<Buffer> {
        yield Buffer.from("half");
        expect(await store.list()).toEqual([]);
        expect(await contentsOf("a")).toEqual([undefined]);
      }
      await store.write("a", looking(), { replacing: undefined });
      expect(await contentsOf("a")).toEqual(["half"]);
    });

    it("removes objects, and does not mind those that are not there", async () => {
      await store.write("a", chunksOf("one"), { replacing: undefined });
      await store.remove("a");
      await store.remove("a");
      expect(await store.list()).toEqual([]);
      await store.write("a", chunksOf("two"), { replacing: undefined });
      expect(await contentsOf("a")).toEqual(["two"]);
    });

    it("gives each name an address of its own", () => {
      const uris = ["a.csv", "b/a.csv", "b.csv"].map((each) => store.uri(each));
      expect(new Set(uris).size).toBe(3);
      expect(uris.map((uri) => uri.endsWith(".csv"))).toEqual([true, true, true]);
    });
  });
}
