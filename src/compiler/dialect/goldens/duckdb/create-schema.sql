create schema if not exists "memory"."shop";
