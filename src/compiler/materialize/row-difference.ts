import type { Data } from "../../domain/data.ts";

/** Rows as cells in the order of their columns. */
export type Cells = readonly (readonly Data[])[];

/** Which rows are missing of those that were expected, which are there beside them, and how many are as expected. */
export interface RowDifference {
  readonly missing: Cells;
  readonly unexpected: Cells;
  readonly same: number;
}

/** Compares rows whatever their order; a row that is there twice counts twice. */
export function rowDifference(expected: Cells, actual: Cells): RowDifference {
  const open = new Map<string, (readonly Data[])[]>();
  for (const row of actual) {
    const key = JSON.stringify(row);
    open.set(key, [...(open.get(key) ?? []), row]);
  }
  const missing = expected.filter((row) => open.get(JSON.stringify(row))?.pop() === undefined);
  const unexpected = [...open.values()].flat();
  return { missing, unexpected, same: actual.length - unexpected.length };
}

function shown(value: Data): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** At most so many rows of a kind are shown. */
const mostRows = 20;

/** The difference as a table: `-` before a row that was expected and is missing, `+` before one that was not expected. */
export function describeDifference(columns: readonly string[], { missing, unexpected, same }: RowDifference): string {
  const lines = [
    [" ", ...columns],
    ...missing.slice(0, mostRows).map((row) => ["-", ...row.map(shown)]),
    ...unexpected.slice(0, mostRows).map((row) => ["+", ...row.map(shown)]),
  ];
  const widths = ["", ...columns].map((_, index) => Math.max(1, ...lines.map((line) => (line[index] ?? "").length)));
  const table = lines.map((line) =>
    line
      .map((part, index) => part.padEnd(widths[index] ?? 0))
      .join(" | ")
      .trimEnd(),
  );
  const left = Math.max(0, missing.length - mostRows) + Math.max(0, unexpected.length - mostRows);
  return [
    `The rows are not those that are expected: ${missing.length} missing (-), ${unexpected.length} unexpected (+), ${same} as expected.`,
    ...table,
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join("\n");
}
