import { windowOf, type Window } from "../domain/window.ts";

/** A raw file whose name says when it was pulled: `YYYYMMDD-HHMMSS.json`, UTC. */
export interface Pull {
  /** The name alone, as the column of role `file` gets it. */
  readonly name: string;
  /** The whole name in the store. */
  readonly path: string;
  readonly window: Window;
}

const pullName =
  /(?:^|\/)(?<name>(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)-(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)\.json)$/u;

/** The pull that a stored object is, or `undefined` where its name is none, or one of a time that no calendar has. */
export function parsePull(path: string): Pull | undefined {
  const parts = pullName.exec(path)?.groups;
  if (parts === undefined) return undefined;
  const { name = "", year = "", month = "", day = "", hour = "", minute = "", second = "" } = parts;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instantMs = Date.parse(time);
  // Date.parse takes 30 February and hour 24 for the day after; a real time comes back as it went in.
  if (Number.isNaN(instantMs) || new Date(instantMs).toISOString() !== time) return undefined;
  return { name, path, window: windowOf(instantMs) };
}
