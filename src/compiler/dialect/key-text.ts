import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { ReplacedRows } from "./dialect.ts";

/** How statements compare the keys of two sides, each known by its alias. */
export interface KeyText {
  /** A column of one side. */
  readonly side: (alias: string, column: string) => Sql;
  /** That the key's columns are equal on both sides, which they never are where one is null. */
  readonly sameKey: (uniqueKey: readonly string[], sides: readonly [left: string, right: string]) => Sql;
  /**
   * That a row of `DBT_INCREMENTAL_TARGET` has the key of one of the table's. An expression is compared as dbt does: one of
   * several columns is a row, whose nulls are equal (DBT_SEMANTICS §5.4).
   */
  readonly isReplaced: (staged: Sql, key: Pick<ReplacedRows, "uniqueKey" | "keyExpression">) => Sql;
}

/** The comparisons with the names that a dialect's `identifier` quotes. */
export function keyText(identifier: (name: string) => Sql): KeyText {
  const side: KeyText["side"] = (alias, column) => sql`${trustedSql(alias)}.${identifier(column)}`;
  const sameKey: KeyText["sameKey"] = (uniqueKey, [left, right]) =>
    joinSql(
      uniqueKey.map((column) => sql`${side(left, column)} = ${side(right, column)}`),
      " and ",
    );
  return {
    side,
    sameKey,
    isReplaced: (staged, { uniqueKey, keyExpression }) =>
      keyExpression === undefined
        ? sql`exists (
  select 1 from ${staged} as staged where ${sameKey(uniqueKey, ["staged", "DBT_INCREMENTAL_TARGET"])}
)`
        : sql`(${keyExpression}) in (select (${keyExpression}) from ${staged})`,
  };
}

/** Conditions that hold together, the author's in brackets of their own. */
export function together(first: Sql, others: readonly Sql[]): Sql {
  return joinSql([first, ...others.map((condition) => sql`(${condition})`)], " and ");
}
