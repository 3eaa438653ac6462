import { concatSql, joinSql, type Sql, sliceSql, sql, trustedSql } from "../../domain/sql.ts";

/** The query of an ephemeral model under the name by which its readers speak of it. */
export interface EphemeralQuery {
  readonly name: string;
  readonly query: Sql;
}

/** White space, comments, then a `with` and the white space behind it. */
const opening = /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*with(?:\s+recursive)?(?![\w$])\s*/iu;

/**
 * Puts the queries of ephemeral models in front of a reader's, exactly as dbt does (DBT_SEMANTICS §13): behind its own
 * `with`, or in one of their own before the first word or comment.
 */
export function injectEphemeral(query: Sql, ephemeral: readonly EphemeralQuery[]): Sql {
  if (ephemeral.length === 0) return query;
  const queries = joinSql(
    ephemeral.map((each) => sql` ${trustedSql(each.name)} as (\n${each.query}\n)`),
    ", ",
  );
  const { length } = query.text;
  const own = opening.exec(query.text)?.[0].length;
  if (own !== undefined) return concatSql([sliceSql(query, 0, own), sql`${queries}, `, sliceSql(query, own, length)]);
  const start = length - query.text.trimStart().length;
  return concatSql([sliceSql(query, 0, start), sql`with${queries} `, sliceSql(query, start, length)]);
}
