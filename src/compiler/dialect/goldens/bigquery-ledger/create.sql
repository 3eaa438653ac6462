create schema if not exists `p`.`_tsdbt` options (location = 'EU');

create table if not exists `p`.`_tsdbt`.`windows` (
  source string not null, window_start timestamp not null, load_time timestamp not null, run_id string not null,
  object string not null, uri string not null, version string not null,
  rejects string, rejects_uri string, rejects_version string,
  fingerprint string not null, content_hash string not null, unknown_keys string not null,
  files int64 not null, `rows` int64 not null, rejected_files int64 not null, rejected_records int64 not null
);

create table if not exists `p`.`_tsdbt`.`rejected` (
  source string not null, window_start timestamp not null, file string not null, byte_offset int64 not null,
  kind string not null, reason string not null, record string
);

create table if not exists `p`.`_tsdbt`.`tables` (
  unique_id string not null, `database` string not null, `schema` string not null, identifier string not null,
  sources array<string>, follows_moves_of array<string>, read_through timestamp not null,
  run_id string not null
);

create table if not exists `p`.`_tsdbt`.`departures` (
  unique_id string not null, `database` string not null, `schema` string not null, identifier string not null,
  source string not null, kind string not null, event_id string not null, event_day date not null,
  file string not null
);
