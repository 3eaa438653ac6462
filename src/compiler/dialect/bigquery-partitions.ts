import type { Partitioning } from "../../domain/layout.ts";
import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { StagedRows } from "./bigquery-incremental.ts";
import { partitionExpression } from "./bigquery-layout.ts";
import { identifiers, literal, relationText, side, temporaryText } from "./bigquery-text.ts";
import type { OverwrittenRows } from "./dialect.ts";
import type { PartitionRange, PartitionSet } from "./partition-ranges.ts";

/** How a partition is known by the value of a column. */
type ByColumn = Exclude<Partitioning, { kind: "ingestion" }>;

/** The number by which a partition is asked for: that with which it begins, or seconds since 1970. */
function partitionNumber(partitioning: ByColumn): Sql {
  if (partitioning.kind === "time") {
    const whole = partitionExpression(partitioning);
    return sql`unix_seconds(timestamp(${whole}))`;
  }
  const field = side("staged", partitioning.field);
  const [start, interval] = [partitioning.start, partitioning.interval].map((each) => trustedSql(String(each)));
  if (start === undefined || interval === undefined) throw new Error("a range has a start and an interval");
  return sql`${field} - mod(${field} - ${start}, ${interval})`;
}

/** See `PartitionVerbs`. */
export function partitionsOf({ staged, scratch }: StagedRows, partitioning: ByColumn): Sql {
  return sql`select distinct ${partitionNumber(partitioning)} as \`partition\`
from ${temporaryText(staged, scratch)} as staged
order by 1`;
}

function valueText(value: number, partitioning: ByColumn): Sql {
  if (partitioning.kind === "range") return trustedSql(String(value));
  const text = new Date(value).toISOString();
  const date = text.slice(0, 10);
  const instant = `${date} ${text.slice(11, 19)}`;
  switch (partitioning.dataType) {
    case "date":
      return sql`date ${literal(date)}`;
    case "datetime":
      return sql`datetime ${literal(instant)}`;
    case "timestamp":
      return sql`timestamp ${literal(`${instant}+00`)}`;
  }
}

/**
 * See `PartitionVerbs`. BigQuery prunes by comparisons of the column itself with literals, not by those of a function of it
 * (BIGQUERY §5).
 */
export function inPartitions(alias: string, { ranges, hasNull }: PartitionSet, partitioning: ByColumn): Sql {
  const field = side(alias, partitioning.field);
  const within = ({ start, end }: PartitionRange): Sql =>
    sql`(${field} >= ${valueText(start, partitioning)} and ${field} < ${valueText(end, partitioning)})`;
  const conditions = [...ranges.map(within), ...(hasNull ? [sql`${field} is null`] : [])];
  return conditions.length === 0 ? trustedSql("false") : joinSql(conditions, " or ");
}

/** The partitions that the author names, as BigQuery knows those of the table. */
export function inListed(alias: string, listed: readonly Sql[], partitioning: ByColumn): Sql {
  const field = side(alias, partitioning.field);
  const isWhole =
    partitioning.kind === "time" && partitioning.dataType === "date" && partitioning.granularity === "day";
  const whole =
    partitioning.kind === "range" || isWhole
      ? field
      : sql`${trustedSql(`${partitioning.dataType}_trunc`)}(${field}, ${trustedSql(partitioning.granularity)})`;
  return sql`${whole} in (${joinSql(listed, ", ")})`;
}

/** See `PartitionVerbs`. One statement, so that no reader sees a partition without its rows. */
export function overwritePartitions(
  target: Relation,
  { staged, scratch }: StagedRows,
  { columns, where }: OverwrittenRows,
): readonly Sql[] {
  const values = columns.map((column) => side("DBT_INTERNAL_SOURCE", column));
  return [
    sql`merge into ${relationText(target)} as DBT_INTERNAL_DEST
using ${temporaryText(staged, scratch)} as DBT_INTERNAL_SOURCE
on false
when not matched by source and (${where}) then delete
when not matched then insert (${identifiers(columns)})
  values (${joinSql(values, ", ")})`,
  ];
}
