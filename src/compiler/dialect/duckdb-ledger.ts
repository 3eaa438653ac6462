import type { KnownTable, RecordedTable } from "../../domain/ledger.ts";
import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";
import { duckdb } from "./duckdb.ts";
import { createStaging, loadWindows, shownStagingColumns, windowRow } from "./duckdb-load.ts";
import { lines, literal, relationText } from "./duckdb-text.ts";
import type { LedgerDialect } from "./ledger-dialect.ts";

/** One of the ledger's tables. `ledger` names its database and schema; its identifier is not used. */
function ledgerTable(ledger: Relation, table: string): Sql {
  return relationText({ ...ledger, identifier: table });
}

function list(values: readonly string[]): Sql {
  return sql`[${joinSql(values.map(literal), ", ")}]::varchar[]`;
}

/** The last load time that the ledger knows, inside a statement. */
function lastLoad(ledger: Relation): Sql {
  return sql`(select coalesce(max(load_time), '-infinity'::timestamptz) from ${ledgerTable(ledger, "windows")})`;
}

function create(ledger: Relation): readonly Sql[] {
  return [
    ...duckdb.createSchema(ledger),
    sql`create table if not exists ${ledgerTable(ledger, "windows")} (
  source varchar not null, window_start timestamptz not null, load_time timestamptz not null, run_id varchar not null,
  object varchar not null, uri varchar not null, version varchar not null,
  rejects varchar, rejects_uri varchar, rejects_version varchar,
  fingerprint varchar not null, content_hash varchar not null, unknown_keys varchar not null,
  files bigint not null, "rows" bigint not null, rejected_files bigint not null, rejected_records bigint not null
)`,
    sql`create table if not exists ${ledgerTable(ledger, "rejected")} (
  source varchar not null, window_start timestamptz not null, file varchar not null, byte_offset bigint not null,
  kind varchar not null, reason varchar not null, record varchar
)`,
    sql`create table if not exists ${ledgerTable(ledger, "tables")} (
  unique_id varchar not null, "database" varchar not null, "schema" varchar not null, identifier varchar not null,
  sources varchar[] not null, follows_moves_of varchar[] not null, read_through timestamptz not null,
  run_id varchar not null
)`,
    sql`create table if not exists ${ledgerTable(ledger, "departures")} (
  unique_id varchar not null, "database" varchar not null, "schema" varchar not null, identifier varchar not null,
  source varchar not null, kind varchar not null, event_id varchar not null, event_day date not null,
  file varchar not null
)`,
  ];
}

/** Two targets may share a database: a model's table is another one in each. */
function removeRows(ledger: Relation, from: string, { uniqueId, relation }: KnownTable): Sql {
  return sql`delete from ${ledgerTable(ledger, from)}
where unique_id = ${literal(uniqueId)} and "schema" = ${literal(relation.schema)} and identifier = ${literal(relation.identifier)}`;
}

/** The table need not have been known: one that a model made before it was incremental is merged into as it stands. */
function recordMerged(ledger: Relation, table: RecordedTable, runId: string): readonly Sql[] {
  return [
    removeRows(ledger, "tables", table),
    sql`insert into ${ledgerTable(ledger, "tables")} values (
  ${literal(table.uniqueId)}, ${joinSql(
    [table.relation.database, table.relation.schema, table.relation.identifier].map(literal),
    ", ",
  )},
  ${list(table.sources)}, ${list(table.followsMovesOf)},
  ${lastLoad(ledger)},
  ${literal(runId)}
)`,
  ];
}

function recordRebuilt(ledger: Relation, table: RecordedTable, runId: string): readonly Sql[] {
  return [removeRows(ledger, "departures", table), ...recordMerged(ledger, table, runId)];
}

function forget(ledger: Relation, table: KnownTable): readonly Sql[] {
  return ["departures", "tables"].map((from) => removeRows(ledger, from, table));
}

function recordFingerprints(ledger: Relation, source: string, windows: readonly StagedWindow[]): readonly Sql[] {
  return windows.map((staged) => {
    const { start, values } = windowRow(staged);
    const updates = values.map(({ column, value }) => sql`${trustedSql(column)} = ${value}`);
    return sql`update ${ledgerTable(ledger, "windows")} set
  ${lines(updates, ",")}
where source = ${literal(source)} and window_start = ${start}`;
  });
}

/** The ledger on DuckDB: a row of it is written in the same transaction as what it records. */
export const duckdbLedger: LedgerDialect = {
  create,
  lastLoadTime: (ledger) => sql`select epoch_us(max(load_time)) as "load_time" from ${ledgerTable(ledger, "windows")}`,
  windows: (
    ledger,
    source,
  ) => sql`select epoch_ms(window_start) as "window_start_ms", * exclude (window_start, load_time)
from ${ledgerTable(ledger, "windows")}
where source = ${literal(source)}
order by window_start`,
  knownTables: (ledger) => sql`select unique_id, "database", "schema", identifier
from ${ledgerTable(ledger, "tables")}
order by unique_id, "schema", identifier`,
  departures: (ledger) => sql`select
  unique_id, "database", "schema", identifier, source, kind, cast(event_day as varchar) as "day",
  list_sort(list(distinct file)) as "files", count(distinct event_id) as "events"
from ${ledgerTable(ledger, "departures")}
group by all
order by unique_id, "schema", identifier, source, "day", kind`,
  rejected: (ledger, source) => sql`select
  source, strftime(window_start, '%Y-%m-%d %H:%M') as "window", file, byte_offset, kind, reason, record
from ${ledgerTable(ledger, "rejected")}
where source = ${literal(source)}
order by file, byte_offset, kind, reason`,
  recordRebuilt,
  recordMerged,
  forget,
  stagingColumns: shownStagingColumns,
  createStaging,
  fileLoads: () => [],
  loadWindows,
  recordFingerprints,
};
