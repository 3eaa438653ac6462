/** A cell of a seed: NULL is `null`. */
export type Cell = string | null;

/** A column of a seed: its type in GoogleSQL and its cells as that type is written. */
export interface TypedCells {
  readonly type: string;
  readonly cells: readonly Cell[];
}

const mostInteger = 2n ** 63n;

function readInteger(text: string): string | undefined {
  const whole = /^([+-]?\d+)(?:\.0*)?$/u.exec(text)?.[1];
  if (whole === undefined) return undefined;
  const value = BigInt(whole.replace("+", ""));
  return value >= -mostInteger && value < mostInteger ? value.toString() : undefined;
}

function readFloat(text: string): string | undefined {
  // Digits beyond what 64 bits hold are no number to be rounded but an id to be kept.
  const isShort = text.replaceAll(/\D/gu, "").length <= 17 || /[.eE]/u.test(text);
  return isShort && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text) ? text : undefined;
}

function readDate(text: string): string | undefined {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

function readDatetime(text: string): string | undefined {
  const [, date = "", time = ""] =
    /^([\d-]+) (\d{2}:\d{2}:\d{2})$/u.exec(text) ??
    /^([\d-]+)T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)$/u.exec(text) ??
    [];
  const isTime = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?$/u.test(time);
  const iso = readDate(date);
  return iso === undefined || !isTime ? undefined : `${iso} ${time.length === 5 ? `${time}:00` : time}`;
}

function readBool(text: string): string | undefined {
  return /^(?:true|false)$/iu.test(text) ? text.toLowerCase() : undefined;
}

/** The types that dbt infers, in the order in which it tries them; what none of them reads is text. */
const inferred: readonly { readonly type: string; readonly read: (text: string) => string | undefined }[] = [
  { type: "INT64", read: readInteger },
  { type: "FLOAT64", read: readFloat },
  { type: "DATE", read: readDate },
  { type: "DATETIME", read: readDatetime },
  { type: "BOOL", read: readBool },
];

/** Only text may say `null`; anywhere else, and in a cell of nothing at all, it is NULL. */
function withNulls(cells: readonly string[]): readonly Cell[] {
  return cells.map((cell) => (/^\s*(?:null)?\s*$/iu.test(cell) ? null : cell.trim()));
}

function asText(cells: readonly string[]): readonly Cell[] {
  return cells.map((cell) => (cell === "" ? null : cell));
}

const textTypes: ReadonlySet<string> = new Set(["STRING", "TEXT", "VARCHAR", "CHAR"]);

/** The cells of a column whose type the author gives. */
export function cellsOfType(type: string, cells: readonly string[]): TypedCells {
  const isText = textTypes.has(type.toUpperCase().replace(/\s*\(.*$/u, ""));
  return { type, cells: isText ? asText(cells) : withNulls(cells) };
}

/** The type of a column, from all of its cells: dbt's inference, but for signs of money, parts of a hundred and the like. */
export function inferType(cells: readonly string[]): TypedCells {
  const values = withNulls(cells);
  for (const { type, read } of inferred) {
    const typed = values.map((cell) => (cell === null ? null : read(cell)));
    if (!typed.includes(undefined)) return { type, cells: typed.map((cell) => cell ?? null) };
  }
  return { type: "STRING", cells: asText(cells) };
}
