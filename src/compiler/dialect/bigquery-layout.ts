import type { Granularity, Layout, Partitioning } from "../../domain/layout.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { identifier, identifiers, literal } from "./bigquery-text.ts";

const truncations = { date: "date_trunc", timestamp: "timestamp_trunc", datetime: "datetime_trunc" } as const;

/** What a column is divided by, where it is not its very value. */
function truncated(field: Sql, dataType: keyof typeof truncations, granularity: Granularity): Sql {
  if (dataType === "date" && granularity === "day") return field;
  return sql`${trustedSql(truncations[dataType])}(${field}, ${trustedSql(granularity)})`;
}

/** What a table is divided by. */
export function partitionExpression(partitioning: Partitioning): Sql {
  switch (partitioning.kind) {
    case "time":
      return truncated(identifier(partitioning.field), partitioning.dataType, partitioning.granularity);
    case "range": {
      const bounds = [partitioning.start, partitioning.end, partitioning.interval].map(String).join(", ");
      return sql`range_bucket(${identifier(partitioning.field)}, generate_array(${trustedSql(bounds)}))`;
    }
    case "ingestion":
      return partitioning.granularity === "day"
        ? trustedSql("_PARTITIONDATE")
        : truncated(trustedSql("_PARTITIONTIME"), "timestamp", partitioning.granularity);
  }
}

function pairs(map: Readonly<Record<string, string>>): Sql {
  return sql`[${joinSql(
    Object.entries(map).map(([key, value]) => sql`(${literal(key)}, ${literal(value)})`),
    ", ",
  )}]`;
}

/** What a table or view is given besides rows. */
interface RelationOption {
  readonly name: string;
  readonly value: Sql;
}

/** The options that tables and views share. */
function sharedOptions({ labels, tags, hoursToExpiration }: Layout): readonly RelationOption[] {
  return [
    ...(hoursToExpiration === undefined
      ? []
      : [
          {
            name: "expiration_timestamp",
            value: trustedSql(`timestamp_add(current_timestamp(), interval ${hoursToExpiration} hour)`),
          },
        ]),
    ...(labels === undefined ? [] : [{ name: "labels", value: pairs(labels) }]),
    ...(tags === undefined ? [] : [{ name: "tags", value: pairs(tags) }]),
  ];
}

/** The options of a table; those of partitions stand only where there are partitions. */
function tableOptionsOf(layout: Layout): readonly RelationOption[] {
  const { partitioning, requiresPartitionFilter, partitionExpirationDays, kmsKeyName, keepsHistory } = layout;
  const isPartitioned = partitioning !== undefined;
  return [
    ...sharedOptions(layout),
    ...(kmsKeyName === undefined ? [] : [{ name: "kms_key_name", value: literal(kmsKeyName) }]),
    ...(isPartitioned && requiresPartitionFilter !== undefined
      ? [{ name: "require_partition_filter", value: trustedSql(String(requiresPartitionFilter)) }]
      : []),
    ...(isPartitioned && partitionExpirationDays !== undefined
      ? [{ name: "partition_expiration_days", value: trustedSql(String(partitionExpirationDays)) }]
      : []),
    ...(keepsHistory === undefined ? [] : [{ name: "enable_change_history", value: trustedSql(String(keepsHistory)) }]),
  ];
}

/** `options (…)`, or nothing where there are none. */
function optionList(options: readonly RelationOption[]): Sql {
  if (options.length === 0) return emptySql;
  return sql`options (${joinSql(
    options.map(({ name, value }) => sql`${trustedSql(name)} = ${value}`),
    ", ",
  )})`;
}

/** What stands between a table's name, or its columns, and its query: each clause on a line of its own. */
export function tableClauses(layout: Layout | undefined): Sql {
  if (layout === undefined) return emptySql;
  const { partitioning, clusterBy = [] } = layout;
  const options = optionList(tableOptionsOf(layout));
  const clauses = [
    ...(partitioning === undefined ? [] : [sql`partition by ${partitionExpression(partitioning)}`]),
    ...(clusterBy.length === 0 ? [] : [sql`cluster by ${identifiers(clusterBy)}`]),
    ...(options === emptySql ? [] : [options]),
  ];
  return joinSql(
    clauses.map((clause) => sql`\n${clause}`),
    "",
  );
}

/** What stands between a view's name and its query. */
export function viewClauses(layout: Layout | undefined): Sql {
  const options = layout === undefined ? [] : sharedOptions(layout);
  return options.length === 0 ? emptySql : sql`\n${optionList(options)}`;
}
