create or replace macro "memory"."main".gsql_trim(x) as gsql_ltrim(gsql_rtrim(x));
