import { comma, lineFeed } from "./ascii.ts";
import type { ByteSink } from "./byte-sink.ts";

/** Something that is turned away: a record, with its bytes as they were pulled, or a whole file where there is no record. */
export interface RejectedBytes {
  /** The file's name in the store of the raw pulls. */
  readonly path: string;
  /** Where the fault, or the record, begins. */
  readonly offset: number;
  readonly reason: string;
  readonly record: Buffer | undefined;
}

/** The columns of the CSV of rejects. */
export const rejectedColumns: readonly string[] = ["file", "byte_offset", "kind", "reason", "record"];

/** Appends a row to the CSV of rejects. */
export function putRejected(sink: ByteSink, { path, offset, reason, record }: RejectedBytes): void {
  for (const text of [path, String(offset), record === undefined ? "file" : "record", reason]) {
    sink.putText(text);
    sink.putByte(comma);
  }
  if (record !== undefined) {
    sink.reserve(2 * record.length + 2);
    sink.putQuoted(record);
  }
  sink.reserve(1);
  sink.putByte(lineFeed);
}
