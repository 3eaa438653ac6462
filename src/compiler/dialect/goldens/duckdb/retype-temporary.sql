alter table "orders__dbt_tmp" alter column "id" type varchar;
