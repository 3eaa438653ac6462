import { isIPv4, isIPv6 } from "./ip.ts";

/**
 * NET.HOST: the host of a URL as it is written there; `null` if it has none. A scheme counts only before `//`, so that
 * `mailto:a@b.c` is a user, a password and a host.
 */
export function hostOf(url: string): string | null {
  const text = url.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/gu, "");
  const rest = text.replace(/^(?:[/\\]{2}|[^:#/?\\]*:[/\\]{2})/u, "");
  const netloc = /^[^#/?\\]*/u.exec(rest)?.[0] ?? "";
  const host = /^(?:\[[^[\]]*[[\]]?)?[^:]*/u.exec(netloc.slice(netloc.lastIndexOf("@") + 1))?.[0] ?? "";
  const bare = host.replace(/^\.+/u, "").replace(/\.+$/u, ".");
  return bare === "" ? null : bare;
}

/** NET.IP_FROM_STRING: the four or sixteen bytes of an address. */
export function ipFromString(text: string): Uint8Array {
  if (isIPv4(text)) return Uint8Array.from(text.split(".").map(Number));
  if (!isIPv6(text)) throw new Error(`Not an IP address: ${text}`);
  const [head = "", tail] = text.split("::");
  const groups = (part: string): readonly number[] =>
    part === ""
      ? []
      : part.split(":").flatMap((group) => {
          if (!group.includes(".")) return [parseInt(group, 16)];
          const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
          return [a * 256 + b, c * 256 + d];
        });
  const [left, right] = [groups(head), groups(tail ?? "")];
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => 0);
  return Uint8Array.from([...left, ...middle, ...right].flatMap((group) => [group >> 8, group & 255]));
}

/** NET.IP_TO_STRING: IPv4 in dots, IPv6 in groups with the longest run of zeros left out. */
export function ipToString(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) throw new Error("An IP address has 4 or 16 bytes.");
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  const runs = [...groups.join(":").matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/gu)].sort(
    (left, right) => right[0].length - left[0].length,
  );
  const [longest] = runs;
  const text = groups.join(":");
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/u, "");
  const after = text.slice(longest.index + longest[0].length).replace(/^:/u, "");
  return `${before}::${after}`;
}

/** NET.IP_NET_MASK: so many leading ones in 4 or 16 bytes. */
export function maskOf(length: number, prefix: number): Uint8Array {
  if ((length !== 4 && length !== 16) || prefix < 0 || prefix > length * 8)
    throw new Error("Not the length of a network mask.");
  return Uint8Array.from({ length }, (_, index) => (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))) & 255);
}

/** NET.IP_TRUNC: the address with all bits behind the prefix at zero. */
export function truncateIp(address: Uint8Array, prefix: number): Uint8Array {
  const mask = maskOf(address.length, prefix);
  return address.map((byte, index) => byte & (mask[index] ?? 0));
}
