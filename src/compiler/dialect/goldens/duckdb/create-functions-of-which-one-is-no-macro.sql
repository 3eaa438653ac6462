create or replace macro "memory"."main".gsql_sign(x) as CASE WHEN isnan(x) THEN x ELSE CAST(sign(x) AS DOUBLE) END;
