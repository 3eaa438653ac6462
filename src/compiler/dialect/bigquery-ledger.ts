import type { KnownTable, RecordedTable } from "../../domain/ledger.ts";
import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, sql } from "../../domain/sql.ts";
import { fileLoads } from "./bigquery-landing.ts";
import { createStaging, loadWindows } from "./bigquery-load.ts";
import { literal, relationText } from "./bigquery-text.ts";
import { renewWindows } from "./bigquery-windows.ts";
import type { Dialect } from "./dialect.ts";
import type { LedgerDialect } from "./ledger-dialect.ts";
import { stagingColumns } from "./staging-columns.ts";

function tableOf(ledger: Relation, table: string): Sql {
  return relationText({ ...ledger, identifier: table });
}

function list(values: readonly string[]): Sql {
  return sql`array<string>[${joinSql(values.map(literal), ", ")}]`;
}

function create(ledger: Relation, createSchema: Dialect["createSchema"]): readonly Sql[] {
  return [
    ...createSchema(ledger),
    sql`create table if not exists ${tableOf(ledger, "windows")} (
  source string not null, window_start timestamp not null, load_time timestamp not null, run_id string not null,
  object string not null, uri string not null, version string not null,
  rejects string, rejects_uri string, rejects_version string,
  fingerprint string not null, content_hash string not null, unknown_keys string not null,
  files int64 not null, \`rows\` int64 not null, rejected_files int64 not null, rejected_records int64 not null
)`,
    sql`create table if not exists ${tableOf(ledger, "rejected")} (
  source string not null, window_start timestamp not null, file string not null, byte_offset int64 not null,
  kind string not null, reason string not null, record string
)`,
    sql`create table if not exists ${tableOf(ledger, "tables")} (
  unique_id string not null, \`database\` string not null, \`schema\` string not null, identifier string not null,
  sources array<string>, follows_moves_of array<string>, read_through timestamp not null,
  run_id string not null
)`,
    sql`create table if not exists ${tableOf(ledger, "departures")} (
  unique_id string not null, \`database\` string not null, \`schema\` string not null, identifier string not null,
  source string not null, kind string not null, event_id string not null, event_day date not null,
  file string not null
)`,
  ];
}

/** Two targets may share a dataset of the ledger: a model's table is another one in each. */
function removeRows(ledger: Relation, from: string, { uniqueId, relation }: KnownTable): Sql {
  return sql`delete from ${tableOf(ledger, from)}
where unique_id = ${literal(uniqueId)} and \`schema\` = ${literal(relation.schema)} and identifier = ${literal(relation.identifier)}`;
}

/** The table need not have been known: one that a model made before it was incremental is merged into as it stands. */
function recordMerged(ledger: Relation, table: RecordedTable, runId: string): readonly Sql[] {
  const { uniqueId, relation, sources, followsMovesOf } = table;
  const names = [uniqueId, relation.database, relation.schema, relation.identifier].map(literal);
  return [
    removeRows(ledger, "tables", table),
    sql`insert into ${tableOf(ledger, "tables")}
  (unique_id, \`database\`, \`schema\`, identifier, sources, follows_moves_of, read_through, run_id)
select
  ${joinSql(names, ", ")}, ${list(sources)}, ${list(followsMovesOf)},
  coalesce(max(load_time), timestamp '0001-01-01 00:00:00+00'), ${literal(runId)}
from ${tableOf(ledger, "windows")}`,
  ];
}

/**
 * The ledger on BigQuery. A window's rows and its ledger row are one transaction; what a model's step records belongs to the
 * unit of the step. Its tables are small and none is divided, for each day may change each of them some hundred times.
 */
export function bigqueryLedger({ createSchema }: Pick<Dialect, "createSchema">): LedgerDialect {
  return {
    create: (ledger) => create(ledger, createSchema),
    lastLoadTime: (ledger) => sql`select unix_micros(max(load_time)) as load_time from ${tableOf(ledger, "windows")}`,
    windows: (
      ledger,
      source,
    ) => sql`select unix_millis(window_start) as window_start_ms, * except (window_start, load_time)
from ${tableOf(ledger, "windows")}
where source = ${literal(source)}
order by window_start_ms`,
    knownTables: (ledger) => sql`select unique_id, \`database\`, \`schema\`, identifier
from ${tableOf(ledger, "tables")}
order by unique_id, \`schema\`, identifier`,
    departures: (ledger) => sql`select
  unique_id, \`database\`, \`schema\`, identifier, source, kind, cast(event_day as string) as \`day\`,
  array_agg(distinct file order by file) as files, count(distinct event_id) as events
from ${tableOf(ledger, "departures")}
group by unique_id, \`database\`, \`schema\`, identifier, source, kind, \`day\`
order by unique_id, \`schema\`, identifier, source, \`day\`, kind`,
    rejected: (ledger, source) => sql`select
  source, format_timestamp('%Y-%m-%d %H:%M', window_start) as \`window\`, file, byte_offset, kind, reason, record
from ${tableOf(ledger, "rejected")}
where source = ${literal(source)}
order by file, byte_offset, kind, reason`,
    recordMerged,
    recordRebuilt: (ledger, table, runId) => [
      removeRows(ledger, "departures", table),
      ...recordMerged(ledger, table, runId),
    ],
    forget: (ledger, table) => ["departures", "tables"].map((from) => removeRows(ledger, from, table)),
    stagingColumns,
    createStaging,
    fileLoads,
    loadWindows,
    recordFingerprints: (ledger, source, windows) =>
      renewWindows({ ...ledger, identifier: "windows" }, source, windows),
  };
}
