import { sql, trustedSql } from "../../domain/sql.ts";
import { putTemporary } from "./bigquery-replace.ts";
import { identifier, identifiers, relationText, type Scratch, temporaryText } from "./bigquery-text.ts";
import { type SnapshotVerbs, snapshotVerbs } from "./snapshot-verbs.ts";

/** Snapshots on BigQuery, whose scripts keep their tables in the scratch dataset. */
export function bigquerySnapshot(scratch: Scratch): SnapshotVerbs {
  return snapshotVerbs({
    identifier,
    identifiers,
    relationText,
    temporaryText: (table) => temporaryText(table, scratch),
    putTemporary,
    time: (microseconds) => trustedSql(`timestamp_micros(${String(microseconds)})`),
    newest: (column) => sql`unix_micros(max(cast(${column} as timestamp)))`,
    md5: (text) => sql`to_hex(md5(${text}))`,
    text: (value) => sql`cast(${value} as string)`,
  });
}
