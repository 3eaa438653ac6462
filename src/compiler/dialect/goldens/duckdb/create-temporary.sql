create or replace temporary table "orders__dbt_tmp" as (
select 1 as id, 'a' as name -- the first of all
);
