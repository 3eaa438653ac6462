update "memory"."_tsdbt"."windows" set
  object = 'output_20221031220000_20221031230000.csv',
  uri = '/store/output_20221031220000_20221031230000.csv',
  version = '7',
  rejects = null,
  rejects_uri = null,
  rejects_version = null,
  fingerprint = 'other names',
  content_hash = 'bytes',
  unknown_keys = '{}',
  files = 1,
  "rows" = 2,
  rejected_files = 0,
  rejected_records = 0
where source = 'staging.pulls' and window_start = timestamptz '2022-10-31 22:00:00.000000+00';

update "memory"."_tsdbt"."windows" set
  object = 'output_20221031230000_20221101000000.csv',
  uri = '/store/output_20221031230000_20221101000000.csv',
  version = '7',
  rejects = 'output_20221031230000_20221101000000.rejects.csv',
  rejects_uri = '/store/output_20221031230000_20221101000000.rejects.csv',
  rejects_version = '8',
  fingerprint = 'other names',
  content_hash = 'bytes',
  unknown_keys = '{"it''s":2}',
  files = 2,
  "rows" = 2,
  rejected_files = 1,
  rejected_records = 1
where source = 'staging.pulls' and window_start = timestamptz '2022-10-31 23:00:00.000000+00';
