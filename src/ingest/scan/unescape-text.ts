/** The UTF-8 bytes of a JSON text, given as it is spelled between its quotes. A lone surrogate becomes U+FFFD. */
export function unescapeText(spelled: Buffer): Buffer {
  const text: unknown = JSON.parse(`"${spelled.toString()}"`);
  if (typeof text !== "string") throw new Error("a JSON text was parsed to something else");
  return Buffer.from(text);
}
