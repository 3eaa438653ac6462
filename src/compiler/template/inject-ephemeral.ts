import { concatSql, joinSql, type Sql, sliceSql, sql, trustedSql } from "../../domain/sql.ts";

/** The query of an ephemeral model under the name by which its readers speak of it. */
export interface EphemeralQuery {
  readonly name: string;
  readonly query: Sql;
}

/** Where the first word of a query begins, behind white space and comments. */
function firstWord(text: string): number {
  const leading = /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/u.exec(text);
  return leading?.[0].length ?? 0;
}

/** Puts the queries of ephemeral models in front of a reader's, as dbt does: into its own `with`, or in one of their own (DBT_SEMANTICS §13). */
export function injectEphemeral(query: Sql, ephemeral: readonly EphemeralQuery[]): Sql {
  if (ephemeral.length === 0) return query;
  const queries = joinSql(
    ephemeral.map((each) => sql` ${trustedSql(each.name)} as (\n${each.query}\n)`),
    ", ",
  );
  const start = firstWord(query.text);
  const opening = /^with(?:\s+recursive)?(?=[\s(`"])/iu.exec(query.text.slice(start));
  const before = sliceSql(query, 0, start);
  if (opening === null) return concatSql([before, sql`with${queries} `, sliceSql(query, start, query.text.length)]);
  const at = start + opening[0].length;
  return concatSql([sliceSql(query, 0, at), sql`${queries}, `, sliceSql(query, at, query.text.length)]);
}
