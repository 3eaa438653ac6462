update "memory"."shop"."orders" as target
set "dbt_valid_to" = ended."dbt_updated_at"
from "orders__dbt_tmp" as ended
where target."dbt_scd_id" = ended."dbt_replaced_scd_id"
  and target."dbt_valid_to" is null;

update "memory"."shop"."orders" as target
set "dbt_valid_to" = make_timestamp(1704153600000000)
from "orders__dbt_deleted" as ended
where target."dbt_scd_id" = ended."dbt_scd_id"
  and target."dbt_valid_to" is null;

insert into "memory"."shop"."orders" ("id", "name", "dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")
select "id", "name", md5(coalesce(cast("dbt_scd_id" as varchar), '') || '|' || coalesce(cast(make_timestamp(1704153600000000) as varchar), '')), make_timestamp(1704153600000000), make_timestamp(1704153600000000), "dbt_valid_to", 'True'
from "orders__dbt_deleted";

insert into "memory"."shop"."orders" ("id", "name", "dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")
select "id", "name", "dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted"
from "orders__dbt_tmp";
