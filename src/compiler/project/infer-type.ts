import type { DialectName } from "../../domain/settings.ts";

/** A cell of a seed: NULL is `null`. */
export type Cell = string | null;

/** A column of a seed: its type in the seed's dialect and its cells as that type is written. */
export interface TypedCells {
  readonly type: string;
  readonly cells: readonly Cell[];
}

/** What a column can be found to be, in the order in which dbt tries it; what nothing else reads is text. */
type Inferred = "integer" | "wideInteger" | "float" | "date" | "datetime" | "truth" | "text";

/** The names of the types: dbt-duckdb's in DuckDB's own dialect, but for whole numbers that its `integer` does not hold. */
const typeNames: Readonly<Record<DialectName, Readonly<Record<Inferred, string>>>> = {
  bigquery: {
    integer: "INT64",
    wideInteger: "INT64",
    float: "FLOAT64",
    date: "DATE",
    datetime: "DATETIME",
    truth: "BOOL",
    text: "STRING",
  },
  duckdb: {
    integer: "integer",
    wideInteger: "bigint",
    float: "double",
    date: "date",
    datetime: "timestamp",
    truth: "boolean",
    text: "varchar",
  },
};

const number = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<part>\d*))?(?:e(?<power>[+-]?\d{1,3}))?$/iu;

function plainDigits(text: string): string {
  return text.replaceAll(/(?<=\d)_(?=\d)/gu, "");
}

/** A number without a fraction, however it is written: `1.0` and `1.5e3` are whole. */
function readWhole(text: string): bigint | undefined {
  const { sign = "", whole = "", part = "", power = "0" } = number.exec(plainDigits(text))?.groups ?? {};
  const digits = `${whole}${part}`;
  if (digits === "") return undefined;
  const zeros = /0*$/u.exec(digits)?.[0].length ?? 0;
  const exponent = Number(power) - part.length + zeros;
  const significant = BigInt(`0${digits.slice(0, digits.length - zeros)}`);
  if (significant === 0n) return 0n;
  if (exponent < 0 || exponent > 18) return undefined;
  const value = significant * 10n ** BigInt(exponent);
  return sign === "-" ? -value : value;
}

function integerOf(bits: bigint): (text: string) => string | undefined {
  const bound = 2n ** (bits - 1n);
  return (text) => {
    const value = readWhole(text);
    return value !== undefined && value >= -bound && value < bound ? value.toString() : undefined;
  };
}

function readFloat(text: string): string | undefined {
  const plain = plainDigits(text);
  // Digits beyond what 64 bits hold are no number to be rounded but an id to be kept.
  const isShort = plain.replaceAll(/\D/gu, "").length <= 17 || /[.e]/iu.test(plain);
  return isShort && /\d/u.test(plain) && number.test(plain) ? plain : undefined;
}

function readDate(text: string): string | undefined {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

/** `2024-1-5 9:30:00`, or ISO 8601 with a `T`. An offset is passed over, as DuckDB passes it over when dbt has it read the file. */
function readDatetime(text: string): string | undefined {
  const [, date = "", time = "", fraction = ""] =
    /^(\d{4}-\d{1,2}-\d{1,2}) (\d{1,2}:\d{1,2}:\d{1,2})$/u.exec(text) ??
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/u.exec(text) ??
    [];
  const parts = time.split(":").map((part) => part.padStart(2, "0"));
  const [hour = "", minute = "", second = "00"] = parts;
  const iso = readDate(date);
  const isTime = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u.test(`${hour}:${minute}:${second}`);
  if (iso === undefined || !isTime || (fraction !== "" && parts.length < 3)) return undefined;
  return `${iso} ${hour}:${minute}:${second}${fraction.slice(0, 7)}`;
}

function readTruth(text: string): string | undefined {
  return /^(?:true|false)$/iu.test(text) ? text.toLowerCase() : undefined;
}

const readers: readonly { readonly inferred: Inferred; readonly read: (text: string) => string | undefined }[] = [
  { inferred: "integer", read: integerOf(32n) },
  { inferred: "wideInteger", read: integerOf(64n) },
  { inferred: "float", read: readFloat },
  { inferred: "date", read: readDate },
  { inferred: "datetime", read: readDatetime },
  { inferred: "truth", read: readTruth },
];

/** Only text may say `null`; anywhere else, and in a cell of nothing at all, it is NULL. */
function withNulls(cells: readonly string[]): readonly Cell[] {
  return cells.map((cell) => (/^\s*(?:null)?\s*$/iu.test(cell) ? null : cell.trim()));
}

function asText(cells: readonly string[]): readonly Cell[] {
  return cells.map((cell) => (cell === "" ? null : cell));
}

const textTypes: ReadonlySet<string> = new Set(["STRING", "TEXT", "VARCHAR", "CHAR", "BPCHAR", "CHARACTER VARYING"]);

/** Whether a type that the author gives takes any text as it is. */
export function isTextType(type: string): boolean {
  return textTypes.has(
    type
      .toUpperCase()
      .replace(/\s*\(.*$/u, "")
      .trim(),
  );
}

/** The cells of a column whose type the author gives. */
export function cellsOfType(type: string, cells: readonly string[]): TypedCells {
  return { type, cells: isTextType(type) ? asText(cells) : withNulls(cells) };
}

/** The type of a column, from all of its cells: dbt's inference, but for signs of money, parts of a hundred and the like. */
export function inferType(cells: readonly string[], dialect: DialectName): TypedCells {
  const values = withNulls(cells);
  const names = typeNames[dialect];
  for (const { inferred, read } of readers) {
    const typed = values.map((cell) => (cell === null ? null : read(cell)));
    if (!typed.includes(undefined)) return { type: names[inferred], cells: typed.map((cell) => cell ?? null) };
  }
  return { type: names.text, cells: asText(cells) };
}
