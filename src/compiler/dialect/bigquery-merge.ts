import type { MergeAction, MergeClause } from "../../domain/incremental.ts";
import type { Relation } from "../../domain/relation.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { StagedRows } from "./bigquery-incremental.ts";
import { identifier, identifiers, lines, relationText, sameKey, side, temporaryText } from "./bigquery-text.ts";
import { together } from "./key-text.ts";
import type { MergeRows } from "./dialect.ts";
import { updatedColumns, whenWords } from "./merge-words.ts";

/** The names by which dbt's authors know the two sides in conditions and expressions. */
const [dest, source] = ["DBT_INTERNAL_DEST", "DBT_INTERNAL_SOURCE"] as const;

/** What is done with a row; BigQuery passes rows over that no clause speaks of, and has no word for it. */
function actionText(action: MergeAction, rows: MergeRows): Sql | undefined {
  switch (action.kind) {
    case "update": {
      const values = updatedColumns(action, rows).map((column) => sql`${identifier(column)} = ${side(source, column)}`);
      const all = [...action.set.map(({ column, value }) => sql`${column} = ${value}`), ...values];
      return all.length === 0 ? undefined : sql`update set\n  ${lines(all, ",")}`;
    }
    case "updateWhole": {
      const values = rows.columns.map((column) => sql`${identifier(column)} = ${side(source, column)}`);
      return sql`update set\n  ${lines(values, ",")}`;
    }
    case "insert":
    case "insertWhole": {
      const values = rows.columns.map((column) => side(source, column));
      return sql`insert (${identifiers(rows.columns)})\n  values (${joinSql(values, ", ")})`;
    }
    case "insertValues":
      return sql`insert (${joinSql(action.columns, ", ")})\n  values (${joinSql(action.values, ", ")})`;
    case "delete":
      return trustedSql("delete");
    case "doNothing":
      return undefined;
    case "raise":
      throw new Error("a merge of BigQuery raises nothing: linking refuses such a clause");
  }
}

function clauseText(clause: MergeClause, rows: MergeRows): Sql {
  const action = actionText(clause.action, rows);
  if (action === undefined) return emptySql;
  return sql`\n${together(trustedSql(whenWords[clause.when]), clause.conditions)} then ${action}`;
}

/** See `Dialect`. Columns are always listed: a merge then does not hang on the order of a table's columns. */
export function merge(target: Relation, { staged, scratch }: StagedRows, rows: MergeRows): readonly Sql[] {
  const { uniqueKey, predicates, clauses } = rows;
  const isSame = uniqueKey.length === 0 ? trustedSql("false") : sameKey(uniqueKey, [dest, source]);
  return [
    sql`merge into ${relationText(target)} as ${trustedSql(dest)}
using ${temporaryText(staged, scratch)} as ${trustedSql(source)}
on ${together(isSame, predicates)}${joinSql(
      clauses.map((clause) => clauseText(clause, rows)),
      "",
    )}`,
  ];
}
