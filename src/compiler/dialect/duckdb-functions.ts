import type { Relation } from "../../domain/relation.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { prelude } from "../googlesql/prelude/prelude.ts";
import { identifier } from "./duckdb-text.ts";

/**
 * Makes the macros among these functions in the database of a relation, where every program that opens it finds them. What is
 * no SQL cannot be kept there: only sessions of tsdbt have it.
 */
export function createFunctions({ database }: Relation, functions: readonly string[]): readonly Sql[] {
  return functions.flatMap((name) => {
    const entry = prelude.get(name);
    if (entry?.kind !== "macro") return [];
    const definition = trustedSql(`${name}(${entry.parameters}) as ${entry.body}`);
    return [sql`create or replace macro ${identifier(database)}."main".${definition}`];
  });
}
