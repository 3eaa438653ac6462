begin transaction;

create or replace temp table incoming as
select
  `user`, cast(`event time` as timestamp) as `event time`, `file`, `uuid`,
  parse_timestamp('%Y%m%d-%H', substr(`file`, 1, 11)) as window_start,
  position,
  to_hex(md5(concat(
    coalesce(concat(cast(char_length(`user`) as string), ':', `user`), '-'),  
  coalesce(concat(cast(char_length(`event time`) as string), ':', `event time`), '-'),  
  coalesce(concat(cast(char_length(`uuid`) as string), ':', `uuid`), '-')
  ))) as content_hash,
  case parse_timestamp('%Y%m%d-%H', substr(`file`, 1, 11))
    when timestamp '2022-10-31 22:00:00.000000+00' then timestamp '2022-11-01 00:00:00.000000+00'
    when timestamp '2022-10-31 23:00:00.000000+00' then timestamp '2022-11-01 00:00:00.000001+00'
  end as tsdbt_load_time
from (
  select
    coalesce(`user`, if(regexp_contains(`tsdbt_position`, r'[:,]1(,|$)'), '', null)) as `user`,
    `event time`,
    `file`,
    `uuid`,
    cast(regexp_extract(`tsdbt_position`, r'^[0-9]+') as int64) as position
  from `p`.`_tsdbt`.`landing__staging__pulls`
);

select if(
  count(*) = 0 and (select count(*) from incoming) = 4,
  0,
  error('the warehouse reads other rows than were staged')
) as checked
from (
  select window_start, count(*) as tsdbt_rows
  from incoming
  group by window_start
)
where tsdbt_rows is distinct from case window_start
    when timestamp '2022-10-31 22:00:00.000000+00' then 2
    when timestamp '2022-10-31 23:00:00.000000+00' then 2
  end;

create or replace temp table replaced as
select * from `p`.`staging`.`pulls` where window_start in (timestamp '2022-10-31 22:00:00.000000+00', timestamp '2022-10-31 23:00:00.000000+00');

create or replace temp table touched as
select `uuid` from incoming union distinct select `uuid` from replaced;

create or replace temp table before_load as
select * except (tsdbt_previous_hash)
from (
  select *, lag(content_hash) over (partition by `uuid` order by `file`, position) as tsdbt_previous_hash
  from `p`.`staging`.`pulls`
  where `uuid` in (select `uuid` from touched)
)
where tsdbt_previous_hash is distinct from content_hash
qualify row_number() over (partition by `uuid` order by `file` desc, position desc) = 1;

delete from `p`.`staging`.`pulls` where window_start in (timestamp '2022-10-31 22:00:00.000000+00', timestamp '2022-10-31 23:00:00.000000+00');

insert into `p`.`staging`.`pulls` (`user`, `event time`, `file`, `uuid`, `window_start`, `position`, `content_hash`, `dl_updated_at`)
select
  incoming.`user`, incoming.`event time`, incoming.`file`, incoming.`uuid`, incoming.`window_start`, incoming.`position`, incoming.`content_hash`,
  coalesce(kept.dl_updated_at, incoming.tsdbt_load_time)
from incoming
left join (
  select window_start, `file`, `uuid`, content_hash, min(dl_updated_at) as dl_updated_at
  from replaced
  group by window_start, `file`, `uuid`, content_hash
) as kept
on incoming.window_start = kept.window_start and incoming.`file` = kept.`file`
  and incoming.`uuid` = kept.`uuid` and incoming.content_hash = kept.content_hash;

create or replace temp table after_load as
select * except (tsdbt_previous_hash)
from (
  select *, lag(content_hash) over (partition by `uuid` order by `file`, position) as tsdbt_previous_hash
  from `p`.`staging`.`pulls`
  where `uuid` in (select `uuid` from touched)
)
where tsdbt_previous_hash is distinct from content_hash
qualify row_number() over (partition by `uuid` order by `file` desc, position desc) = 1;

update `p`.`staging`.`pulls` as staged set dl_updated_at = timestamp '2022-11-01 00:00:00.000001+00'
from (
  select latest.*
  from after_load as latest
  left join before_load as previous on previous.`uuid` = latest.`uuid`
  where latest.dl_updated_at < timestamp '2022-11-01 00:00:00.000000+00'
    and (latest.`file` is distinct from previous.`file` or latest.content_hash is distinct from previous.content_hash)
) as renewed
where staged.`uuid` = renewed.`uuid` and staged.window_start = renewed.window_start
  and staged.`file` = renewed.`file` and staged.position = renewed.position;

delete from `p`.`_tsdbt`.`departures` as departed
where departed.source = 'staging.pulls' and exists (
  select 1 from after_load as latest
  where departed.event_id = latest.`uuid` and departed.event_day = date(latest.`event time`)
);

insert into `p`.`_tsdbt`.`departures` (`unique_id`, `database`, `schema`, `identifier`, `source`, `kind`, `event_id`, `event_day`, `file`)
select
  known.unique_id, known.`database`, known.`schema`, known.identifier, 'staging.pulls',
  if(latest.`uuid` is null, 'left', 'moved'), previous.`uuid`, date(previous.`event time`), previous.`file`
from before_load as previous
left join after_load as latest on latest.`uuid` = previous.`uuid`
join `p`.`_tsdbt`.`tables` as known
  on 'staging.pulls' in unnest(known.sources) and previous.dl_updated_at <= known.read_through
where latest.`uuid` is null
  or (date(latest.`event time`) <> date(previous.`event time`) and 'staging.pulls' not in unnest(known.follows_moves_of));

delete from `p`.`_tsdbt`.`rejected` where source = 'staging.pulls' and window_start in (timestamp '2022-10-31 22:00:00.000000+00', timestamp '2022-10-31 23:00:00.000000+00');

insert into `p`.`_tsdbt`.`rejected` (source, window_start, file, byte_offset, kind, reason, record)
select
  'staging.pulls', parse_timestamp('%Y%m%d-%H', regexp_extract(file, r'(\d{8}-\d{2})\d{4}\.json$')),
  file, cast(byte_offset as int64), kind, reason, record
from `p`.`_tsdbt`.`landing_rejects__staging__pulls`;

delete from `p`.`_tsdbt`.`windows` where source = 'staging.pulls' and window_start in (timestamp '2022-10-31 22:00:00.000000+00', timestamp '2022-10-31 23:00:00.000000+00');

insert into `p`.`_tsdbt`.`windows` (`source`, `window_start`, `load_time`, `run_id`, `object`, `uri`, `version`, `rejects`, `rejects_uri`, `rejects_version`, `fingerprint`, `content_hash`, `unknown_keys`, `files`, `rows`, `rejected_files`, `rejected_records`) values
  ('staging.pulls', timestamp '2022-10-31 22:00:00.000000+00', timestamp '2022-11-01 00:00:00.000000+00', 'run 1', 'output_20221031220000_20221031230000.csv', 'gs://b/hours/output_20221031220000_20221031230000.csv', '7', null, null, null, 'names and versions', 'bytes', '{}', 1, 2, 0, 0),
  ('staging.pulls', timestamp '2022-10-31 23:00:00.000000+00', timestamp '2022-11-01 00:00:00.000001+00', 'run 1', 'output_20221031230000_20221101000000.csv', 'gs://b/hours/output_20221031230000_20221101000000.csv', '7', 'output_20221031230000_20221101000000.rejects.csv', 'gs://b/hours/output_20221031230000_20221101000000.rejects.csv', '8', 'names and versions', 'bytes', '{"it\'s":2}', 2, 2, 1, 1);

commit transaction;

drop table if exists `p`.`_tsdbt`.`landing__staging__pulls`;

drop table if exists `p`.`_tsdbt`.`landing_rejects__staging__pulls`;
