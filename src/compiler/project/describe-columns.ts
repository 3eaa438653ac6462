import type { ColumnProperties } from "../../domain/model.ts";
import type { ColumnDeclaration } from "./column-declaration.ts";

/** Declared columns as resources carry them. */
export function describeColumns(columns: readonly ColumnDeclaration[] | undefined): readonly ColumnProperties[] {
  return (columns ?? []).map(({ name, description, dataType, tags, meta }) => ({
    name,
    description,
    dataType: dataType?.value,
    tags,
    meta,
  }));
}
