create schema if not exists "memory"."_tsdbt";

create table if not exists "memory"."_tsdbt"."windows" (
  source varchar not null, window_start timestamptz not null, load_time timestamptz not null, run_id varchar not null,
  object varchar not null, uri varchar not null, version varchar not null,
  rejects varchar, rejects_uri varchar, rejects_version varchar,
  fingerprint varchar not null, content_hash varchar not null, unknown_keys varchar not null,
  files bigint not null, "rows" bigint not null, rejected_files bigint not null, rejected_records bigint not null
);

create table if not exists "memory"."_tsdbt"."rejected" (
  source varchar not null, window_start timestamptz not null, file varchar not null, byte_offset bigint not null,
  kind varchar not null, reason varchar not null, record varchar
);

create table if not exists "memory"."_tsdbt"."tables" (
  unique_id varchar not null, "database" varchar not null, "schema" varchar not null, identifier varchar not null,
  sources varchar[] not null, follows_moves_of varchar[] not null, read_through timestamptz not null,
  run_id varchar not null
);

create table if not exists "memory"."_tsdbt"."departures" (
  unique_id varchar not null, "database" varchar not null, "schema" varchar not null, identifier varchar not null,
  source varchar not null, kind varchar not null, event_id varchar not null, event_day date not null,
  file varchar not null
);
