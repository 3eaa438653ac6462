import { windowOf, type Window } from "../domain/window.ts";

const pullPath =
  /(?:^|\/)(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)-(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)(?<second>[0-5]\d)\.json$/u;

/**
 * The window of a pull, a raw file whose name says when it was pulled: `YYYYMMDD-HHMMSS.json`, UTC, in whatever folder.
 * `undefined` where the name is another one, or that of a day that no calendar has.
 */
export function pullWindow(path: string): Window | undefined {
  const match = pullPath.exec(path);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour, minute, second] = match.slice(1).map(Number);
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    instant.getUTCFullYear() === year && instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
  return isReal ? windowOf(instant.getTime()) : undefined;
}

/** The pull's name without the folders it lies in: what the column of role `file` gets. */
export function pullName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
