/** An event time: `text` is `YYYY-MM-DDTHH:MM:SS.ffffffZ` (microseconds, what is finer is cut off), `day` its UTC date. */
export interface Instant {
  readonly text: string;
  readonly day: string;
}

const shape =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d+))?)?(?:Z|(?<sign>[+-])(?<zoneHour>\d{2})(?::?(?<zoneMinute>\d{2}))?)?)?$/u;

/** Reads an ISO 8601 time of the years 1 to 9999. No zone means UTC, a date alone its midnight; anything else is `undefined`. */
export function readInstant(value: string): Instant | undefined {
  const groups = shape.exec(value)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const part = (name: string): number => Number(groups[name] ?? 0);
  const [year, month, day] = [part("year"), part("month"), part("day")];
  if (
    part("hour") > 23 ||
    part("minute") > 59 ||
    part("second") > 59 ||
    part("zoneHour") > 23 ||
    part("zoneMinute") > 59
  ) {
    return undefined;
  }
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  if (year < 1 || time.getUTCFullYear() !== year || time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day) {
    return undefined;
  }
  const ahead = (groups["sign"] === "-" ? -1 : 1) * (part("zoneHour") * 60 + part("zoneMinute"));
  time.setUTCHours(part("hour"), part("minute") - ahead, part("second"), 0);
  if (time.getUTCFullYear() < 1 || time.getUTCFullYear() > 9999) {
    return undefined;
  }
  const micros = (groups["fraction"] ?? "").slice(0, 6).padEnd(6, "0");
  const iso = time.toISOString();
  return { text: `${iso.slice(0, 19)}.${micros}Z`, day: iso.slice(0, 10) };
}
