import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";

/** How statements compare the keys of two sides, each known by its alias. */
export interface KeyText {
  /** A column of one side. */
  readonly side: (alias: string, column: string) => Sql;
  /** That the key's columns are equal on both sides, which they never are where one is null. */
  readonly sameKey: (uniqueKey: readonly string[], sides: readonly [left: string, right: string]) => Sql;
}

/** The comparisons with the names that a dialect's `identifier` quotes. */
export function keyText(identifier: (name: string) => Sql): KeyText {
  const side: KeyText["side"] = (alias, column) => sql`${trustedSql(alias)}.${identifier(column)}`;
  return {
    side,
    sameKey: (uniqueKey, [left, right]) =>
      joinSql(
        uniqueKey.map((column) => sql`${side(left, column)} = ${side(right, column)}`),
        " and ",
      ),
  };
}

/** Conditions that hold together, the author's in brackets of their own. */
export function together(first: Sql, others: readonly Sql[]): Sql {
  return joinSql([first, ...others.map((condition) => sql`(${condition})`)], " and ");
}
