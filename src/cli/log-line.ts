import type { DataMap } from "../domain/data.ts";

/** How grave a line of output is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * One line of output, before it is text or JSON. Codes and names are dbt's where dbt has such a line (DBT_CONVENTIONS §5), so
 * that tools which read its logs read ours.
 */
export interface LogLine {
  readonly code: string;
  readonly name: string;
  readonly level: LogLevel;
  readonly text: string;
  readonly data: DataMap;
  /** Whether the text was asked for as it is (`print()`): it goes out without the time, and however quiet the call is. */
  readonly isPrinted?: boolean;
}

/** A line of level `info` that carries nothing but its text. */
export function line(code: string, name: string, text: string): LogLine {
  return { code, name, level: "info", text, data: {} };
}
