create or replace temporary table incoming as (
select * exclude (dl_updated_at), dl_updated_at as tsdbt_load_time from "memory"."staging"."pulls" limit 0
);

insert into incoming
select
  "user", cast("event time" as timestamptz), "file", "uuid",
  timestamptz '2022-10-31 22:00:00.000000+00',
  row_number() over (partition by "file" order by tsdbt_ordinal),
  md5(
    coalesce(length("user") || ':' || "user", '-')
    || coalesce(length("event time") || ':' || "event time", '-')
    || coalesce(length("uuid") || ':' || "uuid", '-')
  ),
  timestamptz '2022-11-01 00:00:00.000000+00'
from (
  select *, row_number() over () as tsdbt_ordinal
  from read_csv(
    '/store/output_20221031220000_20221031230000.csv',
    header = true, auto_detect = false, parallel = false, max_line_size = 268435456, new_line = '\n',
    delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
    columns = {'user': 'varchar', 'event time': 'varchar', 'file': 'varchar', 'uuid': 'varchar'}
  )
);

select error('the warehouse reads another number of rows from ' || '/store/output_20221031220000_20221031230000.csv' || ' than were staged')
where (select count(*) from incoming where window_start = timestamptz '2022-10-31 22:00:00.000000+00') <> 2;

insert into incoming
select
  "user", cast("event time" as timestamptz), "file", "uuid",
  timestamptz '2022-10-31 23:00:00.000000+00',
  row_number() over (partition by "file" order by tsdbt_ordinal),
  md5(
    coalesce(length("user") || ':' || "user", '-')
    || coalesce(length("event time") || ':' || "event time", '-')
    || coalesce(length("uuid") || ':' || "uuid", '-')
  ),
  timestamptz '2022-11-01 00:00:00.000001+00'
from (
  select *, row_number() over () as tsdbt_ordinal
  from read_csv(
    '/store/output_20221031230000_20221101000000.csv',
    header = true, auto_detect = false, parallel = false, max_line_size = 268435456, new_line = '\n',
    delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
    columns = {'user': 'varchar', 'event time': 'varchar', 'file': 'varchar', 'uuid': 'varchar'}
  )
);

select error('the warehouse reads another number of rows from ' || '/store/output_20221031230000_20221101000000.csv' || ' than were staged')
where (select count(*) from incoming where window_start = timestamptz '2022-10-31 23:00:00.000000+00') <> 2;

create or replace temporary table replaced as (
select * from "memory"."staging"."pulls" where window_start in (timestamptz '2022-10-31 22:00:00.000000+00', timestamptz '2022-10-31 23:00:00.000000+00')
);

create or replace temporary table touched as (
select "uuid" from incoming union select "uuid" from replaced
);

create or replace temporary table before_load as (
select * exclude (tsdbt_previous_hash) from (
  select *, lag(content_hash) over (partition by "uuid" order by "file", position) as tsdbt_previous_hash
  from "memory"."staging"."pulls"
  where "uuid" in (select "uuid" from touched)
)
where tsdbt_previous_hash is distinct from content_hash
qualify row_number() over (partition by "uuid" order by "file" desc, position desc) = 1
);

delete from "memory"."staging"."pulls" where window_start in (timestamptz '2022-10-31 22:00:00.000000+00', timestamptz '2022-10-31 23:00:00.000000+00');

insert into "memory"."staging"."pulls"
select
  incoming."user", incoming."event time", incoming."file", incoming."uuid", incoming."window_start", incoming."position", incoming."content_hash",
  coalesce(kept.dl_updated_at, incoming.tsdbt_load_time)
from incoming
left join (
  select window_start, "file", "uuid", content_hash, min(dl_updated_at) as dl_updated_at
  from replaced
  group by all
) as kept using (window_start, "file", "uuid", content_hash)
order by "event time";

create or replace temporary table after_load as (
select * exclude (tsdbt_previous_hash) from (
  select *, lag(content_hash) over (partition by "uuid" order by "file", position) as tsdbt_previous_hash
  from "memory"."staging"."pulls"
  where "uuid" in (select "uuid" from touched)
)
where tsdbt_previous_hash is distinct from content_hash
qualify row_number() over (partition by "uuid" order by "file" desc, position desc) = 1
);

update "memory"."staging"."pulls" as staged set dl_updated_at = timestamptz '2022-11-01 00:00:00.000001+00'
from (
  select current.*
  from after_load as current
  left join before_load as previous using ("uuid")
  where current.dl_updated_at < timestamptz '2022-11-01 00:00:00.000000+00'
    and (current."file", current.content_hash) is distinct from (previous."file", previous.content_hash)
) as renewed
where staged."uuid" = renewed."uuid" and staged.window_start = renewed.window_start
  and staged."file" = renewed."file" and staged.position = renewed.position;

delete from "memory"."_tsdbt"."departures" as departed using after_load as current
where departed.source = 'staging.pulls' and departed.event_id = current."uuid"
  and departed.event_day = cast(current."event time" as date);

insert into "memory"."_tsdbt"."departures"
select
  known.unique_id, known."database", known."schema", known.identifier, 'staging.pulls', case when current."uuid" is null then 'left' else 'moved' end,
  previous."uuid", cast(previous."event time" as date), previous."file"
from before_load as previous
left join after_load as current using ("uuid")
join "memory"."_tsdbt"."tables" as known
  on list_contains(known.sources, 'staging.pulls') and previous.dl_updated_at <= known.read_through
where current."uuid" is null
  or (
    cast(current."event time" as date) <> cast(previous."event time" as date)
    and not list_contains(known.follows_moves_of, 'staging.pulls')
  );

delete from "memory"."_tsdbt"."windows" where source = 'staging.pulls' and window_start = timestamptz '2022-10-31 22:00:00.000000+00';

insert into "memory"."_tsdbt"."windows" (
  source, window_start, load_time, run_id, object, uri, version, rejects, rejects_uri, rejects_version, fingerprint, content_hash, unknown_keys, files, "rows", rejected_files, rejected_records
) values (
  'staging.pulls', timestamptz '2022-10-31 22:00:00.000000+00', timestamptz '2022-11-01 00:00:00.000000+00', 'run 1', 'output_20221031220000_20221031230000.csv', '/store/output_20221031220000_20221031230000.csv', '7', null, null, null, 'names and versions', 'bytes', '{}', 1, 2, 0, 0
);

delete from "memory"."_tsdbt"."rejected" where source = 'staging.pulls' and window_start = timestamptz '2022-10-31 22:00:00.000000+00';

delete from "memory"."_tsdbt"."windows" where source = 'staging.pulls' and window_start = timestamptz '2022-10-31 23:00:00.000000+00';

insert into "memory"."_tsdbt"."windows" (
  source, window_start, load_time, run_id, object, uri, version, rejects, rejects_uri, rejects_version, fingerprint, content_hash, unknown_keys, files, "rows", rejected_files, rejected_records
) values (
  'staging.pulls', timestamptz '2022-10-31 23:00:00.000000+00', timestamptz '2022-11-01 00:00:00.000001+00', 'run 1', 'output_20221031230000_20221101000000.csv', '/store/output_20221031230000_20221101000000.csv', '7', 'output_20221031230000_20221101000000.rejects.csv', '/store/output_20221031230000_20221101000000.rejects.csv', '8', 'names and versions', 'bytes', '{"it''s":2}', 2, 2, 1, 1
);

delete from "memory"."_tsdbt"."rejected" where source = 'staging.pulls' and window_start = timestamptz '2022-10-31 23:00:00.000000+00';

insert into "memory"."_tsdbt"."rejected"
select 'staging.pulls', timestamptz '2022-10-31 23:00:00.000000+00', file, cast(byte_offset as bigint), kind, reason, record
from read_csv(
    '/store/output_20221031230000_20221101000000.rejects.csv',
    header = true, auto_detect = false, parallel = false, max_line_size = 268435456, new_line = '\n',
    delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
    columns = {'file': 'varchar', 'byte_offset': 'varchar', 'kind': 'varchar', 'reason': 'varchar', 'record': 'varchar'}
  );

drop table incoming;

drop table replaced;

drop table touched;

drop table before_load;

drop table after_load;
