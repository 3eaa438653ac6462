import { monthNames } from "../../month-names.ts";
import { raise } from "../template-error.ts";

/** A date and time of day without a zone, as Python's `datetime` has its fields. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

const dayMicros = 86_400_000_000n;
const weekdays: readonly string[] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function utcMs(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** How many days a month has. */
function daysInMonth(year: number, month: number): number {
  return new Date(utcMs(year, month + 1, 0)).getUTCDate();
}

/** The microseconds since 1970 of a civil time; fields outside of their range are the author's mistake, as in Python. */
export function civilMicros(time: CivilTime): bigint {
  const { year, month, day, hour, minute, second, microsecond } = time;
  const limits: readonly (readonly [string, number, number, number])[] = [
    ["year", year, 1, 9999],
    ["month", month, 1, 12],
    ["day", day, 1, daysInMonth(year, month)],
    ["hour", hour, 0, 23],
    ["minute", minute, 0, 59],
    ["second", second, 0, 59],
    ["microsecond", microsecond, 0, 999_999],
  ];
  for (const [name, value, low, high] of limits)
    if (value < low || value > high) raise("argument-type", `There is no ${name} ${value} here.`);
  const seconds = BigInt((hour * 60 + minute) * 60 + second);
  return BigInt(utcMs(year, month, day)) * 1000n + seconds * 1_000_000n + BigInt(microsecond);
}

function modulo(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}

/** The civil time of microseconds since 1970; outside of the years 1 to 9999 there is none. */
export function civilTime(micros: bigint): CivilTime {
  const microsecond = Number(modulo(micros, 1_000_000n));
  const date = new Date(Number((micros - BigInt(microsecond)) / 1000n));
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999)
    return raise("argument-type", "This date lies outside of the years 1 to 9999.");
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond,
  };
}

/** Midnight of the same day. */
export function startOfDay(micros: bigint): bigint {
  return micros - modulo(micros, dayMicros);
}

/** Monday is 0. */
export function weekday(micros: bigint): number {
  return Number(modulo(startOfDay(micros) / dayMicros + 3n, 7n));
}

/** The day of the year, from 1. */
export function dayOfYear(micros: bigint): number {
  const { year } = civilTime(micros);
  return Number((startOfDay(micros) / 1000n - BigInt(utcMs(year, 1, 1))) / 86_400_000n) + 1;
}

/** ISO's year, week and weekday. */
export function isoCalendar(micros: bigint): readonly [number, number, number] {
  const day = weekday(micros);
  const thursday = startOfDay(micros) + BigInt(3 - day) * dayMicros;
  const { year } = civilTime(thursday);
  return [year, Math.floor((dayOfYear(thursday) - 1) / 7) + 1, day + 1];
}

/** A number with zeros before it. */
export function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** What `strftime` needs besides the civil time. */
export interface ZonePart {
  readonly offset: string;
  readonly name: string;
}

/** Python's `strftime`; a directive that Python's C library does not have stays as it is. */
export function formatTime(micros: bigint, format: string, zone: ZonePart): string {
  const time = civilTime(micros);
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const [isoYear, isoWeek, isoDay] = isoCalendar(micros);
  const day = weekday(micros);
  const week = (first: number): string => padded(Math.floor((dayOfYear(micros) + 6 - ((day + 7 - first) % 7)) / 7), 2);
  const [dayName, monthName] = [weekdays[day] ?? "", monthNames[time.month - 1] ?? ""];
  const clock = `${padded(time.hour, 2)}:${padded(time.minute, 2)}:${padded(time.second, 2)}`;
  const date = `${padded(time.month, 2)}/${padded(time.day, 2)}/${padded(time.year % 100, 2)}`;
  const directives: Readonly<Record<string, string>> = {
    Y: String(time.year),
    y: padded(time.year % 100, 2),
    C: padded(Math.floor(time.year / 100), 2),
    m: padded(time.month, 2),
    d: padded(time.day, 2),
    e: String(time.day).padStart(2, " "),
    H: padded(time.hour, 2),
    I: padded(hour12, 2),
    M: padded(time.minute, 2),
    S: padded(time.second, 2),
    f: padded(time.microsecond, 6),
    p: time.hour < 12 ? "AM" : "PM",
    j: padded(dayOfYear(micros), 3),
    a: dayName.slice(0, 3),
    A: dayName,
    b: monthName.slice(0, 3),
    h: monthName.slice(0, 3),
    B: monthName,
    w: String((day + 1) % 7),
    u: String(day + 1),
    U: week(6),
    W: week(0),
    G: padded(isoYear, 4),
    V: padded(isoWeek, 2),
    F: `${String(time.year)}-${padded(time.month, 2)}-${padded(time.day, 2)}`,
    T: clock,
    X: clock,
    R: clock.slice(0, 5),
    D: date,
    x: date,
    c: `${dayName.slice(0, 3)} ${monthName.slice(0, 3)} ${String(time.day).padStart(2, " ")} ${clock} ${time.year}`,
    z: zone.offset,
    Z: zone.name,
    s: String(micros / 1_000_000n),
    n: "\n",
    t: "\t",
    "%": "%",
  };
  const unpadded = (text: string): string => text.replace(/^0+(?=\d)/u, "");
  return format.replaceAll(/%(?<flag>-?)(?<letter>[\s\S])/gu, (whole, flag: string, letter: string) => {
    const text = Object.hasOwn(directives, letter) ? directives[letter] : undefined;
    if (text === undefined) return letter === "u" && isoDay > 0 ? String(isoDay) : whole;
    return flag === "-" ? unpadded(text.trimStart()) : text;
  });
}

const digits: Readonly<Record<string, string>> = {
  Y: String.raw`(\d{4})`,
  y: String.raw`(\d{2})`,
  m: String.raw`(\d{1,2})`,
  d: String.raw`(\d{1,2})`,
  H: String.raw`(\d{1,2})`,
  I: String.raw`(\d{1,2})`,
  M: String.raw`(\d{1,2})`,
  S: String.raw`(\d{1,2})`,
  f: String.raw`(\d{1,6})`,
  j: String.raw`(\d{1,3})`,
  p: "(am|pm)",
  b: `(${monthNames.map((name) => name.slice(0, 3)).join("|")})`,
  B: `(${monthNames.join("|")})`,
  a: `(${weekdays.map((name) => name.slice(0, 3)).join("|")})`,
  A: `(${weekdays.join("|")})`,
  z: String.raw`(Z|[-+]\d{2}:?\d{2}(?::?\d{2})?)`,
};

/** What a text says by a format: its civil time, and its distance to UTC in minutes where it tells one. */
export interface ParsedTime {
  readonly time: CivilTime;
  readonly offsetMinutes: number | undefined;
}

function offsetOf(text: string): number {
  if (text.toUpperCase() === "Z") return 0;
  const plain = text.replaceAll(":", "");
  const minutes = Number(plain.slice(1, 3)) * 60 + Number(plain.slice(3, 5));
  return text.startsWith("-") ? -minutes : minutes;
}

/** Python's `strptime`; a text that does not fit the format is the author's mistake. */
export function parseTime(text: string, format: string): ParsedTime {
  const letters: string[] = [];
  const expanded = format.replaceAll("%F", "%Y-%m-%d").replaceAll("%T", "%H:%M:%S");
  const pattern = expanded.replaceAll(
    /%(?<letter>[\s\S])|(?<space>\s+)|(?<other>[^%\s])/gu,
    (whole, letter?: string) => {
      if (letter === undefined)
        return /^\s/u.test(whole) ? String.raw`\s+` : whole.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
      if (letter === "%") return "%";
      const part = Object.hasOwn(digits, letter) ? digits[letter] : undefined;
      if (part === undefined) return raise("argument-type", `"%${letter}" is not a directive of a time.`);
      letters.push(letter);
      return part;
    },
  );
  const match = new RegExp(`^${pattern}$`, "iu").exec(text);
  if (match === null) return raise("argument-type", `The time "${text}" is not of the format "${format}".`);
  const found = new Map(letters.map((letter, index) => [letter, match[index + 1] ?? ""]));
  const number = (letter: string): number | undefined => {
    const value = found.get(letter);
    return value === undefined ? undefined : Number(value);
  };
  const month = (found.get("b") ?? found.get("B"))?.slice(0, 3).toLowerCase();
  const named = monthNames.findIndex((name) => name.slice(0, 3).toLowerCase() === month);
  const short = number("y");
  const hour12 = number("I");
  const isAfternoon = found.get("p")?.toLowerCase() === "pm";
  const time: CivilTime = {
    year: number("Y") ?? (short === undefined ? 1900 : short < 69 ? 2000 + short : 1900 + short),
    month: number("m") ?? (named < 0 ? 1 : named + 1),
    day: number("d") ?? 1,
    hour: number("H") ?? (hour12 === undefined ? 0 : (hour12 % 12) + (isAfternoon ? 12 : 0)),
    minute: number("M") ?? 0,
    second: number("S") ?? 0,
    microsecond: Number((found.get("f") ?? "0").padEnd(6, "0")),
  };
  const zone = found.get("z");
  return { time, offsetMinutes: zone === undefined ? undefined : offsetOf(zone) };
}
