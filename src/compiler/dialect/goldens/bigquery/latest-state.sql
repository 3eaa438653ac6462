select unix_micros(max(cast(`dbt_updated_at` as timestamp))) as latest from `p`.`shop`.`orders`;
