import { comma, lineFeed } from "./ascii.ts";
import type { ByteSink } from "./byte-sink.ts";

/** What was turned away: a record, with its bytes as they were pulled, or a whole file where there is no record. */
export interface Reject {
  /** The file's name in the store of the raw pulls. */
  readonly path: string;
  readonly offset: number;
  readonly reason: string;
  readonly record: Buffer | undefined;
}

/** The columns of the CSV of rejects. */
export const rejectColumns: readonly string[] = ["file", "byte_offset", "kind", "reason", "record"];

/** Appends a reject as a row of the CSV of rejects. */
export function putReject(sink: ByteSink, { path, offset, reason, record }: Reject): void {
  const texts = [path, String(offset), record === undefined ? "file" : "record", reason].map((text) =>
    Buffer.from(text),
  );
  const fields = record === undefined ? texts : [...texts, record];
  for (const [index, field] of fields.entries()) {
    sink.reserve(2 * field.length + 4);
    if (index > 0) sink.putByte(comma);
    sink.putQuoted(field);
  }
  if (record === undefined) sink.putByte(comma);
  sink.putByte(lineFeed);
}
