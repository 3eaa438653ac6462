import { loadTimeText } from "../../domain/load-time.ts";
import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";
import { identifier, identifiers, lines, literal, relationText } from "./bigquery-text.ts";
import type { WindowLoad } from "./ledger-dialect.ts";

/** An instant, in microseconds since the epoch. */
export function timestamp(micros: number): Sql {
  return sql`timestamp ${literal(loadTimeText(micros))}`;
}

/** The beginning of a window. */
export function windowStart({ window }: StagedWindow): Sql {
  return timestamp(window.startMs * 1000);
}

function number(value: number): Sql {
  return trustedSql(String(value));
}

/** The columns of a window's ledger row that say what was staged, with their types. */
function windowCells(staged: StagedWindow): readonly (readonly [column: string, type: string, value: Sql])[] {
  const { object, rejects } = staged;
  return [
    ["object", "string", literal(object.name)],
    ["uri", "string", literal(object.uri)],
    ["version", "string", literal(object.version)],
    ["rejects", "string", literal(rejects?.name ?? null)],
    ["rejects_uri", "string", literal(rejects?.uri ?? null)],
    ["rejects_version", "string", literal(rejects?.version ?? null)],
    ["fingerprint", "string", literal(staged.fingerprint)],
    ["content_hash", "string", literal(staged.contentHash)],
    ["unknown_keys", "string", literal(JSON.stringify(staged.unknownKeys))],
    ["files", "int64", number(staged.files)],
    ["rows", "int64", number(staged.rows)],
    ["rejected_files", "int64", number(staged.rejectedFiles)],
    ["rejected_records", "int64", number(staged.rejectedRecords)],
  ];
}

/** Ledger rows that take the place of those of the same windows: one statement to delete them, one to insert. */
export function recordWindows(
  table: Relation,
  windows: readonly WindowLoad[],
  { source, runId }: { readonly source: string; readonly runId: string },
): readonly Sql[] {
  const starts = joinSql(
    windows.map(({ staged }) => windowStart(staged)),
    ", ",
  );
  const [first] = windows;
  if (first === undefined) return [];
  const columns = ["source", "window_start", "load_time", "run_id", ...windowCells(first.staged).map(([name]) => name)];
  const rows = windows.map(
    ({ staged, loadTime }) =>
      sql`(${joinSql(
        [
          literal(source),
          windowStart(staged),
          timestamp(loadTime),
          literal(runId),
          ...windowCells(staged).map(([, , value]) => value),
        ],
        ", ",
      )})`,
  );
  return [
    sql`delete from ${relationText(table)} where source = ${literal(source)} and window_start in (${starts})`,
    sql`insert into ${relationText(table)} (${identifiers(columns)}) values\n  ${lines(rows, ",")}`,
  ];
}

/** What is new of windows whose content is as it was, in one statement. */
export function renewWindows(table: Relation, source: string, windows: readonly StagedWindow[]): readonly Sql[] {
  const [first] = windows;
  if (first === undefined) return [];
  const rows = windows.map((staged) => {
    const cells = windowCells(staged).map(([name, type, value]) => {
      const cast = value.text === "null" ? sql`cast(null as ${trustedSql(type)})` : value;
      return sql`${cast} as ${identifier(name)}`;
    });
    return sql`select ${windowStart(staged)} as window_start, ${joinSql(cells, ", ")}`;
  });
  const updates = windowCells(first).map(([name]) => sql`${identifier(name)} = staged.${identifier(name)}`);
  return [
    sql`merge into ${relationText(table)} as known
using (
  ${joinSql(rows, "\n  union all ")}
) as staged
on known.source = ${literal(source)} and known.window_start = staged.window_start
when matched then update set
  ${lines(updates, ",")}`,
  ];
}
