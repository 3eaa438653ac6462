import { error, failed } from "../domain/diagnostic.ts";
import type { SourceFreshness } from "../domain/freshness.ts";
import type { Source } from "../domain/model.ts";
import { sql, sqlFrom, trustedSql } from "../domain/sql.ts";
import type { CompileContext } from "./compile-model.ts";
import { compileQuery } from "./compile-query.ts";
import { quotedName } from "./template/context/relation-value.ts";

function text(source: Source, key: string): string | undefined {
  const value = source.config[key];
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** The query for the newest row of a source whose age is limited. */
export function compileFreshness(source: Source, context: CompileContext): SourceFreshness | undefined {
  const { freshness: criteria, span, relation, sourceName, name } = source;
  if (criteria === undefined) return undefined;
  const field = text(source, "loaded_at_field");
  const own = text(source, "loaded_at_query");
  const message = `Nothing says when the rows of "${sourceName}.${name}" were loaded.`;
  const hint = "Give it a loaded_at_field, or a loaded_at_query.";
  if (field === undefined && own === undefined)
    return { source, criteria, query: failed(error("freshness", message, { span, hint })) };
  const { dialect } = context.settings;
  const where = criteria.filter === undefined ? sql`` : sql`\nwhere ${sqlFrom(span, criteria.filter)}`;
  const rendered =
    own === undefined
      ? sql`select max(${sqlFrom(span, field ?? "")}) as max_loaded_at\nfrom ${trustedSql(quotedName(relation, dialect))}${where}`
      : sql`select (\n${sqlFrom(span, own)}\n) as max_loaded_at`;
  const { catalog, translate } = context;
  const compiled = compileQuery(rendered, { dialect, catalog, translate, place: span });
  return { source, criteria, query: compiled.ok ? { ok: true, value: compiled.value.query } : compiled };
}
