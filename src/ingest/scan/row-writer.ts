import type { IngestColumn } from "../../domain/ingest-settings.ts";
import { comma, lineFeed } from "./ascii.ts";
import type { ByteSink } from "./byte-sink.ts";
import { compactJson } from "./compact-json.ts";
import { isNormalTime, normalTime } from "./event-time.ts";
import { hashRecord } from "./hash-record.ts";
import type { PullBytes } from "./pull-bytes.ts";
import { valueKinds, type RecordWalker } from "./record-walker.ts";
import { unescapeText } from "./unescape-text.ts";

type KeyedColumn = Extract<IngestColumn, { readonly key: string }>;

interface Field {
  readonly column: KeyedColumn;
  readonly slot: number;
}

/** Room that a field takes beyond its own text: quotes and comma, or a time or id that is longer than what the record says. */
const fieldOverhead = 48;

/** Writes the record that was walked last as a CSV row, or says in one sentence why it becomes none. */
export class RowWriter {
  readonly #walker: RecordWalker;
  readonly #rows: ByteSink;
  readonly #fields: readonly (Field | "file" | "position")[];
  /** The fields that an event's identity is made of where it names none. */
  readonly #identity: readonly Field[];
  /** In how many columns a value can come up. */
  readonly #copies: number;
  #file: Buffer = Buffer.alloc(0);
  #rowsOfFile = 0;
  /** Columns of the row, from 1, whose text is empty. */
  #empty: number[] = [];

  constructor(columns: readonly IngestColumn[], walker: RecordWalker, rows: ByteSink) {
    this.#walker = walker;
    this.#rows = rows;
    this.#fields = columns.map((column) =>
      "key" in column ? { column, slot: walker.keys.slotOf(Buffer.from(column.key)) } : column.role,
    );
    this.#identity = this.#fields
      .filter((field) => typeof field !== "string")
      .filter((field) => field.column.role !== "id")
      .toSorted((a, b) => (a.column.name < b.column.name ? -1 : 1));
    const slots = this.#fields.flatMap((field) => (typeof field === "string" ? [] : [field.slot]));
    this.#copies = Math.max(...slots.map((slot) => slots.filter((other) => other === slot).length));
  }

  /** Names the pull that the next records come from. Pulls of one name that follow each other count as one. */
  startFile(name: string): void {
    const file = Buffer.from(name);
    if (!file.equals(this.#file)) this.#rowsOfFile = 0;
    this.#file = file;
  }

  /** Forgets where pulls of an earlier window ended. */
  startWindow(): void {
    this.#file = Buffer.alloc(0);
  }

  /** How many rows of the pull there are; set back where some of them are taken back. */
  get rowsOfFile(): number {
    return this.#rowsOfFile;
  }

  set rowsOfFile(count: number) {
    this.#rowsOfFile = count;
  }

  /** Appends the row of a record of `size` bytes; where it gives a reason instead, nothing is appended. */
  write(source: PullBytes, size: number): string | undefined {
    const rows = this.#rows;
    const start = rows.length;
    this.#empty = [];
    rows.reserve(2 * size * this.#copies + (2 * this.#file.length + fieldOverhead) * this.#fields.length);
    for (let i = 0; i < this.#fields.length; i++) {
      if (i > 0) rows.putByte(comma);
      const field = this.#fields[i] ?? "file";
      if (typeof field === "string") {
        rows.putQuoted(field === "file" ? this.#file : Buffer.from(this.#position()));
        continue;
      }
      if (this.#isEmpty(field)) this.#empty.push(i + 1);
      const reason = this.#writeField(source, field);
      if (reason !== undefined) {
        rows.cutTo(start);
        return reason;
      }
    }
    rows.putByte(lineFeed);
    this.#rowsOfFile++;
    return undefined;
  }

  #isEmpty({ slot }: Field): boolean {
    return (this.#walker.kinds[slot] ?? 0) > valueKinds.null && this.#walker.starts[slot] === this.#walker.ends[slot];
  }

  #position(): string {
    const empty = this.#empty.length === 0 ? "" : `:${this.#empty.join(",")}`;
    return `${this.#rowsOfFile + 1}${empty}`;
  }

  #writeField(source: PullBytes, field: Field): string | undefined {
    const { bytes, view } = source;
    const { column, slot } = field;
    const start = this.#walker.starts[slot] ?? 0;
    const end = this.#walker.ends[slot] ?? 0;
    const kind = this.#walker.kinds[slot] ?? 0;
    if (column.role === "eventTime") {
      if (kind !== valueKinds.plain || !isNormalTime(bytes, start, end)) return this.#writeTime(bytes, field);
    } else if (kind <= valueKinds.null || start === end) {
      if (column.required) return missing(column.key, kind);
      if (column.role === "id") this.#rows.putQuoted(Buffer.from(hashRecord(this.#identityOf(bytes))));
      else if (kind > valueKinds.null) this.#rows.putPlain(view, start, end);
      return undefined;
    }
    if (kind === valueKinds.escaped || (kind === valueKinds.nested && end - start > 2)) {
      const text = this.#textOf(bytes, slot);
      if (text.includes(0)) return `"${column.key}" holds a NUL character.`;
      this.#rows.putQuoted(text);
    } else this.#rows.putPlain(view, start, end);
    return undefined;
  }

  /** Writes an event time that the record spells in another way than the CSV. */
  #writeTime(bytes: Buffer, { column, slot }: Field): string | undefined {
    const kind = this.#walker.kinds[slot] ?? 0;
    if (kind <= valueKinds.null || this.#walker.starts[slot] === this.#walker.ends[slot])
      return missing(column.key, kind);
    const text = this.#textOf(bytes, slot).toString();
    const isText = kind === valueKinds.plain || kind === valueKinds.escaped;
    const time = isText ? normalTime(text) : undefined;
    if (time === undefined) return `"${column.key}" is ${shown(text, isText)}, not an ISO 8601 time.`;
    this.#rows.putQuoted(Buffer.from(time));
    return undefined;
  }

  /** The text of a slot that holds a value. */
  #textOf(bytes: Buffer, slot: number): Buffer {
    const spelled = bytes.subarray(this.#walker.starts[slot], this.#walker.ends[slot]);
    switch (this.#walker.kinds[slot]) {
      case valueKinds.escaped:
        return unescapeText(spelled);
      case valueKinds.nested:
        return compactJson(spelled);
      default:
        return spelled;
    }
  }

  *#identityOf(bytes: Buffer): Generator<readonly [string, Buffer]> {
    for (const { column, slot } of this.#identity) {
      if ((this.#walker.kinds[slot] ?? 0) <= valueKinds.null) continue;
      const text = this.#textOf(bytes, slot);
      const time = column.role === "eventTime" ? normalTime(text.toString()) : undefined;
      yield [column.name, time === undefined ? text : Buffer.from(time)];
    }
  }
}

function missing(key: string, kind: number): string {
  if (kind === valueKinds.absent) return `"${key}" is missing.`;
  return kind === valueKinds.null ? `"${key}" is null.` : `"${key}" is an empty text.`;
}

const shownLength = 60;

function shown(text: string, isText: boolean): string {
  const cut = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return isText ? `"${cut}"` : cut;
}
