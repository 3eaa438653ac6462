import { listPulls, readPull, type PullFile } from "./read-pulls.ts";
import { readRecord, type EventRow } from "./read-record.ts";

/** A record that was turned away: the pull's path, the record's place in it from 0, and why. */
interface RejectedRecord {
  readonly path: string;
  readonly position: number;
  readonly reason: string;
}

/** What one hour of pulls holds. */
interface HourCounts {
  /** All pulls of the hour, malformed ones included. */
  readonly files: number;
  readonly malformed: number;
  /** Records that became rows, each as often as it was sent. */
  readonly rows: number;
  readonly rejected: number;
}

/** What must come out of a raw folder. */
export interface Truth {
  /** Paths of the pulls that are no JSON array of objects, in pull order. */
  readonly malformed: readonly string[];
  /** Paths of files whose names are no pull's. */
  readonly ignored: readonly string[];
  readonly rejected: readonly RejectedRecord[];
  /** By hour of the pull's name, as `2022-10-30 23:00`. Hours without pulls are absent. */
  readonly hours: ReadonlyMap<string, HourCounts>;
  /** The winning content by uuid; an event without one has as its key what `contentOf` says of it. */
  readonly events: ReadonlyMap<string, EventRow>;
  /** Users by UTC day of the event, as `2022-10-30`. */
  readonly dau: ReadonlyMap<string, number>;
  /** Users by UTC month of the event, as `2022-10-01`. */
  readonly mau: ReadonlyMap<string, number>;
}

/** Everything that an event says but the pull it came in: events without uuid are the same when this is the same. */
export function contentOf(row: EventRow): string {
  return JSON.stringify({ ...row, file: "" });
}

/**
 * Reads a raw folder by the rules of the data alone, with none of tsdbt's code. Of one event the latest pull wins; its
 * `file` is the first of the last unbroken run of pulls with that content.
 */
export function readTruth(rawFolder: string): Truth {
  const { pulls, ignored } = listPulls(rawFolder);
  const malformed: string[] = [];
  const rejected: RejectedRecord[] = [];
  const hours = new Map<string, HourCounts>();
  const events = new Map<string, EventRow>();
  for (const pull of pulls) {
    const outcome = readInto(events, { rawFolder, pull });
    if (outcome === undefined) {
      malformed.push(pull.path);
    } else {
      rejected.push(...outcome.rejected);
    }
    const hour = hours.get(pull.hour) ?? { files: 0, malformed: 0, rows: 0, rejected: 0 };
    hours.set(pull.hour, {
      files: hour.files + 1,
      malformed: hour.malformed + (outcome === undefined ? 1 : 0),
      rows: hour.rows + (outcome?.rows ?? 0),
      rejected: hour.rejected + (outcome?.rejected.length ?? 0),
    });
  }
  return {
    malformed,
    ignored,
    rejected,
    hours,
    events,
    dau: usersBy(events, (row) => row.event_time.slice(0, 10)),
    mau: usersBy(events, (row) => `${row.event_time.slice(0, 7)}-01`),
  };
}

interface Outcome {
  readonly rows: number;
  readonly rejected: readonly RejectedRecord[];
}

function readInto(
  events: Map<string, EventRow>,
  { rawFolder, pull }: { readonly rawFolder: string; readonly pull: PullFile },
): Outcome | undefined {
  const records = readPull(rawFolder, pull);
  if (records === undefined) {
    return undefined;
  }
  const rejected: RejectedRecord[] = [];
  for (const [position, record] of records.entries()) {
    const read = readRecord(record, pull.file);
    if (read.kind === "rejected") {
      rejected.push({ path: pull.path, position, reason: read.reason });
      continue;
    }
    const content = contentOf(read.row);
    const key = read.row.uuid ?? content;
    const before = events.get(key);
    if (before === undefined || contentOf(before) !== content) {
      events.set(key, read.row);
    }
  }
  return { rows: records.length - rejected.length, rejected };
}

function usersBy(
  events: ReadonlyMap<string, EventRow>,
  periodOf: (row: EventRow) => string,
): ReadonlyMap<string, number> {
  const users = new Map<string, Set<string>>();
  for (const row of events.values()) {
    const period = periodOf(row);
    users.set(period, (users.get(period) ?? new Set()).add(row.distinct_id));
  }
  return new Map([...users].map(([period, ids]) => [period, ids.size] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}
