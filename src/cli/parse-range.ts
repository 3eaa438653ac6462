import type { EventTimeRange } from "../domain/batch.ts";
import type { WindowRange } from "../domain/window.ts";
import { UsageError } from "./usage-error.ts";

/** An instant in UTC: a day, or a day with hours and minutes; a zone may follow the time. */
const instant =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?<zone>Z|[+-]\d{2}:\d{2})?)?$/u;

/** Whether a day is in the calendar: `Date.parse` takes February 30 as March 2. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

interface Instant {
  readonly ms: number;
  readonly isDay: boolean;
}

function parseInstant(text: string, option: string): Instant {
  const groups = instant.exec(text)?.groups;
  const day = groups?.["day"];
  const time = groups?.["time"];
  const ms = day === undefined ? NaN : Date.parse(`${day}T${time ?? "00:00"}${groups?.["zone"] ?? "Z"}`);
  if (Number.isNaN(ms) || !isDay(day ?? ""))
    throw new UsageError(
      "usage",
      `The value of ${option} is a time, found "${text}".`,
      "Write 2022-10-31 or 2022-10-31T23:00, in UTC.",
    );
  return { ms, isDay: time === undefined };
}

/** Epoch microseconds of an ISO time (UTC unless it says otherwise), for `--now`. */
export function parseTime(text: string, option: string): number {
  const fraction = /\.(?<digits>\d+)/u.exec(text)?.groups?.["digits"] ?? "";
  const { ms } = parseInstant(text, option);
  return Math.floor(ms / 1000) * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/** The event times from `--event-time-start` to `--event-time-end`: dbt takes both or neither. */
export function parseEventTimes(start: string | undefined, end: string | undefined): EventTimeRange | undefined {
  if (start === undefined && end === undefined) return undefined;
  const given = (text: string | undefined, option: string): number => {
    if (text !== undefined) return parseInstant(text, option).ms;
    throw new UsageError("usage", "--event-time-start and --event-time-end go together.", `Give ${option} too.`);
  };
  const [startMs, endMs] = [given(start, "--event-time-start"), given(end, "--event-time-end")];
  if (startMs >= endMs) throw new UsageError("usage", "--event-time-start is not before --event-time-end.", undefined);
  return { startMs, endMs };
}

/** The windows from `--start` to `--end`, which is exclusive; an end that is a day means that whole day (SEED A26). */
export function parseRange(start: string | undefined, end: string | undefined): WindowRange | undefined {
  if (start === undefined && end === undefined) return undefined;
  const from = start === undefined ? undefined : parseInstant(start, "--start");
  const to = end === undefined ? undefined : parseInstant(end, "--end");
  const endMs = to === undefined ? undefined : to.ms + (to.isDay ? 86_400_000 : 0);
  if (from !== undefined && endMs !== undefined && from.ms >= endMs)
    throw new UsageError("usage", "--start is not before --end.", undefined);
  return { startMs: from?.ms, endMs };
}
