import type { Catalog as QueryCatalog } from "../../compiler/googlesql/emit/context.ts";
import type { Catalog, Translate, Translation } from "../../compiler/translation.ts";
import { type Checked, type Diagnostic, failed, passed } from "../../domain/diagnostic.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Target } from "../../domain/settings.ts";
import type { Sql } from "../../domain/sql.ts";

/** The translator of GoogleSQL. Loading it takes a quarter of a second, so only what needs it does. */
export async function openTranslator(target: Target): Promise<Translate> {
  const translator = await (await import("../../compiler/googlesql/translator.ts")).openTranslator();
  return (query, catalog) => {
    const tables = queryCatalog(catalog, target);
    const translated = translator.translateQuery(query, { catalog: tables });
    if (!translated.ok) return target.type === "bigquery" ? asWritten(query, translated.diagnostics) : translated;
    const lineage = translated.value.lineage.map(({ column, sources }) => ({
      column,
      sources: sources.map((source) => ({ ...source, table: tables.find(source.table)?.relation ?? source.table })),
    }));
    if (target.type === "duckdb") return passed({ ...translated.value, lineage });
    return passed({ columns: translated.value.columns, lineage, statement: query, uses: [] });
  };
}

/** What is wrong in any GoogleSQL. The rest BigQuery may know better: it has functions and statements that DuckDB lacks. */
const sure: ReadonlySet<string> = new Set(["unknown-column", "ambiguous-column", "unknown-field", "ungrouped-column"]);

/** BigQuery gets the author's own text; a query that was not understood has columns that are not known. */
function asWritten(query: Sql, diagnostics: readonly Diagnostic[]): Checked<Translation> {
  const faults = diagnostics.filter(({ code }) => sure.has(code));
  if (faults.length > 0) return failed(...faults);
  return passed({ statement: query, columns: undefined, lineage: undefined, uses: [] });
}

function nameOf({ database, schema, identifier }: Relation): readonly string[] {
  return [database, schema, identifier];
}

/** A project's catalog as queries ask it: by names of one to three parts, of which the target gives those left out. */
function queryCatalog(catalog: Catalog, target: Target): QueryCatalog {
  return {
    find: (path) => {
      const [identifier = "", schema = target.schema, database = target.database] = path.toReversed();
      const table = catalog.find({ database, schema, identifier });
      return table === undefined ? undefined : { relation: nameOf(table.relation), columns: table.columns ?? [] };
    },
    names: () => Array.from(catalog.tables(), ({ relation }) => nameOf(relation).join(".")),
  };
}
