import type { Column } from "../../../domain/column.ts";
import { didYouMean } from "../../nearest-name.ts";
import type { CatalogTable } from "../emit/context.ts";
import { parseType } from "../read/parse-type.ts";
import { refuse } from "../refusal.ts";
import type { Name } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { type DataType, typeText } from "../type/data-type.ts";
import type { Value } from "../value.ts";

/** A column that a statement writes. */
export interface TargetColumn {
  readonly name: string;
  readonly type: DataType;
}

function targetColumn(column: Column): TargetColumn {
  return { name: column.name, type: parseType(column.type) };
}

/** All columns of a table as targets. */
export function allColumns(table: CatalogTable): readonly TargetColumn[] {
  return table.columns.map(targetColumn);
}

/** The column of a table that a statement names. */
export function findTarget(table: CatalogTable, name: Name): TargetColumn {
  const key = name.text.toLowerCase();
  const found = table.columns.find((column) => column.name.toLowerCase() === key);
  if (found !== undefined) return targetColumn(found);
  const known = table.columns.map((column) => column.name);
  refuse("unknown-column", `There is no column "${name.text}" in the table.`, name, didYouMean(name.text, known));
}

/** The value as one that a column takes: it must turn into the column's type by itself. */
export function assigned(value: Value, column: TargetColumn): Value {
  const fitted = coerce(value, column.type);
  if (fitted !== undefined) return fitted;
  refuse(
    value.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
    `The column "${column.name}" of type ${typeText(column.type)} cannot take a value of type ${typeText(value.type)}.`,
    value.place,
    `Write CAST(… AS ${typeText(column.type)}).`,
  );
}
