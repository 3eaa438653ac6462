import type { Column } from "../../../domain/column.ts";
import type { Data } from "../../../domain/data.ts";
import { isDataList, isDataMap } from "../../../domain/data.ts";
import type { StatementResult } from "../../../domain/script.ts";
import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import { integerArgument } from "../methods/method.ts";
import { civilMicros, parseTime } from "../modules/civil.ts";
import { fixedZone } from "../modules/time-zone.ts";
import { timeValue } from "../modules/time-values.ts";
import { raise } from "../template-error.ts";
import { arrayOf, placeIn } from "../values/collection.ts";
import { fromData } from "../values/convert-data.ts";
import { dict } from "../values/dict.ts";
import { printFloat } from "../values/print-float.ts";
import { printValue, reprValue } from "../values/print-value.ts";
import { integer } from "../values/numeric.ts";
import { float, type HostObject, list, textOf, tuple, type Value } from "../values/value.ts";
import { namedAttributes } from "./named-attributes.ts";

/** The kinds of columns that dbt's tables know, by the engine's types. */
function columnKind(type: string): string {
  if (/^(?:.*INT(?:EGER)?|HUGEINT)$/u.test(type)) return "Integer";
  if (/^(?:DECIMAL|DOUBLE|FLOAT|REAL)/u.test(type)) return "Number";
  if (type === "DATE") return "Date";
  if (type.startsWith("TIMESTAMP")) return "DateTime";
  return type === "BOOLEAN" ? "Boolean" : "Text";
}

function momentValue(text: string, isInstant: boolean): Value {
  const fraction = text.includes(".") ? ".%f" : "";
  const { time } = parseTime(text.replace(/\+00$/u, ""), `%Y-%m-%d %H:%M:%S${fraction}`);
  return timeValue({ type: "datetime", micros: civilMicros(time), zone: isInstant ? fixedZone(0) : undefined });
}

function numberValue(data: Data): Value {
  if (typeof data === "number") return float(data);
  if (typeof data !== "string") return fromData(data);
  const value = Number(data);
  // A decimal whose digits a float does not keep stays as it is written.
  return Number.isFinite(value) && printFloat(value) === data ? float(value) : data;
}

/** A cell as dbt's tables have it: dates and times are those of Python, whole numbers are exact. */
function cellValue(data: Data, type: string): Value {
  if (data === null) return null;
  switch (columnKind(type)) {
    case "Integer":
      return typeof data === "string" && /^-?\d+$/u.test(data) ? integer(BigInt(data)) : fromData(data);
    case "Number":
      return numberValue(data);
    case "Date":
      return typeof data === "string" && /^\d{4}-\d{2}-\d{2}$/u.test(data)
        ? timeValue({ type: "date", micros: civilMicros(parseTime(data, "%Y-%m-%d").time) })
        : fromData(data);
    case "DateTime":
      return typeof data === "string" && /^\d{4}-\d{2}-\d{2} /u.test(data)
        ? momentValue(data, type.includes("TIME ZONE"))
        : fromData(data);
    default:
      return isDataList(data) || isDataMap(data) ? fromData(data) : printValue(fromData(data));
  }
}

interface TableParts {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

/** Values that are found by their place and by a name: the columns and rows of dbt's tables. */
function mapped(
  label: string,
  given: {
    readonly keys: readonly string[];
    readonly values: readonly Value[];
    readonly more?: Readonly<Record<string, Value>>;
  },
): HostObject {
  const { keys, values } = given;
  const find = (key: Value): Value | undefined => {
    const name = textOf(key);
    if (name !== undefined) return values[keys.indexOf(name)];
    const place = placeIn(key, values.length);
    return place === undefined ? undefined : values[place];
  };
  const pairs = (): readonly (readonly [string, Value])[] => keys.map((key, index) => [key, values[index] ?? null]);
  return {
    kind: "object",
    typeName: label === "Row" ? "a row" : "the parts of a table",
    print: () => `<agate.${label}: (${values.map((value) => reprValue(value)).join(", ")})>`,
    ...namedAttributes({
      values: callable("values", () => tuple(values)),
      keys: callable("keys", () => tuple(keys)),
      items: callable("items", () => list(pairs().map(([key, value]) => tuple([key, value])))),
      dict: callable("dict", () => dict(pairs())),
      get: callable("get", (call) => {
        const { key, default: fallback = null } = bindArguments(call, { required: ["key"], optional: ["default"] });
        const found = find(key);
        return found === undefined ? fallback : found;
      }),
      ...given.more,
    }),
    item: find,
    iterate: () => values,
    length: () => values.length,
  };
}

function columnPart({ columns, rows }: TableParts, index: number): HostObject {
  const name = columns[index]?.name ?? "";
  const values = rows.map((row) => row[index] ?? null);
  return mapped("Column", {
    keys: [],
    values,
    more: {
      name,
      values_distinct: callable("values_distinct", () => tuple([...new Set(values)])),
      values_without_nulls: callable("values_without_nulls", () => tuple(values.filter((value) => value !== null))),
    },
  });
}

function printedTable({ columns, rows }: TableParts): string {
  const widths = columns.map(({ name }, index) =>
    Math.max(name.length, ...rows.map((row) => printValue(row[index] ?? null).length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  return [
    line(columns.map(({ name }) => name)),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map((row) => line(row.map((cell) => (cell === null ? "" : printValue(cell))))),
  ].join("\n");
}

function schemaText(parts: TableParts): string {
  const kinds = parts.columns.map(({ name, type }) => [name, columnKind(type)] as const);
  return printedTable({
    columns: [
      { name: "column", type: "" },
      { name: "data_type", type: "" },
    ],
    rows: kinds,
  });
}

function chosenColumns(parts: TableParts, accept: (name: string) => boolean): HostObject {
  const places = parts.columns.flatMap(({ name }, index) => (accept(name) ? [index] : []));
  return tableOf({
    columns: places.flatMap((index) => parts.columns[index] ?? []),
    rows: parts.rows.map((row) => places.map((index) => row[index] ?? null)),
  });
}

function namesIn(value: Value): readonly string[] {
  const one = textOf(value);
  return one === undefined ? arrayOf(value).map(printValue) : [one];
}

function tableOf(parts: TableParts): HostObject {
  const { columns, rows } = parts;
  const names = columns.map(({ name }) => name);
  const rowValues = rows.map((cells) => mapped("Row", { keys: names, values: cells }));
  const attributes = namedAttributes({
    column_names: tuple(names),
    column_types: tuple(columns.map(({ type }) => columnKind(type))),
    columns: mapped("MappedSequence", { keys: names, values: names.map((_, index) => columnPart(parts, index)) }),
    rows: mapped("MappedSequence", { keys: [], values: rowValues }),
    select: callable("select", (call) => {
      const wanted = namesIn(bindArguments(call, { required: ["key"] }).key);
      return chosenColumns(parts, (name) => wanted.includes(name));
    }),
    exclude: callable("exclude", (call) => {
      const unwanted = namesIn(bindArguments(call, { required: ["key"] }).key);
      return chosenColumns(parts, (name) => !unwanted.includes(name));
    }),
    rename: callable("rename", (call) => {
      const given = namesIn(bindArguments(call, { required: ["column_names"] }).column_names);
      if (given.length !== columns.length) raise("argument-type", '"rename" takes a name for each column.');
      return tableOf({ columns: columns.map((column, index) => ({ ...column, name: given[index] ?? "" })), rows });
    }),
    limit: callable("limit", (call) => {
      const { count } = bindArguments(call, { required: ["count"] });
      return tableOf({ columns, rows: rows.slice(0, integerArgument(count, call)) });
    }),
    print_table: callable("print_table", () => printedTable(parts)),
  });
  return {
    kind: "object",
    typeName: "a table",
    print: () => schemaText(parts),
    ...attributes,
    iterate: () => rowValues,
    length: () => rows.length,
    isTrue: () => true,
  };
}

/** The result of a statement as a table, in the way of agate's, which dbt gives to templates. */
export function tableValue({ columns, rows }: StatementResult): HostObject {
  return tableOf({
    columns,
    rows: rows.map((row) => row.map((cell, index) => cellValue(cell, columns[index]?.type ?? ""))),
  });
}
