import { isUtf8 } from "node:buffer";
import type { IngestColumn } from "../../domain/ingest-settings.ts";
import { pullName } from "../pull.ts";
import { closeBracket, comma, openBrace, openBracket } from "./ascii.ts";
import { ByteSink } from "./byte-sink.ts";
import { describeFault } from "./describe-fault.ts";
import { packFault, unpackFault } from "./fault.ts";
import { firstBadByte } from "./first-bad-byte.ts";
import { KeyTable } from "./key-table.ts";
import { PullBytes } from "./pull-bytes.ts";
import { RecordWalker } from "./record-walker.ts";
import { putRejected } from "./rejected-row.ts";
import { RowWriter } from "./row-writer.ts";
import { walkSpace } from "./walk-json.ts";

/** So many different keys that no column takes are remembered by name. */
const unknownKeyCapacity = 100;

/** The bytes of the largest pull that is scanned. */
export const largestPull: number = 1 << 30;

/** A record up to this size, every byte of it a quote to be doubled, is a line that warehouses still take. */
const largestRecord = 64 << 20;

/** So much is kept of a record that is larger. */
const shownOfLarge = 1 << 10;

/** How many rows and rejects pulls came to. */
export interface ScanCounts {
  readonly rows: number;
  readonly rejectedFiles: number;
  readonly rejectedRecords: number;
}

const nothing: ScanCounts = { rows: 0, rejectedFiles: 0, rejectedRecords: 0 };

/**
 * Turns the pulls of a window into the rows of its CSV. A pull that is not a JSON array of objects in UTF-8 leaves no row,
 * only a reject that says where and why; a record that cannot be a row is a reject of its own. The caller may drain `rows`
 * and `rejects` between pulls.
 */
export class PullScanner {
  readonly rows: ByteSink = new ByteSink();
  readonly rejects: ByteSink = new ByteSink();
  readonly #keys: KeyTable;
  readonly #wantedKeys: number;
  readonly #walker: RecordWalker;
  readonly #writer: RowWriter;
  readonly #source = new PullBytes();
  #counts: ScanCounts = nothing;

  constructor(columns: readonly IngestColumn[]) {
    this.#keys = new KeyTable(
      columns.flatMap((column) => ("key" in column ? [column.key] : [])),
      unknownKeyCapacity,
    );
    this.#wantedKeys = this.#keys.size;
    this.#walker = new RecordWalker(this.#keys);
    this.#writer = new RowWriter(columns, this.#walker, this.rows);
  }

  /** Starts a new window, whose CSV has this header: forgets rows, rejects and counts. */
  start(header: Buffer): void {
    this.rows.cutTo(0);
    this.rows.putBytes(header);
    this.rejects.cutTo(0);
    this.#keys.cutTo(this.#wantedKeys);
    this.#walker.counts.fill(0);
    this.#writer.startWindow();
    this.#counts = nothing;
  }

  /** What the pulls since `start` came to. */
  get counts(): ScanCounts {
    return this.#counts;
  }

  /** The keys that no column takes, with the number of records that have them; only the first 100 different ones. */
  unknownKeys(): Readonly<Record<string, number>> {
    const counts: [string, number][] = [];
    for (let slot = this.#wantedKeys; slot < this.#keys.size; slot++)
      counts.push([this.#keys.keyOf(slot), this.#walker.counts[slot] ?? 0]);
    return Object.fromEntries(counts);
  }

  /** Adds what a pull holds, named by its path in the store. */
  scan(path: string, content: Buffer): void {
    const before = { counts: this.#counts, rows: this.rows.length, rejects: this.rejects.length };
    const keys = { size: this.#keys.size, counts: this.#walker.counts.slice() };
    this.#writer.startFile(pullName(path));
    const { rowsOfFile } = this.#writer;
    const end = this.#scanFile(path, content);
    if (end >= 0) return;
    this.rows.cutTo(before.rows);
    this.#writer.rowsOfFile = rowsOfFile;
    this.rejects.cutTo(before.rejects);
    this.#keys.cutTo(keys.size);
    this.#walker.counts.set(keys.counts);
    this.#counts = before.counts;
    const fault = unpackFault(end);
    this.#refuse(path, { offset: fault.offset, reason: describeFault(fault, content) });
  }

  /** Adds a pull that is larger than `largestPull`, of which nothing is looked at. */
  refuseLarge(path: string): void {
    this.#refuse(path, { offset: 0, reason: "The file is larger than 1 GiB." });
  }

  #refuse(path: string, why: { readonly offset: number; readonly reason: string }): void {
    putRejected(this.rejects, { path, ...why, record: undefined });
    this.#counts = { ...this.#counts, rejectedFiles: this.#counts.rejectedFiles + 1 };
  }

  #scanFile(path: string, content: Buffer): number {
    if (!isUtf8(content)) return packFault("utf8", firstBadByte(content));
    if (content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf) return packFault("no-mark", 0);
    this.#source.load(content);
    const end = this.#scanArray(path, walkSpace(this.#source.bytes, 0));
    if (end < 0) return end;
    const behind = walkSpace(this.#source.bytes, end);
    return behind === content.length ? behind : packFault("end-of-file", behind);
  }

  #scanArray(path: string, at: number): number {
    const source = this.#source;
    const { bytes } = source;
    if (bytes[at] !== openBracket) return packFault("array", at);
    let p = walkSpace(bytes, at + 1);
    if (bytes[p] === closeBracket) return p + 1;
    let rows = 0;
    let rejectedRecords = 0;
    for (;;) {
      if (bytes[p] !== openBrace) return packFault("object", p);
      const end = this.#walker.walk(source, p);
      if (end < 0) return end;
      const isLarge = end - p > largestRecord;
      const reason = isLarge ? "The record is larger than 64 MiB." : this.#writer.write(source, end - p);
      if (reason === undefined) rows++;
      else {
        rejectedRecords++;
        const record = isLarge ? Buffer.from(bytes.toString("utf8", p, p + shownOfLarge)) : bytes.subarray(p, end);
        putRejected(this.rejects, { path, offset: p, reason, record });
      }
      p = walkSpace(bytes, end);
      if (bytes[p] === closeBracket) break;
      if (bytes[p] !== comma) return packFault("array-goes-on", p);
      p = walkSpace(bytes, p + 1);
    }
    this.#counts = {
      rows: this.#counts.rows + rows,
      rejectedFiles: this.#counts.rejectedFiles,
      rejectedRecords: this.#counts.rejectedRecords + rejectedRecords,
    };
    return p + 1;
  }
}
