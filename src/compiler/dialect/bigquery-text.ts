import type { Relation } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import { joinSql, type Sql, trustedSql } from "../../domain/sql.ts";
import { type KeyText, keyText } from "./key-text.ts";
import { quotedIdentifier } from "../template/context/relation-value.ts";
import { quotedText } from "../template/context/string-literal.ts";

/** A quoted name. */
export function identifier(name: string): Sql {
  return trustedSql(quotedIdentifier(name, "bigquery"));
}

/** Quoted names with commas between. */
export function identifiers(names: readonly string[]): Sql {
  return joinSql(names.map(identifier), ", ");
}

/** A text literal, or `null`. */
export function literal(text: string | null): Sql {
  return trustedSql(text === null ? "null" : quotedText(text, "bigquery"));
}

/** `` `project`.`dataset`.`identifier` ``: every statement names tables in full. */
export function relationText({ database, schema, identifier: name }: Relation): Sql {
  return joinSql([database, schema, name].map(identifier), ".");
}

/** The same relation under another name in its dataset. */
export function besides(relation: Relation, suffix: string): Relation {
  return { ...relation, identifier: `${relation.identifier}${suffix}` };
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

/** The dataset that tables of scripts lie in meanwhile. */
export type Scratch = Pick<Relation, "database" | "schema">;

/** A table of a script, which lies in the scratch dataset. */
export function temporaryText({ temporary }: TemporaryTable, scratch: Scratch): Sql {
  return relationText({ ...scratch, identifier: temporary });
}
