/** The ways in which a pull can be no JSON array of objects. */
export const malformedKinds = [
  "truncated",
  "empty",
  "html",
  "concatenated",
  "object",
  "nul",
  "invalid-utf8",
  "null-element",
] as const;

/** One of the ways in which a pull can be malformed. */
export type MalformedKind = (typeof malformedKinds)[number];

const html = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n";

/** The bytes of a pull that would have held these records (JSON texts), had it not been spoilt in this way. */
export function malformedPull(kind: MalformedKind, records: readonly string[]): Buffer {
  const pull = Buffer.from(`[${records.join(",")}]`);
  switch (kind) {
    case "truncated":
      return pull.subarray(0, Math.max(1, Math.floor(pull.length * 0.6)));
    case "empty":
      return Buffer.alloc(0);
    case "html":
      return Buffer.from(html);
    case "concatenated":
      return Buffer.concat([pull, pull]);
    case "object":
      return Buffer.from('{"error":"rate limited","code":429}');
    case "nul":
      return Buffer.concat([pull, Buffer.alloc(16)]);
    case "invalid-utf8":
      return Buffer.from(`[${[...records, '{"event":"caf\u00e9"}'].join(",")}]`, "latin1");
    case "null-element":
      return Buffer.from(`[${[...records, "null"].join(",")}]`);
  }
}
