import { parseArgs, type ParseArgsConfig } from "node:util";
import type { SampleSettings } from "./pulls.ts";

/** What the command line asks for, or the sentence that says why it cannot be understood. */
export type SampleRequest =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string }
  | { readonly kind: "example"; readonly out: string }
  | { readonly kind: "generate"; readonly out: string; readonly settings: SampleSettings };

interface NumberOption {
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly about: string;
}

function count(value: number, most: number, about: string): NumberOption {
  return { value, least: 1, most, whole: true, about };
}

function rate(value: number, about: string): NumberOption {
  return { value, least: 0, most: 1, whole: false, about };
}

const numbers = {
  days: count(61, 3660, "days to fill"),
  "files-per-day": count(1600, 86_400, "pulls a day"),
  "events-per-file": { value: 10, least: 0, most: 100_000, whole: false, about: "records a pull, on average" },
  users: count(20_000, 9_000_000, "people to draw from"),
  late: rate(0.03, "records that happened days or weeks before their pull"),
  duplicates: rate(0.01, "records sent once more, unchanged"),
  corrections: rate(0.005, "records sent once more, with another user or place"),
  moves: rate(0, "records sent once more, with a time on another day"),
  malformed: rate(0.001, "pulls that are no JSON array of objects"),
} as const satisfies Readonly<Record<string, NumberOption>>;

type NumberName = keyof typeof numbers;

const texts = {
  seed: { value: "aquatech", about: "any text; equal options make equal bytes" },
  start: { value: "2022-10-01", about: "the first day, in UTC" },
} as const;

function helpLine(option: string, about: string): string {
  return `  ${option.padEnd(26)}${about}\n`;
}

/** What `--help` prints. */
export const sampleHelp: string = [
  "Writes AquaTech pulls, DIR/YYYY-MM-DD/YYYYMMDD-HHMMSS.json, the same bytes on every machine.\n\n",
  "  npm run sample -- --out DIR [options]    as many as you like\n",
  "  npm run sample -- --example              the example project's raw_data, which must not be there yet\n\n",
  helpLine("--out DIR", "where to write; no day's folder is written twice"),
  ...Object.entries(texts).map(([name, { value, about }]) => helpLine(`--${name} ${value}`, about)),
  ...Object.entries(numbers).map(([name, { value, about }]) => helpLine(`--${name} ${String(value)}`, about)),
  helpLine("--help", "this text"),
  "\nThe values shown are those taken when an option is left out; rates are shares from 0 to 1.\n",
].join("");

class Wrong extends Error {}

function wholeOrAny(name: string, text: string, option: NumberOption): number {
  const value = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= option.least && value <= option.most) || (option.whole && !Number.isInteger(value))) {
    const kind = option.whole ? "a whole number" : "a number";
    const range = `from ${String(option.least)} to ${String(option.most)}`;
    throw new Wrong(`The option "--${name}" wants ${kind} ${range}, not "${text}".`);
  }
  return value;
}

function startDay(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  if (!exists || text < "1980" || text >= "2900") {
    throw new Wrong(`The option "--start" wants a day such as 2022-10-01 between 1980 and 2899, not "${text}".`);
  }
  return text;
}

/** The options given, by name; `true` where an option came without a value. */
function readGiven(args: readonly string[]): ReadonlyMap<string, string | true> {
  const valued = ["out", ...Object.keys(texts), ...Object.keys(numbers)];
  const flags = ["example", "help"];
  const options: ParseArgsConfig["options"] = {};
  for (const name of [...valued, ...flags]) {
    options[name] = { type: flags.includes(name) ? "boolean" : "string" };
  }
  const config: ParseArgsConfig = { args, options, strict: false, tokens: true };
  const given = new Map<string, string | true>();
  for (const token of parseArgs(config).tokens ?? []) {
    if (token.kind === "positional") {
      throw new Wrong(`No option takes "${token.value}"; "--help" shows what there is.`);
    }
    if (token.kind === "option-terminator") {
      continue;
    }
    if (!valued.includes(token.name) && !flags.includes(token.name)) {
      throw new Wrong(`There is no option "${token.rawName}"; "--help" shows what there is.`);
    }
    const forgotten = token.value?.startsWith("--") === true && token.inlineValue === false;
    if (valued.includes(token.name) && (token.value === undefined || forgotten)) {
      throw new Wrong(`The option "--${token.name}" wants a value.`);
    }
    if (flags.includes(token.name) && token.value !== undefined) {
      throw new Wrong(`The option "--${token.name}" takes no value.`);
    }
    given.set(token.name, token.value ?? true);
  }
  return given;
}

function readRequest(args: readonly string[]): SampleRequest {
  const given = readGiven(args);
  const text = (name: string): string | undefined => {
    const value = given.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const number = (name: NumberName): number => {
    const value = text(name);
    return value === undefined ? numbers[name].value : wholeOrAny(name, value, numbers[name]);
  };
  if (given.has("help")) {
    return { kind: "help" };
  }
  if (given.has("example")) {
    const other = [...given.keys()].find((name) => name !== "example" && name !== "out");
    if (other !== undefined) {
      throw new Wrong(`The example has fixed settings: "--${other}" does not go with "--example".`);
    }
    return { kind: "example", out: text("out") ?? "raw_data" };
  }
  const out = text("out");
  if (out === undefined || out === "") {
    throw new Wrong('The option "--out DIR" says where to write, and is missing.');
  }
  const settings: SampleSettings = {
    seed: text("seed") ?? texts.seed.value,
    start: startDay(text("start") ?? texts.start.value),
    days: number("days"),
    filesPerDay: number("files-per-day"),
    eventsPerFile: number("events-per-file"),
    users: number("users"),
    late: number("late"),
    duplicates: number("duplicates"),
    corrections: number("corrections"),
    moves: number("moves"),
    malformed: number("malformed"),
  };
  if (settings.duplicates + settings.corrections + settings.moves > 1) {
    throw new Wrong('The rates "--duplicates", "--corrections" and "--moves" are more than 1 together.');
  }
  return { kind: "generate", out, settings };
}

/** Reads the command line of `npm run sample`. */
export function parseSampleOptions(args: readonly string[]): SampleRequest {
  try {
    return readRequest(args);
  } catch (error) {
    if (error instanceof Wrong) {
      return { kind: "wrong", message: error.message };
    }
    throw error;
  }
}
