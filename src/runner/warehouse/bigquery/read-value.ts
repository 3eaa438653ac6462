import type { Column } from "../../../domain/column.ts";
import type { Data } from "../../../domain/data.ts";
import type { Row } from "../../../domain/script.ts";
import { listPart, part, textPart } from "./read-answer.ts";

/** A field of a result's schema, its type by GoogleSQL's name. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRepeated: boolean;
  readonly fields: readonly Field[];
}

const legacyNames: Readonly<Record<string, string>> = {
  INTEGER: "INT64",
  FLOAT: "FLOAT64",
  BOOLEAN: "BOOL",
  RECORD: "STRUCT",
  DECIMAL: "NUMERIC",
  BIGDECIMAL: "BIGNUMERIC",
};

/** The fields of a schema (https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema). */
export function readFields(schema: unknown): readonly Field[] {
  return listPart(schema, "fields").map((field) => {
    const type = textPart(field, "type") ?? "";
    return {
      name: textPart(field, "name") ?? "",
      type: legacyNames[type] ?? type,
      isRepeated: part(field, "mode") === "REPEATED",
      fields: readFields(field),
    };
  });
}

function fieldType({ type, isRepeated, fields }: Field): string {
  const inner = fields.map((field) => `${field.name} ${fieldType(field)}`).join(", ");
  const single = type === "STRUCT" ? `STRUCT<${inner}>` : type;
  return isRepeated ? `ARRAY<${single}>` : single;
}

/** Fields as columns, with GoogleSQL's types. */
export function columnsOfFields(fields: readonly Field[]): readonly Column[] {
  return fields.map((field) => ({ name: field.name, type: fieldType(field) }));
}

/** Microseconds since 1970 as `2022-10-31 23:59:59.123456+00`, the form in which a warehouse's instants are text. */
function instantText(micros: string): string {
  const value = BigInt(micros);
  const fraction = ((value % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((value - fraction) / 1000n)).toISOString().replace("T", " ").slice(0, 19);
  const digits = fraction === 0n ? "" : `.${fraction.toString().padStart(6, "0").replace(/0+$/u, "")}`;
  return `${seconds}${digits}+00`;
}

function readScalar(text: string, type: string): Data {
  switch (type) {
    case "INT64": {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : text;
    }
    case "FLOAT64": {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    case "BOOL":
      return text === "true";
    case "TIMESTAMP":
      return /^-?\d+$/u.test(text) ? instantText(text) : text;
    default:
      return text;
  }
}

function readCell(cell: unknown, field: Field): Data {
  const value = part(cell, "v");
  if (value === null || value === undefined) return null;
  if (field.isRepeated) {
    const single = { ...field, isRepeated: false };
    return Array.isArray(value) ? value.map((each: unknown) => readCell(each, single)) : [];
  }
  if (field.type === "STRUCT") return readRow(value, field.fields);
  return typeof value === "string" ? readScalar(value, field.type) : null;
}

/** A row of an answer, values exact: integers beyond 2^53, decimals, dates and times are text. */
export function readRow(row: unknown, fields: readonly Field[]): Row {
  const cells = listPart(row, "f");
  return Object.fromEntries(fields.map((field, index) => [field.name, readCell(cells[index], field)]));
}
