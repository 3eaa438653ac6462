import type { Column } from "../../domain/column.ts";
import type { IngestColumn, IngestSettings } from "../../domain/ingest-settings.ts";
import { loadTimeText } from "../../domain/load-time.ts";
import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { StagedObject, StagedWindow } from "../../domain/staged-window.ts";
import { duckdbType } from "./duckdb-type.ts";
import { identifier, lines, literal, numberLiteral, relationText } from "./duckdb-text.ts";
import type { BatchLoad, WindowLoad } from "./ledger-dialect.ts";
import { stagingColumns } from "./staging-columns.ts";

/**
 * What the statements of one batch speak of: the columns by role, the staging table, the ledger's tables. Names of columns are
 * the author's to choose, so those that only the statements use begin with `tsdbt_`.
 */
interface Names {
  readonly columns: readonly IngestColumn[];
  readonly id: Sql;
  readonly time: Sql;
  readonly file: Sql;
  readonly staging: Sql;
  readonly source: Sql;
  ledger(table: string): Sql;
}

function columnOfRole(settings: IngestSettings, role: IngestColumn["role"]): Sql {
  const found = settings.columns.find((column) => column.role === role);
  if (found === undefined) throw new Error(`ingest of ${settings.source} has no column of role ${role}`);
  return identifier(found.name);
}

function namesOf(ledger: Relation, { settings, staging }: BatchLoad): Names {
  return {
    columns: settings.columns,
    id: columnOfRole(settings, "id"),
    time: columnOfRole(settings, "eventTime"),
    file: columnOfRole(settings, "file"),
    staging: relationText(staging),
    source: literal(settings.source),
    ledger: (table) => relationText({ ...ledger, identifier: table }),
  };
}

function timestamp(text: string): Sql {
  return sql`timestamptz ${literal(text)}`;
}

function windowStart(staged: StagedWindow): Sql {
  return timestamp(loadTimeText(staged.window.startMs * 1000));
}

function readCsv(object: StagedObject, columns: readonly string[]): Sql {
  const types = columns.map((column) => sql`${literal(column)}: 'varchar'`);
  return sql`read_csv(
    ${literal(object.uri)},
    header = true, auto_detect = false, parallel = false, max_line_size = 268435456, new_line = '\\n',
    delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
    columns = {${joinSql(types, ", ")}}
  )`;
}

/** The columns of a window's row in the ledger that say what was staged. */
export function windowRow(staged: StagedWindow): {
  readonly start: Sql;
  readonly values: readonly { readonly column: string; readonly value: Sql }[];
} {
  const { object, rejects } = staged;
  const values = {
    object: literal(object.name),
    uri: literal(object.uri),
    version: literal(object.version),
    rejects: literal(rejects?.name ?? null),
    rejects_uri: literal(rejects?.uri ?? null),
    rejects_version: literal(rejects?.version ?? null),
    fingerprint: literal(staged.fingerprint),
    content_hash: literal(staged.contentHash),
    unknown_keys: literal(JSON.stringify(staged.unknownKeys)),
    files: numberLiteral(staged.files),
    '"rows"': numberLiteral(staged.rows),
    rejected_files: numberLiteral(staged.rejectedFiles),
    rejected_records: numberLiteral(staged.rejectedRecords),
  };
  return {
    start: windowStart(staged),
    values: Object.entries(values).map(([column, value]) => ({ column, value })),
  };
}

/** The content of an event, all but the pull's name, as one hash that tells NULL from empty text. */
function contentHash(columns: readonly IngestColumn[]): Sql {
  const cells = columns
    .filter(({ role }) => role !== "file")
    .map(({ name }) => sql`coalesce(length(${identifier(name)}) || ':' || ${identifier(name)}, '-')`);
  return sql`md5(
    ${joinSql(cells, "\n    || ")}
  )`;
}

function readWindow(names: Names, { staged, loadTime }: WindowLoad): readonly Sql[] {
  const { columns, file } = names;
  const cells = columns.map(({ name, role }) =>
    role === "eventTime" ? sql`cast(${identifier(name)} as timestamptz)` : identifier(name),
  );
  const start = windowStart(staged);
  return [
    sql`insert into incoming
select
  ${joinSql(cells, ", ")},
  ${start},
  row_number() over (partition by ${file} order by tsdbt_ordinal),
  ${contentHash(columns)},
  ${timestamp(loadTimeText(loadTime))}
from (
  select *, row_number() over () as tsdbt_ordinal
  from ${readCsv(
    staged.object,
    columns.map(({ name }) => name),
  )}
)`,
    // The CSV is read again by another program: what it reads has to be what was written.
    sql`select error('the warehouse reads another number of rows from ' || ${literal(staged.object.uri)} || ' than were staged')
where (select count(*) from incoming where window_start = ${start}) <> ${numberLiteral(staged.rows)}`,
  ];
}

/**
 * Of each event the first pull of the last unbroken run of pulls with one content, in the order of file and position: the
 * latest pull wins, and a pull that repeats the content before it changes nothing (SEED §8 decision 1).
 */
function currentVersions(names: Names): Sql {
  const { id, file } = names;
  return sql`select * exclude (tsdbt_previous_hash) from (
  select *, lag(content_hash) over (partition by ${id} order by ${file}, position) as tsdbt_previous_hash
  from ${names.staging}
  where ${id} in (select ${id} from touched)
)
where tsdbt_previous_hash is distinct from content_hash
qualify row_number() over (partition by ${id} order by ${file} desc, position desc) = 1`;
}

function temporary(name: string, query: Sql): Sql {
  return sql`create or replace temporary table ${trustedSql(name)} as (\n${query}\n)`;
}

/** Rows that stay as they were keep their load time, so that nothing downstream takes them for news. */
function replaceRows(names: Names, starts: Sql): readonly Sql[] {
  const { staging, id, file, columns } = names;
  const all = [...columns.map(({ name }) => name), "window_start", "position", "content_hash"];
  return [
    sql`delete from ${staging} where window_start in (${starts})`,
    sql`insert into ${staging}
select
  ${joinSql(
    all.map((column) => sql`incoming.${identifier(column)}`),
    ", ",
  )},
  coalesce(kept.dl_updated_at, incoming.tsdbt_load_time)
from incoming
left join (
  select window_start, ${file}, ${id}, content_hash, min(dl_updated_at) as dl_updated_at
  from replaced
  group by all
) as kept using (window_start, ${file}, ${id}, content_hash)
order by ${names.time}`,
  ];
}

/**
 * An event whose current version is now an older row (its newer pull was corrected or left) gets that row a new load time:
 * so the watermark of every model below sees each change of an event.
 */
function renewLoadTimes(names: Names, windows: readonly WindowLoad[]): readonly Sql[] {
  const { id, file } = names;
  const times = windows.map(({ loadTime }) => loadTime);
  const first = timestamp(loadTimeText(Math.min(...times)));
  const last = timestamp(loadTimeText(Math.max(...times)));
  return [
    sql`update ${names.staging} as staged set dl_updated_at = ${last}
from (
  select current.*
  from after_load as current
  left join before_load as previous using (${id})
  where current.dl_updated_at < ${first}
    and (current.${file}, current.content_hash) is distinct from (previous.${file}, previous.content_hash)
) as renewed
where staged.${id} = renewed.${id} and staged.window_start = renewed.window_start
  and staged.${file} = renewed.${file} and staged.position = renewed.position`,
  ];
}

/** Tells, for each incremental table that had read them, the events that left or moved to another day. */
function recordDepartures(names: Names): readonly Sql[] {
  const { id, time, file, source } = names;
  const departures = names.ledger("departures");
  return [
    sql`delete from ${departures} as departed using after_load as current
where departed.source = ${source} and departed.event_id = current.${id}
  and departed.event_day = cast(current.${time} as date)`,
    sql`insert into ${departures}
select
  known.unique_id, known."database", known."schema", known.identifier, ${source}, case when current.${id} is null then 'left' else 'moved' end,
  previous.${id}, cast(previous.${time} as date), previous.${file}
from before_load as previous
left join after_load as current using (${id})
join ${names.ledger("tables")} as known
  on list_contains(known.sources, ${source}) and previous.dl_updated_at <= known.read_through
where current.${id} is null
  or (
    cast(current.${time} as date) <> cast(previous.${time} as date)
    and not list_contains(known.follows_moves_of, ${source})
  )`,
  ];
}

function recordWindow(names: Names, load: WindowLoad, runId: string): readonly Sql[] {
  const { staged } = load;
  const { start, values } = windowRow(staged);
  const here = sql`source = ${names.source} and window_start = ${start}`;
  const columns = ["source", "window_start", "load_time", "run_id", ...values.map(({ column }) => column)];
  const cells = [
    names.source,
    start,
    timestamp(loadTimeText(load.loadTime)),
    literal(runId),
    ...values.map(({ value }) => value),
  ];
  const rejected = ["file", "byte_offset", "kind", "reason", "record"];
  return [
    sql`delete from ${names.ledger("windows")} where ${here}`,
    sql`insert into ${names.ledger("windows")} (
  ${trustedSql(columns.join(", "))}
) values (
  ${joinSql(cells, ", ")}
)`,
    sql`delete from ${names.ledger("rejected")} where ${here}`,
    ...(staged.rejects === undefined
      ? []
      : [
          sql`insert into ${names.ledger("rejected")}
select ${names.source}, ${start}, file, cast(byte_offset as bigint), kind, reason, record
from ${readCsv(staged.rejects, rejected)}`,
        ]),
  ];
}

/** DuckDB shows a `timestamptz` by its long name. */
const shownTypes: Readonly<Record<string, string>> = { timestamptz: "TIMESTAMP WITH TIME ZONE" };

/** The columns of the staging table as DuckDB shows them. */
export function shownStagingColumns(settings: IngestSettings): readonly Column[] {
  return stagingColumns(settings).map(({ name, type }) => {
    const own = duckdbType(type);
    return { name, type: shownTypes[own] ?? own.toUpperCase() };
  });
}

/** Makes the staging table, empty. The ledger's rows stay, for their load times must not be handed out again. */
export function createStaging(ledger: Relation, batch: BatchLoad): readonly Sql[] {
  const names = namesOf(ledger, batch);
  const columns = stagingColumns(batch.settings).map(
    ({ name, type }) => sql`${identifier(name)} ${trustedSql(duckdbType(type))}`,
  );
  return [
    sql`create or replace table ${names.staging} (\n  ${lines(columns, ",")}\n)`,
    sql`update ${names.ledger("windows")} set fingerprint = '', content_hash = '' where source = ${names.source}`,
  ];
}

/** Replaces the rows of the batch's windows in the staging table, and records windows, rejects and departures. */
export function loadWindows(ledger: Relation, batch: BatchLoad): readonly Sql[] {
  const names = namesOf(ledger, batch);
  const { id, staging } = names;
  const starts = joinSql(
    batch.windows.map(({ staged }) => windowStart(staged)),
    ", ",
  );
  return [
    temporary(
      "incoming",
      sql`select * exclude (dl_updated_at), dl_updated_at as tsdbt_load_time from ${staging} limit 0`,
    ),
    ...batch.windows.flatMap((load) => readWindow(names, load)),
    temporary("replaced", sql`select * from ${staging} where window_start in (${starts})`),
    temporary("touched", sql`select ${id} from incoming union select ${id} from replaced`),
    temporary("before_load", currentVersions(names)),
    ...replaceRows(names, starts),
    temporary("after_load", currentVersions(names)),
    ...renewLoadTimes(names, batch.windows),
    ...recordDepartures(names),
    ...batch.windows.flatMap((load) => recordWindow(names, load, batch.runId)),
    ...["incoming", "replaced", "touched", "before_load", "after_load"].map(
      (table) => sql`drop table ${trustedSql(table)}`,
    ),
  ];
}
