import { createHash } from "node:crypto";
import { fingerprint64 } from "./farm-fingerprint.ts";
import { hostOf, ipFromString, ipToString, maskOf, truncateIp } from "./network.ts";
import { macro, native, type PreludeTable } from "./prelude-entry.ts";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** BYTES, which are cut and searched as hexadecimal digits where DuckDB has no function for them. */
export const bytesPrelude: PreludeTable = {
  gsql_bytes_escaped: native(["BLOB"], "VARCHAR", (bytes) => escapedBytes(bytes, "")),
  gsql_bytes_literal: native(["BLOB"], "VARCHAR", (bytes) => {
    const quote = bytes.includes(0x22) && !bytes.includes(0x27) ? "'" : '"';
    return `b${quote}${escapedBytes(bytes, quote)}${quote}`;
  }),
  gsql_bytes_lower: native(["BLOB"], "BLOB", (bytes) =>
    bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte)),
  ),
  gsql_bytes_upper: native(["BLOB"], "BLOB", (bytes) =>
    bytes.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte)),
  ),
  gsql_bytes_reverse: native(["BLOB"], "BLOB", (bytes) => Uint8Array.from(bytes).reverse()),
  gsql_bytes_bit_count: native(["BLOB"], "BIGINT", (bytes) =>
    BigInt(bytes.reduce((count, byte) => count + byte.toString(2).replaceAll("0", "").length, 0)),
  ),
  gsql_bytes_of_code_points: native(["BIGINT[]"], "BLOB", (points) => {
    if (points.some((point) => point === null)) return null;
    return Uint8Array.from(points, (point) => {
      const byte = Number(point);
      if (byte < 0 || byte > 255) throw new Error(`Not a byte: ${byte}`);
      return byte;
    });
  }),
  gsql_byte_values: native(["BLOB"], "BIGINT[]", (bytes) => Array.from(bytes, BigInt)),
  gsql_bytes_to_text: native(["BLOB"], "VARCHAR", textOfBytes),
  gsql_bytes_strpos: native(["BLOB", "BLOB"], "BIGINT", (bytes, part) =>
    BigInt(Buffer.from(bytes).indexOf(Buffer.from(part)) + 1),
  ),
  gsql_bytes_replace: native(["BLOB", "BLOB", "BLOB"], "BLOB", (bytes, from, to) => {
    const latin = (part: Uint8Array): string => Buffer.from(part).toString("latin1");
    return from.length === 0
      ? bytes
      : Buffer.from(
          latin(bytes).replaceAll(latin(from), () => latin(to)),
          "latin1",
        );
  }),
  gsql_bytes_repeat: native(["BLOB", "BIGINT"], "BLOB", (bytes, count) => {
    if (count < 0n) throw new Error("REPEAT of a negative count.");
    return Buffer.concat(Array.from({ length: Number(count) }, () => bytes));
  }),
  gsql_bytes_substr: macro("x, p", "unhex(substr(hex(x), 2 * gsql_bytes_start(x, p) - 1))"),
  gsql_bytes_start: macro(
    "x, p",
    "CASE WHEN p = 0 OR p < -octet_length(x) THEN 1 WHEN p < 0 THEN octet_length(x) + p + 1 ELSE gsql_at_most(p, octet_length(x) + 1) END",
  ),
  gsql_bytes_substr_of: macro(
    "x, p, n",
    "CASE WHEN n < 0 THEN encode(gsql_fail_text('SUBSTR of a negative length: ' || hex(x) || p)) ELSE unhex(substr(hex(x), 2 * gsql_bytes_start(x, p) - 1, 2 * gsql_at_most(n, octet_length(x)))) END",
  ),
  gsql_bytes_left: macro(
    "x, n",
    "CASE WHEN n < 0 THEN encode(gsql_fail_text('LEFT of a negative length: ' || hex(x))) ELSE unhex(left(hex(x), 2 * gsql_at_most(n, octet_length(x)))) END",
  ),
  gsql_bytes_right: macro(
    "x, n",
    "CASE WHEN n < 0 THEN encode(gsql_fail_text('RIGHT of a negative length: ' || hex(x))) ELSE unhex(right(hex(x), 2 * gsql_at_most(n, octet_length(x)))) END",
  ),
  gsql_bytes_lpad: native(["BLOB", "BIGINT", "BLOB"], "BLOB", (bytes, size, pattern) =>
    padBytes(bytes, Number(size), { pattern, side: "left" }),
  ),
  gsql_bytes_rpad: native(["BLOB", "BIGINT", "BLOB"], "BLOB", (bytes, size, pattern) =>
    padBytes(bytes, Number(size), { pattern, side: "right" }),
  ),
  gsql_bytes_ltrim: native(["BLOB", "BLOB"], "BLOB", (bytes, set) =>
    trimBytes(bytes, set, { left: true, right: false }),
  ),
  gsql_bytes_rtrim: native(["BLOB", "BLOB"], "BLOB", (bytes, set) =>
    trimBytes(bytes, set, { left: false, right: true }),
  ),
  gsql_bytes_trim: native(["BLOB", "BLOB"], "BLOB", (bytes, set) => trimBytes(bytes, set, { left: true, right: true })),
  gsql_from_hex: native(["VARCHAR"], "BLOB", (text) => {
    if (!/^[0-9a-fA-F]*$/u.test(text)) throw new Error(`Not hexadecimal: ${text}`);
    return Buffer.from(text.length % 2 === 1 ? `0${text}` : text, "hex");
  }),
  gsql_from_base64: native(["VARCHAR"], "BLOB", (text) => {
    const digits = text.replaceAll(/\s/gu, "");
    const isPadded = digits.endsWith("=");
    const hasLength = isPadded ? digits.length % 4 === 0 : digits.length % 4 !== 1;
    if (!/^[A-Za-z0-9+/]*={0,2}$/u.test(digits) || !hasLength) throw new Error(`Not base64: ${text}`);
    return Buffer.from(digits, "base64");
  }),
  gsql_to_base32: native(["BLOB"], "VARCHAR", (bytes) => {
    const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
    const digits = (bits.match(/.{1,5}/gu) ?? [])
      .map((five) => base32[parseInt(five.padEnd(5, "0"), 2)] ?? "")
      .join("");
    return digits.padEnd(Math.ceil(digits.length / 8) * 8, "=");
  }),
  gsql_from_base32: native(["VARCHAR"], "BLOB", (text) => {
    if (!/^[A-Z2-7]*=*$/u.test(text) || text.length % 8 !== 0) throw new Error(`Not base32: ${text}`);
    const bits = Array.from(text.replaceAll("=", ""), (digit) =>
      base32.indexOf(digit).toString(2).padStart(5, "0"),
    ).join("");
    return Uint8Array.from((bits.match(/.{8}/gu) ?? []).map((eight) => parseInt(eight, 2)));
  }),
  gsql_sha512: native(["BLOB"], "BLOB", (bytes) => createHash("sha512").update(bytes).digest()),
  gsql_farm_fingerprint: native(["BLOB"], "BIGINT", (bytes) => BigInt.asIntN(64, fingerprint64(Buffer.from(bytes)))),
  gsql_net_host: native(["VARCHAR"], "VARCHAR", hostOf),
  gsql_net_ip_from_string: native(["VARCHAR"], "BLOB", ipFromString),
  gsql_net_ip_to_string: native(["BLOB"], "VARCHAR", ipToString),
  gsql_net_ipv4_from_int64: native(["BIGINT"], "BLOB", (value) => {
    if (value < -(2n ** 31n) || value >= 2n ** 32n) throw new Error(`Not an IPv4 address: ${value}`);
    return Uint8Array.from([24n, 16n, 8n, 0n].map((shift) => Number((BigInt.asUintN(32, value) >> shift) & 255n)));
  }),
  gsql_net_ipv4_to_int64: native(["BLOB"], "BIGINT", (bytes) => {
    if (bytes.length !== 4) throw new Error("An IPv4 address has four bytes.");
    return bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  }),
  gsql_net_ip_net_mask: native(["BIGINT", "BIGINT"], "BLOB", (length, prefix) =>
    maskOf(Number(length), Number(prefix)),
  ),
  gsql_net_ip_trunc: native(["BLOB", "BIGINT"], "BLOB", (address, prefix) => truncateIp(address, Number(prefix))),
};

function padBytes(
  bytes: Uint8Array,
  size: number,
  how: { readonly pattern: Uint8Array; readonly side: "left" | "right" },
): Uint8Array {
  if (size < 0 || how.pattern.length === 0) throw new Error("Padding to a negative length or with an empty pattern.");
  if (size <= bytes.length) return bytes.slice(0, size);
  const padding = Uint8Array.from(
    { length: size - bytes.length },
    (_, index) => how.pattern[index % how.pattern.length] ?? 0,
  );
  return Buffer.concat(how.side === "left" ? [padding, bytes] : [bytes, padding]);
}

function trimBytes(
  bytes: Uint8Array,
  set: Uint8Array,
  sides: { readonly left: boolean; readonly right: boolean },
): Uint8Array {
  let [start, end] = [0, bytes.length];
  while (sides.left && start < end && set.includes(bytes[start] ?? 0)) start++;
  while (sides.right && end > start && set.includes(bytes[end - 1] ?? 0)) end--;
  return bytes.slice(start, end);
}

const namedEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** Bytes as the text of a literal: ASCII stands for itself, the rest is written in hexadecimal digits. */
function escapedBytes(bytes: Uint8Array, quote: string): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === quote) return `\\${character}`;
    const named = namedEscapes[character];
    if (named !== undefined) return named;
    return byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
  }).join("");
}

/** UTF-8 as text; each byte that belongs to no character is a replacement character of its own. */
function textOfBytes(bytes: Uint8Array): string {
  const sequence =
    /[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[^]/gu;
  const pieces = Buffer.from(bytes).toString("latin1").match(sequence) ?? [];
  return pieces
    .map((piece) => (/^[\x80-\xff]$/u.test(piece) ? "\ufffd" : Buffer.from(piece, "latin1").toString("utf8")))
    .join("");
}
