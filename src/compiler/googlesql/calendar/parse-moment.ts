import { monthNames } from "../../month-names.ts";
import { type Civil, daysOf, daysOfMonth, isDate } from "./civil.ts";
import { dayNames, type FormatElement, parseFormat } from "./format-civil.ts";
import { parseOffset } from "./parse-civil.ts";

/** What a text says in a format: a calendar and clock, and the zone it names (an offset, a name, or nothing). */
export interface ParsedMoment {
  readonly civil: Civil;
  readonly zone: string;
}

interface State {
  readonly text: string;
  at: number;
  year: number;
  century: number | undefined;
  yearOfCentury: number | undefined;
  month: number;
  day: number;
  dayOfYear: number | undefined;
  hour: number;
  isTwelveHour: boolean;
  isAfternoon: boolean | undefined;
  minute: number;
  second: number;
  micros: number;
  zone: string;
  epochSeconds: number | undefined;
}

function fail(state: State): never {
  throw new Error(`Failed to parse input string "${state.text}"`);
}

function read(state: State, pattern: RegExp): string {
  pattern.lastIndex = state.at;
  const found = pattern.exec(state.text)?.[0] ?? fail(state);
  state.at += found.length;
  return found;
}

function skipSpace(state: State): void {
  read(state, /\s*/uy);
}

function digits(state: State, most: 1 | 2 | 3 | 4): number {
  return Number(read(state, digitPatterns[most]));
}

const digitPatterns = { 1: /\d/uy, 2: /\d{1,2}/uy, 3: /\d{1,3}/uy, 4: /[+-]?\d{1,4}/uy } as const;

function name(state: State, names: readonly string[]): number {
  const rest = state.text.slice(state.at).toLowerCase();
  for (const long of [true, false])
    for (const [index, full] of names.entries()) {
      const wanted = (long ? full : full.slice(0, 3)).toLowerCase();
      if (!rest.startsWith(wanted)) continue;
      state.at += wanted.length;
      return index;
    }
  return fail(state);
}

/** Reads a text in a format of GoogleSQL's PARSE_… functions; what the format leaves out is that of 1970-01-01 00:00:00. */
export function parseMoment(format: string, text: string): ParsedMoment {
  const state: State = {
    text,
    at: 0,
    year: 1970,
    century: undefined,
    yearOfCentury: undefined,
    month: 1,
    day: 1,
    dayOfYear: undefined,
    hour: 0,
    isTwelveHour: false,
    isAfternoon: undefined,
    minute: 0,
    second: 0,
    micros: 0,
    zone: "",
    epochSeconds: undefined,
  };
  skipSpace(state);
  readParts(state, format);
  skipSpace(state);
  if (state.at !== text.length) fail(state);
  return { civil: civilFrom(state), zone: state.epochSeconds === undefined ? state.zone : "UTC" };
}

function readParts(state: State, format: string): void {
  for (const part of parseFormat(format))
    if (typeof part === "string") readLiteral(state, part);
    else readElement(state, part);
}

function readLiteral(state: State, literal: string): void {
  for (const character of literal) {
    if (/\s/u.test(character)) skipSpace(state);
    else if (state.text.startsWith(character, state.at)) state.at += character.length;
    else fail(state);
  }
}

function readElement(state: State, { modifier, letter }: FormatElement): void {
  switch (letter) {
    case "Y":
      state.year = modifier === "E4" ? Number(read(state, /\d{4}/uy)) : digits(state, 4);
      state.yearOfCentury = undefined;
      return;
    case "y":
      state.yearOfCentury = digits(state, 2);
      return;
    case "C":
      state.century = digits(state, 2);
      return;
    case "m":
      state.month = digits(state, 2);
      return;
    case "B":
    case "b":
    case "h":
      state.month = name(state, monthNames) + 1;
      return;
    case "d":
    case "e":
      if (letter === "e") skipSpace(state);
      state.day = digits(state, 2);
      state.dayOfYear = undefined;
      return;
    case "j":
      state.dayOfYear = digits(state, 3);
      return;
    case "A":
    case "a":
      name(state, dayNames);
      return;
    case "H":
    case "k":
      if (letter === "k") skipSpace(state);
      state.hour = digits(state, 2);
      state.isTwelveHour = false;
      return;
    case "I":
    case "l":
      if (letter === "l") skipSpace(state);
      state.hour = digits(state, 2);
      state.isTwelveHour = true;
      return;
    case "p":
    case "P":
      state.isAfternoon = read(state, /[ap]m/iuy).toLowerCase() === "pm";
      return;
    case "M":
      state.minute = digits(state, 2);
      return;
    case "S":
      state.second = digits(state, 2);
      if (modifier.startsWith("E") && modifier !== "E") readFraction(state, modifier.slice(1));
      return;
    case "s":
      state.epochSeconds = Number(read(state, /-?\d{1,12}/uy));
      return;
    case "z":
      state.zone = read(state, /[+-]\d{1,2}(?::?\d{2})?|[zZ]/uy);
      return;
    case "Z":
      state.zone = read(state, /UTC[+-]\d{1,2}(?::?\d{2})?|[A-Za-z][A-Za-z0-9_+\-/]*/uy).replace(/^UTC(?=[+-])/u, "");
      return;
    case "D":
    case "x":
      readParts(state, "%m/%d/%y");
      return;
    case "F":
      readParts(state, "%Y-%m-%d");
      return;
    case "T":
    case "X":
      readParts(state, "%H:%M:%S");
      return;
    case "R":
      readParts(state, "%H:%M");
      return;
    case "r":
      readParts(state, "%I:%M:%S %p");
      return;
    case "c":
      readParts(state, "%a %b %e %H:%M:%S %Y");
      return;
    case "n":
    case "t":
      skipSpace(state);
      return;
    case "%":
      readLiteral(state, "%");
      return;
    default:
      throw new Error(`The format element %${modifier}${letter} is not supported for parsing.`);
  }
}

/** A fraction behind the seconds: any number of digits up to six for `%E*S`, at most so many for `%E3S`. */
function readFraction(state: State, most: string): void {
  if (state.text[state.at] !== ".") return;
  const limit = most === "*" ? 6 : Number(most);
  const found = read(state, /\.\d*/uy).slice(1);
  const shown = found.slice(0, limit);
  if (most !== "*" && found.length > limit) state.at -= found.length - limit;
  state.micros = Number(shown.slice(0, 6).padEnd(6, "0"));
}

function civilFrom(state: State): Civil {
  if (state.epochSeconds !== undefined) {
    const days = Math.floor(state.epochSeconds / 86_400);
    return { days, micros: (state.epochSeconds - days * 86_400) * 1_000_000 };
  }
  const year = yearOf(state);
  const hour = hourOf(state);
  const { minute, second } = state;
  if (hour > 23 || minute > 59 || second > 60) fail(state);
  const days = dayOf(state, year);
  const micros = ((hour * 60 + minute) * 60 + second) * 1_000_000 + (second === 60 ? 0 : state.micros);
  return { days: days + Math.floor(micros / 86_400_000_000), micros: micros % 86_400_000_000 };
}

function yearOf({ year, century, yearOfCentury }: State): number {
  if (yearOfCentury !== undefined)
    return century === undefined ? yearOfCentury + (yearOfCentury < 69 ? 2000 : 1900) : century * 100 + yearOfCentury;
  return century === undefined ? year : century * 100;
}

function hourOf(state: State): number {
  const { hour, isTwelveHour, isAfternoon } = state;
  if (!isTwelveHour) return hour;
  if (hour < 1 || hour > 12) fail(state);
  return (hour % 12) + (isAfternoon === true ? 12 : 0);
}

function dayOf(state: State, year: number): number {
  if (state.dayOfYear !== undefined) {
    const length = 337 + daysOfMonth(year, 2);
    if (state.dayOfYear < 1 || state.dayOfYear > length) fail(state);
    return daysOf({ year, month: 1, day: 1 }) + state.dayOfYear - 1;
  }
  const date = { year, month: state.month, day: state.day };
  if (!isDate(date)) fail(state);
  return daysOf(date);
}

/** The elements that PARSE_… takes. */
const parsable = new Set("Y y C m B b h d e j A a H k I l p P M S s z Z D x F T X R r c n t %".split(" "));

/** The first element of a format that no PARSE_… function takes. */
export function unparsableElement(format: string): string | undefined {
  const found = parseFormat(format).find(
    (part) => typeof part !== "string" && (!parsable.has(part.letter) || /[_0^]/u.test(part.modifier)),
  );
  return found === undefined || typeof found === "string" ? undefined : `%${found.modifier}${found.letter}`;
}

/** The minutes east of UTC of a parsed zone; `undefined` if it is a name or absent. */
export function offsetOf(moment: ParsedMoment): number | undefined {
  return parseOffset(moment.zone);
}

const strict: Readonly<Record<string, readonly [pattern: string, duckdb: string]>> = {
  Y: [String.raw`\d{4}`, "%Y"],
  E4Y: [String.raw`\d{4}`, "%Y"],
  m: [String.raw`(0[1-9]|1[0-2])`, "%m"],
  d: [String.raw`(0[1-9]|[12]\d|3[01])`, "%d"],
  H: [String.raw`([01]\d|2[0-3])`, "%H"],
  M: [String.raw`[0-5]\d`, "%M"],
  S: [String.raw`[0-5]\d`, "%S"],
};

/** For formats of plain numbers: the texts that DuckDB's strptime reads as GoogleSQL does, and the format for it. */
export function strictFormat(format: string): { readonly pattern: string; readonly format: string } | undefined {
  const expanded = format.replaceAll("%F", "%Y-%m-%d").replaceAll("%T", "%H:%M:%S").replaceAll("%R", "%H:%M");
  const parts = parseFormat(expanded).map((part): readonly [string, string] | undefined => {
    if (typeof part !== "string") return strict[part.modifier + part.letter];
    return /^[-/:.,T ]+$/u.test(part) && !/\s\s/u.test(part) ? [part.replaceAll(".", String.raw`\.`), part] : undefined;
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  const letters = parts.map(([, duckdb]) => duckdb).filter((duckdb) => duckdb.startsWith("%"));
  if (new Set(letters).size !== letters.length || !letters.includes("%Y")) return undefined;
  return { pattern: parts.map(([pattern]) => pattern).join(""), format: parts.map(([, duckdb]) => duckdb).join("") };
}
