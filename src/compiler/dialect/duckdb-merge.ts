import type { MergeAction, MergeClause } from "../../domain/incremental.ts";
import type { Relation } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { MergeRows } from "./dialect.ts";
import { sameKey, side } from "./duckdb-text.ts";
import { together } from "./key-text.ts";
import { updatedColumns, whenWords } from "./merge-words.ts";
import { identifier, identifiers, lines, literal, relationText } from "./duckdb-text.ts";

/** The names by which dbt's authors know the two sides in conditions and expressions. */
const [dest, source] = ["DBT_INTERNAL_DEST", "DBT_INTERNAL_SOURCE"] as const;

function whole(mode: "by position" | "star", star: string): Sql {
  return trustedSql(mode === "star" ? star : "by position");
}

function actionText(action: MergeAction, rows: MergeRows): Sql {
  switch (action.kind) {
    case "update": {
      const values = updatedColumns(action, rows).map((column) => sql`${identifier(column)} = ${side(source, column)}`);
      const set = action.set.map(({ column, value }) => sql`${column} = ${value}`);
      return sql`update set\n  ${lines([...set, ...values], ",")}`;
    }
    case "updateWhole":
      return sql`update ${whole(action.mode, "set *")}`;
    case "insert": {
      const values = rows.columns.map((column) => side(source, column));
      return sql`insert (${identifiers(rows.columns)})\n  values (${joinSql(values, ", ")})`;
    }
    case "insertWhole":
      return sql`insert ${whole(action.mode, "*")}`;
    case "insertValues":
      return sql`insert (${joinSql(action.columns, ", ")})\n  values (${joinSql(action.values, ", ")})`;
    case "delete":
      return trustedSql("delete");
    case "doNothing":
      return trustedSql("do nothing");
    case "raise":
      return action.message === undefined ? trustedSql("error") : sql`error ${literal(action.message)}`;
  }
}

/** Rows that are equal already are not written again; where another clause would get them next, they are. */
function unlessEqual({ when, action }: MergeClause, rows: MergeRows): readonly Sql[] {
  if (action.kind !== "update" || action.set.length > 0) return [];
  if (rows.clauses.filter((clause) => clause.when === when).length > 1) return [];
  const values = updatedColumns(action, rows);
  const differs = values.map((column) => sql`${side(dest, column)} is distinct from ${side(source, column)}`);
  return [sql`\n  ${lines(differs, " or")}\n`];
}

function clauseText(clause: MergeClause, rows: MergeRows): Sql {
  const { when, conditions, action } = clause;
  if (action.kind === "update" && action.set.length === 0 && updatedColumns(action, rows).length === 0) return emptySql;
  return sql`\n${together(trustedSql(whenWords[when]), [...conditions, ...unlessEqual(clause, rows)])} then ${actionText(action, rows)}`;
}

/** See `Dialect`. */
export function merge(target: Relation, staged: TemporaryTable, rows: MergeRows): readonly Sql[] {
  const { uniqueKey, predicates, clauses } = rows;
  const isSame = uniqueKey.length === 0 ? trustedSql("false") : sameKey(uniqueKey, [dest, source]);
  return [
    sql`merge into ${relationText(target)} as ${trustedSql(dest)}
using ${identifier(staged.temporary)} as ${trustedSql(source)}
on ${together(isSame, predicates)}${joinSql(
      clauses.map((clause) => clauseText(clause, rows)),
      "",
    )}`,
  ];
}
