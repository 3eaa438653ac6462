import { type Diagnostic, error, warning } from "../../../domain/diagnostic.ts";
import { type MergeClause, plainMerge } from "../../../domain/incremental.ts";
import { type Row, rowsOf, type Script } from "../../../domain/script.ts";
import type { Sql } from "../../../domain/sql.ts";
import { readPartitions } from "../../dialect/partition-ranges.ts";
import { append } from "./append.ts";
import type { IncomingRows } from "./incoming-rows.ts";

function describeRepeated({ model }: IncomingRows, rows: readonly Row[]): Diagnostic {
  const list = rows.map(({ key }) => `(${typeof key === "string" ? key : JSON.stringify(key)})`).join(", ");
  // BigQuery refuses such a merge; DuckDB takes any one of the rows.
  const tell = model.dialect === "bigquery" ? error : warning;
  return tell("repeated-key", `The query of "${model.name}" has several rows for one unique_key: ${list}.`, {
    span: { file: model.file, start: 0, end: 0 },
    hint: "Make the rows unique, for example with qualify row_number() over (partition by …) = 1.",
  });
}

/** What is to be told of rows that repeat a key which the table has. */
export function* repeatedKeys(incoming: IncomingRows): Script<readonly Diagnostic[]> {
  const { model, materialization, staged, sql } = incoming;
  const { uniqueKey } = materialization;
  if (uniqueKey.length === 0 || materialization.predicates.length > 0) return [];
  const rows = yield* rowsOf(sql.dialect.repeatedKeys(model.relation, staged, uniqueKey));
  return rows.length === 0 ? [] : [describeRepeated(incoming, rows)];
}

/**
 * A condition on the table's rows that leaves out partitions which no row of the query is in, where the table is divided by a
 * column of the key: only then a row that has the key cannot lie in another one.
 */
function* pruning({ model, materialization, staged, sql }: IncomingRows): Script<readonly Sql[]> {
  const { partitions } = sql.dialect;
  const partitioning = model.layout?.partitioning;
  if (partitions === undefined || partitioning === undefined || partitioning.kind === "ingestion") return [];
  const isInKey = materialization.uniqueKey.some((name) => name.toLowerCase() === partitioning.field.toLowerCase());
  if (!isInKey) return [];
  const { ranges } = readPartitions(yield* rowsOf(partitions.of(staged, partitioning)), partitioning);
  // A null in a key matches nothing, so that rows without a value need not be looked for.
  return [partitions.within({ ranges, hasNull: false }, partitioning)];
}

/** Merges, and has the warehouse read no more of the table than what rows of the query may meet. */
export function* prunedMerge(rows: IncomingRows, clauses: readonly MergeClause[]): Script<readonly Sql[]> {
  const touchesOthers = clauses.some(({ when }) => when === "not matched by source");
  const pruned = touchesOthers ? [] : yield* pruning(rows);
  const { materialization } = rows;
  const predicates = [...materialization.predicates, ...pruned];
  return merge({ ...rows, materialization: { ...materialization, predicates } }, clauses);
}

/** Rows with a known key update the table's, the others are inserted, or what else the clauses say. */
function merge(rows: IncomingRows, clauses: readonly MergeClause[]): readonly Sql[] {
  const { model, materialization, staged, columns, sql } = rows;
  const { uniqueKey, predicates } = materialization;
  if (uniqueKey.length === 0 && clauses === plainMerge) return append(rows);
  return sql.dialect.merge(model.relation, staged, { uniqueKey, predicates, columns, clauses });
}
