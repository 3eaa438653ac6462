import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, trustedSql } from "../../domain/sql.ts";
import { type KeyText, keyText } from "./key-text.ts";

/** A quoted name. */
export function identifier(name: string): Sql {
  return trustedSql(`"${name.replaceAll('"', '""')}"`);
}

/** The words that DuckDB keeps for itself, as `duckdb_keywords()` has them: reserved ones, and names of types and functions. */
const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check collate collation column columns concurrently constraint create cross default deferrable desc describe distinct do else end except false fetch for foreign freeze from full generated glob group having ilike in initially inner intersect into is isnull join lambda lateral leading left like limit map natural not notnull null offset on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning right select semi show similar some struct summarize symmetric table tablesample then to trailing true try_cast union unique unpack unpivot using variadic verbose when where window with`.split(
    " ",
  ),
);

/** A name as people write it: bare where it can stand so. */
export function plainName(name: string): Sql {
  return /^[a-z_][a-z0-9_]*$/iu.test(name) && !reserved.has(name.toLowerCase()) ? trustedSql(name) : identifier(name);
}

/** Names as people write them, with commas between. */
export function plainNames(names: readonly string[]): Sql {
  return joinSql(names.map(plainName), ", ");
}

/** Quoted names with commas between. */
export function identifiers(names: readonly string[]): Sql {
  return joinSql(names.map(identifier), ", ");
}

/** A text literal, or `null`. DuckDB knows no escapes but the doubled quote. */
export function literal(text: string | null): Sql {
  return trustedSql(text === null ? "null" : `'${text.replaceAll("'", "''")}'`);
}

/** A whole number. */
export function numberLiteral(value: number | bigint): Sql {
  return trustedSql(value.toString());
}

/** `"database"."schema"."identifier"`. */
export function relationText(relation: Relation): Sql {
  return joinSql([relation.database, relation.schema, relation.identifier].map(identifier), ".");
}

/** A list of one item a line. */
export function lines(items: readonly Sql[], separator: string): Sql {
  return joinSql(items, `${separator}\n  `);
}

const keys = keyText(identifier);

/** A column of one side of a comparison, by the side's alias. */
export const side: KeyText["side"] = keys.side;

/** That the key's columns are equal on both sides, which they never are where one is null. */
export const sameKey: KeyText["sameKey"] = keys.sameKey;

/** That a row of the target has the key of one of a table's. */
export const isReplaced: KeyText["isReplaced"] = keys.isReplaced;
