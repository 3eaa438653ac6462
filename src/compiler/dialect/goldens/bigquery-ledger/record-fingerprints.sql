merge into `p`.`_tsdbt`.`windows` as known
using (
  select timestamp '2022-10-31 22:00:00.000000+00' as window_start, 'output_20221031220000_20221031230000.csv' as `object`, 'gs://b/hours/output_20221031220000_20221031230000.csv' as `uri`, '7' as `version`, cast(null as string) as `rejects`, cast(null as string) as `rejects_uri`, cast(null as string) as `rejects_version`, 'other names' as `fingerprint`, 'bytes' as `content_hash`, '{}' as `unknown_keys`, 1 as `files`, 2 as `rows`, 0 as `rejected_files`, 0 as `rejected_records`
  union all select timestamp '2022-10-31 23:00:00.000000+00' as window_start, 'output_20221031230000_20221101000000.csv' as `object`, 'gs://b/hours/output_20221031230000_20221101000000.csv' as `uri`, '7' as `version`, 'output_20221031230000_20221101000000.rejects.csv' as `rejects`, 'gs://b/hours/output_20221031230000_20221101000000.rejects.csv' as `rejects_uri`, '8' as `rejects_version`, 'other names' as `fingerprint`, 'bytes' as `content_hash`, '{"it\'s":2}' as `unknown_keys`, 2 as `files`, 2 as `rows`, 1 as `rejected_files`, 1 as `rejected_records`
) as staged
on known.source = 'staging.pulls' and known.window_start = staged.window_start
when matched then update set
  `object` = staged.`object`,
  `uri` = staged.`uri`,
  `version` = staged.`version`,
  `rejects` = staged.`rejects`,
  `rejects_uri` = staged.`rejects_uri`,
  `rejects_version` = staged.`rejects_version`,
  `fingerprint` = staged.`fingerprint`,
  `content_hash` = staged.`content_hash`,
  `unknown_keys` = staged.`unknown_keys`,
  `files` = staged.`files`,
  `rows` = staged.`rows`,
  `rejected_files` = staged.`rejected_files`,
  `rejected_records` = staged.`rejected_records`;
