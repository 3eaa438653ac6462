import { type Civil, daysOf, isDate } from "./civil.ts";

const date = "(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})";
const time = "(?<hour>\\d{1,2}):(?<minute>\\d{1,2}):(?<second>\\d{1,2})(?:\\.(?<fraction>\\d{1,6}))?";
const offset = "[+-]\\d{1,2}(?::?\\d{1,2})?";
const datePattern = new RegExp(`^${date}$`, "u");
const datetimePattern = new RegExp(`^${date}(?:[ Tt]${time})?$`, "u");
const timePattern = new RegExp(`^${time}$`, "u");
const timestampPattern = new RegExp(
  `^${date}(?:[ Tt]${time}(?<zone>[Zz]|${offset}| [A-Za-z][A-Za-z0-9_+\\-/]*)?|(?<bareZone> ${offset}))?$`,
  "u",
);

type Groups = Readonly<Record<string, string | undefined>>;

function civilFrom(groups: Groups): Civil | undefined {
  const day = { year: Number(groups["year"]), month: Number(groups["month"]), day: Number(groups["day"]) };
  const clock = clockFrom(groups);
  if (!isDate(day) || clock === undefined) return undefined;
  return { days: daysOf(day) + Math.floor(clock / 86_400_000_000), micros: clock % 86_400_000_000 };
}

/** Microseconds since midnight; a second 60 is the next minute's first. */
function clockFrom(groups: Groups): number | undefined {
  const [hour, minute, second] = [groups["hour"] ?? "0", groups["minute"] ?? "0", groups["second"] ?? "0"].map(Number);
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1_000_000 + (second === 60 ? 0 : fractionOf(groups));
}

function fractionOf(groups: Groups): number {
  return Number((groups["fraction"] ?? "").padEnd(6, "0"));
}

/** The day that `2024-1-2` names, as days since 1970-01-01; `undefined` for what GoogleSQL does not take for a DATE. */
export function parseDate(text: string): number | undefined {
  const groups = datePattern.exec(text)?.groups;
  return groups === undefined ? undefined : civilFrom(groups)?.days;
}

/** What GoogleSQL takes for a DATETIME: `2024-1-2`, `2024-01-02 10:11:12.5`, also with a T. */
export function parseDatetime(text: string): Civil | undefined {
  const groups = datetimePattern.exec(text)?.groups;
  return groups === undefined ? undefined : civilFrom(groups);
}

/** What GoogleSQL takes for a TIME, as microseconds since midnight. */
export function parseTime(text: string): number | undefined {
  const groups = timePattern.exec(text)?.groups;
  const clock = groups === undefined ? undefined : clockFrom(groups);
  return clock === undefined ? undefined : clock % 86_400_000_000;
}

/** What a text of a TIMESTAMP says: a calendar and clock, and the zone that they are of, as written; empty if none is. */
export interface ZonedText {
  readonly civil: Civil;
  readonly zone: string;
}

/** What GoogleSQL takes for a TIMESTAMP, where a second 60 keeps its fraction. Whether a named zone exists is not looked at. */
export function parseTimestamp(text: string): ZonedText | undefined {
  const groups = timestampPattern.exec(text)?.groups;
  const civil = groups === undefined ? undefined : civilFrom(groups);
  if (civil === undefined || groups === undefined) return undefined;
  const micros = Number(groups["second"]) === 60 ? civil.micros + fractionOf(groups) : civil.micros;
  return { civil: { ...civil, micros }, zone: (groups["zone"] ?? groups["bareZone"] ?? "").trim() };
}

/** The minutes east of UTC of an offset such as `+02:00`, `-8`, `UTC+5` or `Z`; `undefined` for a name. */
export function parseOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z" || zone === "UTC") return 0;
  const {
    sign,
    hours = "",
    minutes = "0",
  } = /^(?:UTC)?(?<sign>[+-])(?<hours>\d{1,2})(?::?(?<minutes>\d{1,2}))?$/u.exec(zone)?.groups ?? {};
  if (sign === undefined || Number(minutes) > 59) return undefined;
  const offsetMinutes = Number(hours) * 60 + Number(minutes);
  if (offsetMinutes > 14 * 60) return undefined;
  return sign === "-" ? -offsetMinutes : offsetMinutes;
}

/** Whether a text has the form of a zone's name as the time zone database spells them (`America/New_York`). */
export function looksLikeZone(zone: string): boolean {
  return /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/u.test(zone);
}
