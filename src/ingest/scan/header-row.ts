/** The first line of a CSV with these columns. */
export function headerRow(columns: readonly string[]): Buffer {
  return Buffer.from(`${columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(",")}\n`);
}
