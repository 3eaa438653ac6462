/**
 * The rows of a CSV that ingest wrote: every text is quoted, a quote in it is doubled, and a field that is nothing at all
 * is NULL. The header is a row like any other. Throws on text that ingest does not write.
 */
export function parseStagedCsv(csv: string): readonly (readonly (string | null)[])[] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < csv.length) {
    const end = csv.startsWith('"', at) ? fieldEnd(csv, at) : at;
    row.push(end === at ? null : csv.slice(at + 1, end - 1).replaceAll('""', '"'));
    const separator = csv[end];
    if (separator === "\n") {
      rows.push(row);
      row = [];
    } else if (separator !== ",") throw new Error(`a staged CSV has no separator at character ${String(end)}`);
    at = end + 1;
  }
  if (row.length > 0) throw new Error("a staged CSV does not end with a line");
  return rows;
}

/** The place behind the closing quote of the field that opens at `at`. */
function fieldEnd(csv: string, at: number): number {
  let end = csv.indexOf('"', at + 1);
  while (end !== -1 && csv[end + 1] === '"') end = csv.indexOf('"', end + 2);
  if (end === -1) throw new Error(`a staged CSV has an open quote at character ${String(at)}`);
  return end + 1;
}
