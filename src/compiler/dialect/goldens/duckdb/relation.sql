select * from "memory"."shop"."orders";
