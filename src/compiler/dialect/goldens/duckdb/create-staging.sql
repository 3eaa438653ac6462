create or replace table "memory"."staging"."pulls" (
  "user" varchar,
  "event time" timestamptz,
  "file" varchar,
  "uuid" varchar,
  "window_start" timestamptz,
  "position" bigint,
  "content_hash" varchar,
  "dl_updated_at" timestamptz
);

update "memory"."_tsdbt"."windows" set fingerprint = '', content_hash = '' where source = 'staging.pulls';
