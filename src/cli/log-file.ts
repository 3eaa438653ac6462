import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

/** How many full files are kept beside the one that is written, as in dbt. */
const keptFiles = 5;

/** How a log file is written. */
export interface LogFileOptions {
  /** 0: a file is never full. */
  readonly maxBytes: number;
  /** Hears why nothing can be written. */
  readonly tellFault: (message: string) => void;
  /** What of a text may be seen. */
  readonly show?: (text: string) => string;
}

/** Where lines of a log go, whole files at a time: a full one is put aside as `dbt.log.1`, those before it one further. */
export class LogFile {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #tellFault: (message: string) => void;
  readonly #show: (text: string) => string;
  #file: { readonly descriptor: number; bytes: number } | undefined;
  #isBroken = false;

  constructor(folder: string, { maxBytes, tellFault, show = (text) => text }: LogFileOptions) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#tellFault = tellFault;
    this.#show = show;
  }

  /** Adds to the file; where that cannot be, it is told once, and no more is written. */
  write(written: string): void {
    if (this.#isBroken) return;
    const text = this.#show(written);
    try {
      this.#file ??= this.#open();
      const bytes = Buffer.byteLength(text);
      if (this.#maxBytes > 0 && this.#file.bytes > 0 && this.#file.bytes + bytes > this.#maxBytes) {
        this.close();
        this.#putAside();
        this.#file = this.#open();
      }
      writeSync(this.#file.descriptor, text);
      this.#file.bytes += bytes;
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause)) throw cause;
      this.#isBroken = true;
      this.#tellFault(cause.message);
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file.descriptor);
    this.#file = undefined;
  }

  #path(number: number): string {
    return join(this.#folder, number === 0 ? "dbt.log" : `dbt.log.${number}`);
  }

  #open(): { readonly descriptor: number; bytes: number } {
    mkdirSync(this.#folder, { recursive: true });
    const descriptor = openSync(this.#path(0), "a");
    return { descriptor, bytes: fstatSync(descriptor).size };
  }

  #putAside(): void {
    for (let number = keptFiles - 1; number >= 0; number--)
      if (existsSync(this.#path(number))) renameSync(this.#path(number), this.#path(number + 1));
  }
}
