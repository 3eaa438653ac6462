import type { Column } from "../../../domain/column.ts";
import type { Granularity, Layout, Partitioning } from "../../../domain/layout.ts";
import { listPart, numberPart, part, textPart } from "./read-answer.ts";

const granularities: Readonly<Record<string, Granularity>> = { HOUR: "hour", DAY: "day", MONTH: "month", YEAR: "year" };
const dataTypes = { DATE: "date", TIMESTAMP: "timestamp", DATETIME: "datetime" } as const;

function readPartitioning(table: unknown, columns: readonly Column[]): Partitioning | undefined {
  const field = textPart(table, "timePartitioning", "field");
  const granularity = granularities[textPart(table, "timePartitioning", "type") ?? ""];
  if (granularity !== undefined && field === undefined) return { kind: "ingestion", field: "", granularity };
  if (granularity !== undefined && field !== undefined) {
    const type = columns.find(({ name }) => name.toLowerCase() === field.toLowerCase())?.type;
    const dataType = type === "TIMESTAMP" || type === "DATETIME" ? dataTypes[type] : "date";
    return { kind: "time", field, dataType, granularity };
  }
  const ranged = textPart(table, "rangePartitioning", "field");
  const [start, end, interval] = ["start", "end", "interval"].map((key) =>
    numberPart(table, "rangePartitioning", "range", key),
  );
  if (ranged === undefined || start === undefined || end === undefined || interval === undefined) return undefined;
  return { kind: "range", field: ranged, start, end, interval };
}

function readLabels(table: unknown): Layout["labels"] {
  const labels = part(table, "labels");
  if (typeof labels !== "object" || labels === null) return undefined;
  const entries = Object.entries(labels).map(([key, value]) => [key, String(value)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function readDays(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 86_400_000;
}

/** How a table lies, as BigQuery shows it (https://cloud.google.com/bigquery/docs/reference/rest/v2/tables). */
export function readLayout(table: unknown, columns: readonly Column[]): Layout {
  const clusterBy = listPart(table, "clustering", "fields").map(String);
  const requires = part(table, "requirePartitionFilter") ?? part(table, "timePartitioning", "requirePartitionFilter");
  return {
    partitioning: readPartitioning(table, columns),
    clusterBy: clusterBy.length === 0 ? undefined : clusterBy,
    requiresPartitionFilter: requires === true ? true : undefined,
    partitionExpirationDays: readDays(numberPart(table, "timePartitioning", "expirationMs")),
    labels: readLabels(table),
    kmsKeyName: textPart(table, "encryptionConfiguration", "kmsKeyName"),
  };
}
