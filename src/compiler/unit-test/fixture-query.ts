import type { Column } from "../../domain/column.ts";
import type { Data } from "../../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { DialectName } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { FixtureRow } from "../../domain/unit-test.ts";
import { didYouMean } from "../nearest-name.ts";
import { quotedIdentifier } from "../template/context/relation-value.ts";
import { quotedText } from "../template/context/string-literal.ts";

function literal(value: Data | undefined, dialect: DialectName): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return quotedText(typeof value === "string" ? value : JSON.stringify(value), dialect);
}

function cell(value: Data | undefined, { name, type }: Column, dialect: DialectName): Sql {
  return trustedSql(`cast(${literal(value, dialect)} as ${type}) as ${quotedIdentifier(name, dialect)}`);
}

/** What a fixture's rows are for: whose columns they have, and where a fault is told. */
export interface FixtureTarget {
  /** How messages speak of it. */
  readonly title: string;
  readonly columns: readonly Column[];
  readonly dialect: DialectName;
  readonly span: Span;
}

/** Values of a row by column, whatever the case of its keys. */
function byColumn(row: FixtureRow): ReadonlyMap<string, Data> {
  return new Map(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]));
}

/** Keys of rows that are no columns, each told once. */
export function unknownColumns(
  rows: readonly FixtureRow[],
  { title, columns, span }: Omit<FixtureTarget, "dialect">,
): readonly Diagnostic[] {
  const names = columns.map(({ name }) => name);
  const known = new Set(names.map((name) => name.toLowerCase()));
  const unknown = new Set(rows.flatMap(Object.keys).filter((key) => !known.has(key.toLowerCase())));
  return [...unknown].map((key) =>
    error("fixture-column", `There is no column "${key}" in ${title}.`, {
      span,
      hint: didYouMean(key, names) ?? `Its columns are ${names.map((name) => `"${name}"`).join(", ")}.`,
    }),
  );
}

/** A query that gives the rows of a fixture, typed as the columns that they stand in for; what a row does not name is NULL. */
export function fixtureQuery(rows: readonly FixtureRow[], target: FixtureTarget): Checked<Sql> {
  const { columns, dialect } = target;
  const faults = unknownColumns(rows, target);
  if (faults.length > 0) return failed(...faults);
  const select = (row: ReadonlyMap<string, Data>): Sql =>
    sql`select ${joinSql(
      columns.map((column) => cell(row.get(column.name.toLowerCase()), column, dialect)),
      ", ",
    )}`;
  if (rows.length === 0) return passed(sql`${select(new Map())} limit 0`);
  return passed(
    joinSql(
      rows.map((row) => select(byColumn(row))),
      "\nunion all\n",
    ),
  );
}
