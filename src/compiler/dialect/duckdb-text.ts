import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, trustedSql } from "../../domain/sql.ts";

/** A quoted name. */
export function identifier(name: string): Sql {
  return trustedSql(`"${name.replaceAll('"', '""')}"`);
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
