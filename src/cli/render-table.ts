import { markdownTable } from "markdown-table";
import stringWidth from "string-width";
import type { Data } from "../domain/data.ts";

/** The picture of a control character: a terminal would obey the character itself. */
function picture(control: string): string {
  const code = control.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "␡" : "\uFFFD";
}

/** A cell as people read it, on one line: nothing for NULL, JSON for lists and structs. */
function cellText(value: Data | undefined): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.replaceAll(/\r?\n/gu, "⏎").replaceAll(/\p{Cc}/gu, picture);
}

/** Rows as a table; columns of numbers alone stand to the right. */
export function renderTable(columns: readonly string[], rows: readonly (readonly (Data | undefined)[])[]): string {
  const align = columns.map((_, index) => {
    const cells = rows.map((row) => row[index] ?? null).filter((cell) => cell !== null);
    return cells.length > 0 && cells.every((cell) => typeof cell === "number") ? "r" : "l";
  });
  const texts = [columns.map(cellText), ...rows.map((row) => columns.map((_, index) => cellText(row[index])))];
  return markdownTable(texts, { align, stringLength: stringWidth });
}
