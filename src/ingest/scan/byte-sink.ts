import { quote } from "./ascii.ts";

/** So many bytes may be written behind the end, and count for nothing. */
const slack = 4;

/** Bytes that are appended to one buffer, which grows, is drained and used again. */
export class ByteSink {
  #bytes: Buffer = Buffer.allocUnsafeSlow(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What is in it; valid until something is appended. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes back all that stands behind a length that it once had. */
  cutTo(length: number): void {
    this.#length = length;
  }

  /** Makes room for as many bytes; the methods that append rely on it. */
  reserve(count: number): void {
    if (this.#length + count + slack <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#length + count + slack));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Appends bytes as they are, and makes room for them itself. */
  putBytes(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.#length += bytes.copy(this.#bytes, this.#length);
  }

  /** Appends one byte. */
  putByte(byte: number): void {
    this.#bytes[this.#length++] = byte;
  }

  /** Appends a quoted CSV field of bytes among which there is no quote. Four bytes are read at a time, across `to` too. */
  putPlain(source: DataView, from: number, to: number): void {
    const target = this.#view;
    let at = this.#length;
    target.setUint8(at++, quote);
    for (let p = from; p < to; p += 4) target.setInt32(at + p - from, source.getInt32(p));
    at += to - from;
    target.setUint8(at++, quote);
    this.#length = at;
  }

  /** Appends a quoted CSV field, every quote among the bytes doubled. */
  putQuoted(bytes: Buffer): void {
    const target = this.#bytes;
    let at = this.#length;
    target[at++] = quote;
    let p = 0;
    while (p < bytes.length) {
      const byte = bytes[p++] ?? 0;
      if (byte === quote) target[at++] = quote;
      target[at++] = byte;
    }
    target[at++] = quote;
    this.#length = at;
  }

  /** Appends a text as a quoted CSV field, and has room for a separator behind it. */
  putText(text: string): void {
    const bytes = Buffer.from(text);
    this.reserve(2 * bytes.length + 3);
    this.putQuoted(bytes);
  }
}
