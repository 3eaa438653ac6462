select epoch_us(max("dbt_updated_at")) as latest from "memory"."shop"."orders";
