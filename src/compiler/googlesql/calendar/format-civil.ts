import { monthNames } from "../../month-names.ts";
import { type Civil, dateOf, daysOf, padded } from "./civil.ts";

/** A point in time to be written: its calendar and clock in a zone, the zone's distance from UTC and its name. */
export interface Moment {
  readonly local: Civil;
  readonly offsetMinutes: number;
  readonly zone: string;
}

/** Names of days, from Sunday, and of months. */
export const dayNames: readonly string[] = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];

/** An element of a format: `%Y`, `%E3S`. `modifier` is what stands between `%` and the letter. */
export interface FormatElement {
  readonly modifier: string;
  readonly letter: string;
}

const element = /%(?<modifier>[-_0^](?=[A-Za-z])|E(?:4(?=Y)|\*(?=S)|\d(?=S))?|O)?(?<letter>[\s\S])/gu;

const parsed = new Map<string, readonly (string | FormatElement)[]>();

/** The literal texts and elements of a format, in order. */
export function parseFormat(format: string): readonly (string | FormatElement)[] {
  const known = parsed.get(format);
  if (known !== undefined) return known;
  const parts: (string | FormatElement)[] = [];
  let at = 0;
  for (const found of format.matchAll(element)) {
    if (found.index > at) parts.push(format.slice(at, found.index));
    parts.push({ modifier: found.groups?.["modifier"] ?? "", letter: found.groups?.["letter"] ?? "" });
    at = found.index + found[0].length;
  }
  if (at < format.length) parts.push(format.slice(at));
  if (parsed.size < 1000) parsed.set(format, parts);
  return parts;
}

/** The ISO year and week of a day. */
function isoWeekOf(days: number): { readonly year: number; readonly week: number } {
  const thursday = days - ((((days + 3) % 7) + 7) % 7) + 3;
  const { year } = dateOf(thursday);
  return { year, week: Math.floor((thursday - daysOf({ year, month: 1, day: 1 })) / 7) + 1 };
}

/** The day of the week, 0 for Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

function spaced(value: number): string {
  return String(value).padStart(2, " ");
}

function offsetText(minutes: number, separator: string): string {
  const distance = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${padded(Math.floor(distance / 60), 2)}${separator}${padded(distance % 60, 2)}`;
}

function zoneText({ offsetMinutes, zone }: Moment): string {
  if (zone === "UTC" || offsetMinutes === 0) return "UTC";
  const distance = Math.abs(offsetMinutes);
  if (distance % 60 !== 0) return `UTC${offsetText(offsetMinutes, "")}`;
  return `UTC${offsetMinutes < 0 ? "-" : "+"}${Math.floor(distance / 60)}`;
}

function secondsText(micros: number, digits: string): string {
  const second = padded(Math.floor(micros / 1_000_000) % 60, 2);
  const fraction = padded(micros % 1_000_000, 6);
  const shown = digits === "*" ? fraction.replace(/0+$/u, "") : fraction.padEnd(9, "0").slice(0, Number(digits));
  return shown === "" ? second : `${second}.${shown}`;
}

/** A moment in a format of GoogleSQL's FORMAT_… functions. An element that does not exist stays as it is written. */
export function formatMoment(format: string, moment: Moment): string {
  return parseFormat(format)
    .map((part) => (typeof part === "string" ? part : padElement(part, formatElement(part, moment))))
    .join("");
}

/** What the flags `-`, `_` and `0` make of a number (no padding, by spaces, by zeros), and `^` of a name. */
function padElement({ modifier, letter }: FormatElement, text: string): string {
  if (modifier === "^") return text.toUpperCase();
  if (!/^ *\d+$/u.test(text) || letter === "%") return text;
  const bare = text.replace(/^[ 0]+(?=\d)/u, "");
  if (modifier === "-") return bare;
  if (modifier === "_") return bare.padStart(text.length);
  return modifier === "0" ? bare.padStart(text.length, "0") : text;
}

function formatElement({ modifier, letter }: FormatElement, moment: Moment): string {
  const { days, micros } = moment.local;
  const { year, month, day } = dateOf(days);
  const weekday = weekdayOf(days);
  const dayOfYear = days - daysOf({ year, month: 1, day: 1 });
  const hour = Math.floor(micros / 3_600_000_000);
  const minute = Math.floor(micros / 60_000_000) % 60;
  const again = (format: string): string => formatMoment(format, moment);
  if (letter === "S" && modifier.startsWith("E") && modifier !== "E") return secondsText(micros, modifier.slice(1));
  switch (letter) {
    case "Y":
      return modifier === "E4" ? padded(year, 4) : String(year);
    case "y":
      return padded(year % 100, 2);
    case "C":
      return String(Math.floor(year / 100));
    case "G":
      return String(isoWeekOf(days).year);
    case "g":
      return padded(isoWeekOf(days).year % 100, 2);
    case "Q":
      return String(Math.floor((month - 1) / 3) + 1);
    case "m":
      return padded(month, 2);
    case "B":
      return monthNames[month - 1] ?? "";
    case "b":
    case "h":
      return monthNames[month - 1]?.slice(0, 3) ?? "";
    case "U":
      return padded(Math.floor((dayOfYear + 7 - weekday) / 7), 2);
    case "W":
      return padded(Math.floor((dayOfYear + 7 - ((weekday + 6) % 7)) / 7), 2);
    case "V":
      return padded(isoWeekOf(days).week, 2);
    case "d":
      return padded(day, 2);
    case "e":
      return spaced(day);
    case "j":
      return padded(dayOfYear + 1, 3);
    case "A":
      return dayNames[weekday] ?? "";
    case "a":
      return dayNames[weekday]?.slice(0, 3) ?? "";
    case "u":
      return String(weekday === 0 ? 7 : weekday);
    case "w":
      return String(weekday);
    case "H":
      return padded(hour, 2);
    case "k":
      return spaced(hour);
    case "I":
      return padded(hour % 12 === 0 ? 12 : hour % 12, 2);
    case "l":
      return spaced(hour % 12 === 0 ? 12 : hour % 12);
    case "p":
      return hour < 12 ? "AM" : "PM";
    case "P":
      return hour < 12 ? "am" : "pm";
    case "M":
      return padded(minute, 2);
    case "S":
      return padded(Math.floor(micros / 1_000_000) % 60, 2);
    case "s":
      return String(days * 86_400 + Math.floor(micros / 1_000_000) - moment.offsetMinutes * 60);
    case "Z":
      return zoneText(moment);
    case "z":
      return offsetText(moment.offsetMinutes, modifier === "E" ? ":" : "");
    case "D":
    case "x":
      return again("%m/%d/%y");
    case "F":
      return again("%Y-%m-%d");
    case "T":
    case "X":
      return again("%H:%M:%S");
    case "R":
      return again("%H:%M");
    case "r":
      return again("%I:%M:%S %p");
    case "J":
      throw new Error("The format element %J is not supported.");
    case "c":
      return again("%a %b %e %H:%M:%S %Y");
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      return `%${modifier}${letter}`;
  }
}

/** The elements that mean the same to DuckDB's strftime, for years of four digits. */
const shared: Readonly<Record<string, string>> = {
  Y: "%Y",
  E4Y: "%Y",
  y: "%y",
  m: "%m",
  B: "%B",
  b: "%b",
  h: "%b",
  d: "%d",
  j: "%j",
  A: "%A",
  a: "%a",
  H: "%H",
  I: "%I",
  p: "%p",
  M: "%M",
  S: "%S",
  E3S: "%S.%g",
  E6S: "%S.%f",
  D: "%m/%d/%y",
  x: "%m/%d/%y",
  F: "%Y-%m-%d",
  T: "%H:%M:%S",
  X: "%H:%M:%S",
  R: "%H:%M",
  "%": "%%",
};

/** The format for DuckDB's strftime if every element of it means the same there. */
export function duckdbFormat(format: string): string | undefined {
  const parts = parseFormat(format).map((part) =>
    typeof part === "string" ? part.replaceAll("%", "%%") : shared[part.modifier + part.letter],
  );
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}
