import type { Store, StoredObject, WriteCondition } from "./store.ts";

/** An object that is to be written, and what its write relies on. */
export interface PushedObject extends WriteCondition {
  readonly store: Pick<Store, "write">;
  readonly name: string;
}

/** A promise whose end lies in other hands. Nobody has to be there when it is broken. */
interface Pending<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function pending<T>(): Pending<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** A write into a store whose chunks are pushed as they come up, while another write pulls its own. */
export class PushedWrite {
  /** What the store gets when it asks for the next chunk; `undefined` ends the object. */
  #next = pending<Buffer | undefined>();
  #taken = pending<undefined>();
  readonly #written: Promise<StoredObject>;

  constructor({ store, name, replacing }: PushedObject) {
    this.#written = store.write(name, this.#chunks(), { replacing });
    // A failure comes up where somebody waits for it: in `push` or `end`.
    this.#written.catch(() => undefined);
  }

  /** Hands over a chunk; when it returns, the store is done with it. */
  async push(chunk: Buffer): Promise<void> {
    this.#taken = pending();
    this.#next.resolve(chunk);
    await Promise.race([this.#taken.promise, this.#written]);
  }

  /** Ends the object, which is then there, whole. */
  async end(): Promise<StoredObject> {
    this.#next.resolve(undefined);
    return this.#written;
  }

  /** Gives it up: nothing is written. Not to be called while a push is under way. */
  async abort(): Promise<void> {
    this.#next.reject(new Error("the write was given up"));
    await this.#written.catch(() => undefined);
  }

  async *#chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = await this.#next.promise;
      if (chunk === undefined) return;
      yield chunk;
      this.#next = pending();
      this.#taken.resolve(undefined);
    }
  }
}
