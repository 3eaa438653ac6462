import { isUtf8 } from "node:buffer";

/** The offset of the first byte at which bytes stop being UTF-8; their length where they never do. */
export function firstBadByte(bytes: Buffer): number {
  let p = 0;
  while (p < bytes.length) {
    const lead = bytes[p] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1 && !isUtf8(bytes.subarray(p, p + length))) return p;
    p += length;
  }
  return p;
}
