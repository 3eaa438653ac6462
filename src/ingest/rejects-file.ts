import { createHash } from "node:crypto";
import { PushedWrite, type PushedObject } from "./pushed-write.ts";
import type { ByteSink } from "./scan/byte-sink.ts";
import { headerRow } from "./scan/header-row.ts";
import { rejectedColumns } from "./scan/rejected-row.ts";
import type { StoredObject } from "./store.ts";

/** The CSV of what a window's pulls were turned away for. It comes into being with its first row, and without one never. */
export class RejectsFile {
  readonly #object: PushedObject;
  readonly #hash = createHash("sha256");
  #write: PushedWrite | undefined;

  constructor(object: PushedObject) {
    this.#object = object;
  }

  /** Writes the rows that are waiting in a sink, and empties it. */
  async drain(sink: ByteSink): Promise<void> {
    if (sink.length === 0) return;
    if (this.#write === undefined) {
      this.#write = new PushedWrite(this.#object);
      await this.#push(this.#write, headerRow(rejectedColumns));
    }
    await this.#push(this.#write, sink.view());
    sink.cutTo(0);
  }

  async #push(write: PushedWrite, chunk: Buffer): Promise<void> {
    this.#hash.update(chunk);
    await write.push(chunk);
  }

  /** Ends the file; gives it, if there is one. */
  async end(): Promise<StoredObject | undefined> {
    return this.#write?.end();
  }

  /** Gives the file up: what was there before stays. */
  async abort(): Promise<void> {
    await this.#write?.abort();
  }

  /** The hash of all that was written. */
  digest(): Buffer {
    return this.#hash.digest();
  }
}
