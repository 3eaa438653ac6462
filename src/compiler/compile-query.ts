import type { Column, ColumnLineage } from "../domain/column.ts";
import { type Checked, error, failed, passed } from "../domain/diagnostic.ts";
import type { CompiledQuery } from "../domain/model.ts";
import type { DialectName } from "../domain/settings.ts";
import type { Span } from "../domain/source-file.ts";
import { originalPlace, type Sql, trimSql } from "../domain/sql.ts";
import { significantText } from "./significant-text.ts";
import type { Catalog, Translate } from "./translation.ts";

/** A rendered query that is ready to run, and its columns and where they come from, as far as they are known. */
export interface QueryWithColumns {
  readonly query: CompiledQuery;
  readonly columns: readonly Column[] | undefined;
  readonly lineage: readonly ColumnLineage[] | undefined;
}

/** What a query is compiled with. `place` is where a fault is told that lies in no text of the author's. */
export interface QueryContext {
  readonly dialect: DialectName;
  readonly catalog: Catalog;
  readonly translate: Translate;
  readonly place: Span;
}

/** A rendered text that is one query, without the white space around it. */
export function checkQuery(rendered: Sql, { dialect, place }: Pick<QueryContext, "dialect" | "place">): Checked<Sql> {
  const text = trimSql(rendered);
  const significant = significantText(text.text, dialect);
  if (significant === undefined)
    return failed(error("empty-query", "There is no query in this file.", { span: place }));
  const last = significant.end - 1;
  if (text.text[last] === ";")
    return failed(
      error("semicolon", "A query does not end with a semicolon.", {
        span: originalPlace(text, last, last + 1)?.span ?? place,
        hint: "Take the semicolon away.",
      }),
    );
  return passed(text);
}

/** Makes a rendered text a query for the warehouse: translated where the author writes GoogleSQL, as it is where not. */
export function compileQuery(rendered: Sql, context: QueryContext): Checked<QueryWithColumns> {
  const { dialect, catalog, translate } = context;
  const checked = checkQuery(rendered, context);
  if (!checked.ok) return checked;
  const text = checked.value;
  if (dialect === "duckdb")
    return passed({ query: { text, statement: text, uses: [] }, columns: undefined, lineage: undefined });
  const translated = translate(text, catalog);
  if (!translated.ok) return translated;
  const { statement, columns, lineage, uses } = translated.value;
  return passed({ query: { text, statement, uses }, columns, lineage });
}
