import type { Row } from "../domain/script.ts";

/** A text of a row that the ledger answered with; anything else there is a bug. */
export function textField(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new Error(`the ledger has no text in "${column}"`);
  return value;
}

/** A number of a row that the ledger answered with, exact up to 2^53. */
export function numberField(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new Error(`the ledger has no number in "${column}"`);
  return value;
}
