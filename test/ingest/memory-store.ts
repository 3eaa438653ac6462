import { WorldError } from "../../src/domain/world-error.ts";
import type { ReadObject, Store, StoredObject } from "../../src/ingest/store.ts";

/** A store in memory that counts what is read, and can be made to fail. */
export interface MemoryStore extends Store {
  /** Names in the order in which they were read. */
  readonly reads: string[];
  /** Called before each operation, and before each chunk that is written; what it throws is the operation's failure. */
  beforeEach: (operation: string) => void;
  put(name: string, content: string | Buffer): void;
  /** Another version with the same content. */
  touch(name: string): void;
  drop(name: string): void;
  contentOf(name: string): string | undefined;
  names(): readonly string[];
}

/** Opens a store in memory, empty. */
export function openMemoryStore(): MemoryStore {
  const objects = new Map<string, { readonly content: Buffer; readonly version: string }>();
  let versions = 0;
  const put = (name: string, content: Buffer): StoredObject => {
    versions++;
    objects.set(name, { content, version: String(versions) });
    return { name, version: String(versions), size: content.length };
  };
  const store: MemoryStore = {
    reads: [],
    beforeEach: () => undefined,
    put: (name, content) => {
      put(name, Buffer.from(content));
    },
    touch: (name) => {
      put(name, objects.get(name)?.content ?? Buffer.alloc(0));
    },
    drop: (name) => {
      objects.delete(name);
    },
    contentOf: (name) => objects.get(name)?.content.toString(),
    names: () => [...objects.keys()].sort(),
    list: async () => {
      store.beforeEach("list");
      const listed = [...objects].map(([name, { content, version }]) => ({ name, version, size: content.length }));
      return Promise.resolve(listed.sort((a, b) => (a.name < b.name ? -1 : 1)));
    },
    read: async function* (names): AsyncGenerator<ReadObject> {
      for (const name of names) {
        store.beforeEach(`read ${name}`);
        store.reads.push(name);
        const stored = objects.get(name)?.content;
        const content = stored && Buffer.from(stored);
        yield await Promise.resolve({ name, content });
        // Whoever still looks at it is wrong, and is to notice.
        content?.fill(0xff);
      }
    },
    write: async (name, chunks, { replacing }) => {
      store.beforeEach(`write ${name}`);
      const parts: Buffer[] = [];
      for await (const chunk of chunks) {
        store.beforeEach(`write chunk of ${name}`);
        parts.push(Buffer.from(chunk));
      }
      store.beforeEach(`finish ${name}`);
      if (objects.get(name)?.version !== replacing)
        throw new WorldError("lost-race", `Something else wrote "${name}".`);
      return put(name, Buffer.concat(parts));
    },
    remove: async (name) => {
      store.beforeEach(`remove ${name}`);
      objects.delete(name);
      return Promise.resolve();
    },
    uri: (name) => `memory:${name}`,
  };
  return store;
}
