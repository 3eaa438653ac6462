import { sql, trustedSql } from "../../domain/sql.ts";
import { identifier, identifiers, relationText } from "./duckdb-text.ts";
import { type SnapshotVerbs, snapshotVerbs } from "./snapshot-verbs.ts";

/** Snapshots on DuckDB: times are plain timestamps of UTC, and temporary tables are the session's. */
export const duckdbSnapshot: SnapshotVerbs = snapshotVerbs({
  identifier,
  identifiers,
  relationText,
  temporaryText: ({ temporary }) => identifier(temporary),
  putTemporary: (name, query) => sql`create or replace temporary table ${name} as (\n${query}\n)`,
  time: (microseconds) => trustedSql(`make_timestamp(${String(microseconds)})`),
  newest: (column) => sql`epoch_us(max(${column}))`,
  md5: (text) => sql`md5(${text})`,
  text: (value) => sql`cast(${value} as varchar)`,
});
