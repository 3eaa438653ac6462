select "name", "id" from "orders__dbt_tmp";
