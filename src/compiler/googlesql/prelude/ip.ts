const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const v4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`, "u");

/** Whether a text is an IPv4 address in dots. */
export function isIPv4(text: string): boolean {
  return v4.test(text);
}

/** Whether a text is an IPv6 address. */
export function isIPv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1);
  const hasV4 = last?.includes(".") === true;
  if (hasV4 && !isIPv4(last)) return false;
  const count = groups.length + (hasV4 ? 1 : 0);
  const plain = hasV4 ? groups.slice(0, -1) : groups;
  return plain.every((group) => /^[0-9a-fA-F]{1,4}$/u.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}
