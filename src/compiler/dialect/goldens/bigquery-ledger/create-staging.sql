drop table if exists `p`.`staging`.`pulls`;

create table `p`.`staging`.`pulls` (
  `user` STRING,
  `event time` TIMESTAMP,
  `file` STRING,
  `uuid` STRING,
  `window_start` TIMESTAMP,
  `position` INT64,
  `content_hash` STRING,
  `dl_updated_at` TIMESTAMP
)
partition by timestamp_trunc(window_start, day)
cluster by `uuid`;

update `p`.`_tsdbt`.`windows` set fingerprint = '', content_hash = '' where source = 'staging.pulls';
