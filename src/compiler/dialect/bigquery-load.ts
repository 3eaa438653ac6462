import type { IngestColumn } from "../../domain/ingest-settings.ts";
import type { Relation } from "../../domain/relation.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { landingsOf } from "./bigquery-landing.ts";
import { identifier, identifiers, lines, literal, relationText } from "./bigquery-text.ts";
import { recordWindows, timestamp, windowStart } from "./bigquery-windows.ts";
import type { BatchLoad, WindowLoad } from "./ledger-dialect.ts";
import { addedColumns, stagingColumns } from "./staging-columns.ts";

/** What the statements of one batch speak of; names that only they use begin with `tsdbt_`. */
interface Names {
  /** The columns that the staging table takes from the files. */
  readonly columns: readonly IngestColumn[];
  readonly id: Sql;
  readonly time: Sql;
  readonly file: Sql;
  /** The place of a row in its pull, which a load job would not keep otherwise. */
  readonly position: Sql;
  readonly staging: Sql;
  readonly source: Sql;
  readonly ledger: (table: string) => Sql;
}

function namesOf(ledger: Relation, { settings, staging }: BatchLoad): Names {
  const named = (role: IngestColumn["role"]): Sql => {
    const found = settings.columns.find((column) => column.role === role);
    if (found === undefined) throw new Error(`ingest of ${settings.source} has no column of role ${role}`);
    return identifier(found.name);
  };
  return {
    columns: settings.columns.filter(({ role }) => role !== "position"),
    id: named("id"),
    time: named("eventTime"),
    file: named("file"),
    position: named("position"),
    staging: relationText(staging),
    source: literal(settings.source),
    ledger: (table) => relationText({ ...ledger, identifier: table }),
  };
}

function temporary(name: string, query: Sql): Sql {
  return sql`create or replace temp table ${trustedSql(name)} as\n${query}`;
}

/** The content of an event, all but the pull's name, as one hash that tells NULL from empty text: DuckDB's, to the letter. */
function contentHash(columns: readonly IngestColumn[]): Sql {
  const cells = columns
    .filter(({ role }) => role !== "file")
    .map(({ name }) => {
      const cell = identifier(name);
      return sql`coalesce(concat(cast(char_length(${cell}) as string), ':', ${cell}), '-')`;
    });
  return sql`to_hex(md5(concat(
    ${lines(cells, ",  ")}
  )))`;
}

/** The window of a pull, which its name says. */
function windowOfPull(file: Sql): Sql {
  return sql`parse_timestamp('%Y%m%d-%H', substr(${file}, 1, 11))`;
}

/** The cells of what landed, empty texts among them: the file says which they are (src/domain/ingest-settings.ts). */
function landedRows({ columns, position }: Names, landing: Relation): Sql {
  const cells = columns.map(({ name, role }, index) =>
    role === "text"
      ? sql`coalesce(${identifier(name)}, if(regexp_contains(${position}, r'[:,]${trustedSql(String(index + 1))}(,|$)'), '', null)) as ${identifier(name)}`
      : identifier(name),
  );
  return sql`select
    ${joinSql(cells, ",\n    ")},
    cast(regexp_extract(${position}, r'^[0-9]+') as int64) as position
  from ${relationText(landing)}`;
}

function readLanding(names: Names, landing: Relation, windows: readonly WindowLoad[]): Sql {
  const { columns, file } = names;
  const cells = columns.map(({ name, role }) =>
    role === "eventTime" ? sql`cast(${identifier(name)} as timestamp) as ${identifier(name)}` : identifier(name),
  );
  const times = windows.map(({ staged, loadTime }) => sql`when ${windowStart(staged)} then ${timestamp(loadTime)}`);
  return temporary(
    "incoming",
    sql`select
  ${joinSql(cells, ", ")},
  ${windowOfPull(file)} as window_start,
  position,
  ${contentHash(columns)} as content_hash,
  case ${windowOfPull(file)}
    ${joinSql(times, "\n    ")}
  end as tsdbt_load_time
from (
  ${landedRows(names, landing)}
)`,
  );
}

/** The files were read by another program: what it read has to be what was written, window by window. */
function checkRows(windows: readonly WindowLoad[]): Sql {
  const counts = windows.map(({ staged }) => sql`when ${windowStart(staged)} then ${trustedSql(String(staged.rows))}`);
  const rows = windows.reduce((sum, { staged }) => sum + staged.rows, 0);
  return sql`select if(
  count(*) = 0 and (select count(*) from incoming) = ${trustedSql(String(rows))},
  0,
  error('the warehouse reads other rows than were staged')
) as checked
from (
  select window_start, count(*) as tsdbt_rows
  from incoming
  group by window_start
)
where tsdbt_rows is distinct from case window_start
    ${joinSql(counts, "\n    ")}
  end`;
}

/**
 * Of each event the first pull of the last unbroken run of pulls with one content, in the order of file and position: the
 * latest pull wins, and a pull that repeats the content before it changes nothing (SEED §8 decision 1).
 */
function currentVersions({ id, file, staging }: Names): Sql {
  return sql`select * except (tsdbt_previous_hash)
from (
  select *, lag(content_hash) over (partition by ${id} order by ${file}, position) as tsdbt_previous_hash
  from ${staging}
  where ${id} in (select ${id} from touched)
)
where tsdbt_previous_hash is distinct from content_hash
qualify row_number() over (partition by ${id} order by ${file} desc, position desc) = 1`;
}

/** Rows that stay as they were keep their load time, so that nothing downstream takes them for news. */
function replaceRows({ staging, id, file, columns }: Names, starts: Sql): readonly Sql[] {
  const all = [...columns.map(({ name }) => name), ...addedColumns.map(({ name }) => name)];
  const own = all.filter((name) => name !== "dl_updated_at").map((name) => sql`incoming.${identifier(name)}`);
  return [
    sql`delete from ${staging} where window_start in (${starts})`,
    sql`insert into ${staging} (${identifiers(all)})
select
  ${joinSql(own, ", ")},
  coalesce(kept.dl_updated_at, incoming.tsdbt_load_time)
from incoming
left join (
  select window_start, ${file}, ${id}, content_hash, min(dl_updated_at) as dl_updated_at
  from replaced
  group by window_start, ${file}, ${id}, content_hash
) as kept
on incoming.window_start = kept.window_start and incoming.${file} = kept.${file}
  and incoming.${id} = kept.${id} and incoming.content_hash = kept.content_hash`,
  ];
}

/**
 * An event whose current version is now an older row (its newer pull was corrected or left) gets that row a new load time:
 * so the watermark of every model below sees each change of an event.
 */
function renewLoadTimes({ id, file, staging }: Names, windows: readonly WindowLoad[]): Sql {
  const times = windows.map(({ loadTime }) => loadTime);
  return sql`update ${staging} as staged set dl_updated_at = ${timestamp(Math.max(...times))}
from (
  select latest.*
  from after_load as latest
  left join before_load as previous on previous.${id} = latest.${id}
  where latest.dl_updated_at < ${timestamp(Math.min(...times))}
    and (latest.${file} is distinct from previous.${file} or latest.content_hash is distinct from previous.content_hash)
) as renewed
where staged.${id} = renewed.${id} and staged.window_start = renewed.window_start
  and staged.${file} = renewed.${file} and staged.position = renewed.position`;
}

/** Tells, for each incremental table that had read them, the events that left or moved to another day. */
function recordDepartures({ id, time, file, source, ledger }: Names): readonly Sql[] {
  const columns = ["unique_id", "database", "schema", "identifier", "source", "kind", "event_id", "event_day", "file"];
  return [
    sql`delete from ${ledger("departures")} as departed
where departed.source = ${source} and exists (
  select 1 from after_load as latest
  where departed.event_id = latest.${id} and departed.event_day = date(latest.${time})
)`,
    sql`insert into ${ledger("departures")} (${identifiers(columns)})
select
  known.unique_id, known.\`database\`, known.\`schema\`, known.identifier, ${source},
  if(latest.${id} is null, 'left', 'moved'), previous.${id}, date(previous.${time}), previous.${file}
from before_load as previous
left join after_load as latest on latest.${id} = previous.${id}
join ${ledger("tables")} as known
  on ${source} in unnest(known.sources) and previous.dl_updated_at <= known.read_through
where latest.${id} is null
  or (date(latest.${time}) <> date(previous.${time}) and ${source} not in unnest(known.follows_moves_of))`,
  ];
}

function recordRejects({ source, ledger }: Names, landing: Relation, windows: readonly WindowLoad[]): readonly Sql[] {
  const starts = joinSql(
    windows.map(({ staged }) => windowStart(staged)),
    ", ",
  );
  const hasRejects = windows.some(({ staged }) => staged.rejects !== undefined);
  return [
    sql`delete from ${ledger("rejected")} where source = ${source} and window_start in (${starts})`,
    ...(hasRejects
      ? [
          sql`insert into ${ledger("rejected")} (source, window_start, file, byte_offset, kind, reason, record)
select
  ${source}, parse_timestamp('%Y%m%d-%H', regexp_extract(file, r'(\\d{8}-\\d{2})\\d{4}\\.json$')),
  file, cast(byte_offset as int64), kind, reason, record
from ${relationText(landing)}`,
        ]
      : []),
  ];
}

/** Makes the staging table, empty. The ledger's rows stay, for their load times must not be handed out again. */
export function createStaging(ledger: Relation, batch: BatchLoad): readonly Sql[] {
  const names = namesOf(ledger, batch);
  const columns = stagingColumns(batch.settings).map(({ name, type }) => sql`${identifier(name)} ${trustedSql(type)}`);
  return [
    sql`drop table if exists ${names.staging}`,
    sql`create table ${names.staging} (\n  ${lines(columns, ",")}\n)
partition by timestamp_trunc(window_start, day)
cluster by ${names.id}`,
    sql`update ${names.ledger("windows")} set fingerprint = '', content_hash = '' where source = ${names.source}`,
  ];
}

/**
 * Replaces the rows of the batch's windows, whose files have landed, in one transaction; what landed is dropped behind it, for
 * a transaction drops no lasting table.
 */
export function loadWindows(ledger: Relation, batch: BatchLoad): readonly Sql[] {
  const names = namesOf(ledger, batch);
  const { windows, settings, runId } = batch;
  const landings = landingsOf(ledger, settings);
  const starts = joinSql(
    windows.map(({ staged }) => windowStart(staged)),
    ", ",
  );
  return [
    trustedSql("begin transaction"),
    ...(batch.fence ?? []),
    readLanding(names, landings.rows, windows),
    checkRows(windows),
    temporary("replaced", sql`select * from ${names.staging} where window_start in (${starts})`),
    temporary("touched", sql`select ${names.id} from incoming union distinct select ${names.id} from replaced`),
    temporary("before_load", currentVersions(names)),
    ...replaceRows(names, starts),
    temporary("after_load", currentVersions(names)),
    renewLoadTimes(names, windows),
    ...recordDepartures(names),
    ...recordRejects(names, landings.rejects, windows),
    ...recordWindows({ ...ledger, identifier: "windows" }, windows, { source: settings.source, runId }),
    trustedSql("commit transaction"),
    sql`drop table if exists ${relationText(landings.rows)}`,
    sql`drop table if exists ${relationText(landings.rejects)}`,
  ];
}
