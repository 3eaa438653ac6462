create or replace table `p`.`shop`.`orders`
as (
select
  cast(c1 as INT64) as `id`,
  cast(c2 as STRING) as `text`,
  cast(c3 as NUMERIC) as `price`,
  cast(c4 as FLOAT64) as `ratio`,
  cast(c5 as BOOL) as `paid`,
  cast(c6 as DATE) as `day`,
  cast(c7 as DATETIME) as `at`,
  cast(c8 as TIMESTAMP) as `instant`,
  cast(c9 as TIME) as `time`,
  parse_json(c10) as `data`
from unnest(array<struct<c1 string, c2 string, c3 string, c4 string, c5 string, c6 string, c7 string, c8 string, c9 string, c10 string>>[
  struct('1', 'it\'s', '0.10', '1e3', 'true', '2024-02-29', '2024-02-29 01:02:03', '2024-02-29 00:00:00+00', '23:59:59', '[1]'),
  struct('9007199254740993', '', '-1', '.5', 'FALSE', null, null, '2024-02-29 01:00:00+01', null, 'null'),
  struct(null, null, null, null, null, null, null, null, null, null)
])
);
