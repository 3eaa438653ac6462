import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { identifier } from "./duckdb-text.ts";

/** A column of one side of a comparison, by the side's alias. */
export function side(alias: string, column: string): Sql {
  return sql`${trustedSql(alias)}.${identifier(column)}`;
}

/** That the key's columns are equal on both sides, which they never are where one is null. */
export function sameKey(uniqueKey: readonly string[], [left, right]: readonly [string, string]): Sql {
  return joinSql(
    uniqueKey.map((column) => sql`${side(left, column)} = ${side(right, column)}`),
    " and ",
  );
}

/** Conditions that hold together, the author's in brackets of their own. */
export function together(first: Sql, others: readonly Sql[]): Sql {
  return joinSql([first, ...others.map((condition) => sql`(${condition})`)], " and ");
}
