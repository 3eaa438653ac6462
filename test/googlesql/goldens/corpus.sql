-- date-05
-- SELECT order_id, DATE_ADD(order_date, INTERVAL qty DAY) AS x FROM orders WHERE order_id < 4 ORDER BY 1
SELECT
  "orders"."order_id",
  gsql_date_in_range("orders"."order_date" + CAST("orders"."qty" AS INTEGER)) AS "x"
FROM "orders"
WHERE "orders"."order_id" < 4
ORDER BY 1 NULLS FIRST;

-- date-11
-- SELECT DATE_DIFF(DATE '2017-10-15', DATE '2017-10-14', ISOWEEK) AS w, DATE_DIFF(DATE '2017-12-18', DATE '2017-12-17', ISOWEEK) AS w2
SELECT
  CAST((CAST(date_trunc('week', DATE '2017-10-15') AS DATE) - CAST(date_trunc('week', DATE '2017-10-14') AS DATE)) // 7 AS BIGINT) AS "w",
  CAST((CAST(date_trunc('week', DATE '2017-12-18') AS DATE) - CAST(date_trunc('week', DATE '2017-12-17') AS DATE)) // 7 AS BIGINT) AS "w2";

-- datetime-09
-- SELECT TIME(15, 30, 5) AS a, TIME(DATETIME '2008-12-25 15:30:00') AS b, TIME(TIMESTAMP '2008-12-25 15:30:00+00', 'America/Los_Angeles') AS c
SELECT
  make_time(15::BIGINT, 30::BIGINT, 5::BIGINT) AS "a",
  CAST(TIMESTAMP '2008-12-25 15:30:00' AS TIME) AS "b",
  CAST(timezone('America/Los_Angeles', TIMESTAMPTZ '2008-12-25 15:30:00+00') AS TIME) AS "c";

-- timestamp-06
-- SELECT TIMESTAMP_DIFF(TIMESTAMP '2024-01-01 00:01:00+00', TIMESTAMP '2024-01-01 00:00:30.5+00', SECOND) AS a, TIMESTAMP_DIFF(TIMESTAMP '2024-01-01 00:00:00.001+00', TIMESTAMP '2024-01-01 00:00:00+00', MILLISECOND) AS b, TIMESTAMP_DIFF(TIMESTAMP '2024-01-01 00:00:59+00', TIMESTAMP '2024-01-01 00:01:01+00', MINUTE) AS c
SELECT
  ((epoch_us(TIMESTAMPTZ '2024-01-01 00:01:00+00') - epoch_us(TIMESTAMPTZ '2024-01-01 00:00:30.5+00')) // 1000000) AS "a",
  ((epoch_us(TIMESTAMPTZ '2024-01-01 00:00:00.001+00') - epoch_us(TIMESTAMPTZ '2024-01-01 00:00:00+00')) // 1000) AS "b",
  ((epoch_us(TIMESTAMPTZ '2024-01-01 00:00:59+00') - epoch_us(TIMESTAMPTZ '2024-01-01 00:01:01+00')) // 60000000) AS "c";

-- timestamp-24
-- SELECT user_id, TIMESTAMP_DIFF(ts, LAG(ts) OVER (PARTITION BY user_id ORDER BY ts), MINUTE) AS gap FROM events ORDER BY user_id, ts
SELECT
  "events"."user_id",
  ((epoch_us("events"."ts") - epoch_us(lag("events"."ts", 1, NULL) OVER (PARTITION BY "events"."user_id" ORDER BY "events"."ts" NULLS FIRST))) // 60000000) AS "gap"
FROM "events"
ORDER BY 1 NULLS FIRST, "events"."ts" NULLS FIRST;

-- format-03
-- SELECT FORMAT_DATE('%A %a %j %y %B', DATE '2024-05-12') AS a
SELECT strftime(CAST(DATE '2024-05-12' AS TIMESTAMP), '%A %a %j %y %B') AS "a";

-- format-12
-- SELECT FORMAT_DATETIME('%c', DATETIME '2008-12-25 15:30:00') AS a, FORMAT_DATETIME('%b-%d-%Y', DATETIME '2008-12-25 15:30:00') AS b
SELECT
  gsql_format_civil('%c', epoch_us(TIMESTAMP '2008-12-25 15:30:00')) AS "a",
  gsql_strftime(TIMESTAMP '2008-12-25 15:30:00', '%b-%d-%Y', '%b-%d-%Y') AS "b";

-- string-10
-- SELECT INSTR('banana', 'an', 1, 2) AS a, INSTR('banana', 'an', -1, 1) AS b, INSTR('banana', 'an', 3) AS c
SELECT
  gsql_instr('banana', 'an', 1::BIGINT, 2::BIGINT) AS "a",
  gsql_instr('banana', 'an', -1::BIGINT, 1::BIGINT) AS "b",
  gsql_instr('banana', 'an', 3::BIGINT, 1) AS "c";

-- string-21
-- SELECT 'a%b' LIKE 'a\\%b' AS a, 'axb' LIKE 'a\\%b' AS b, 'axb' LIKE 'a_b' AS c, 'Abc' LIKE 'a%' AS d
SELECT
  'a%b' LIKE 'a\%b' ESCAPE '\' AS "a",
  'axb' LIKE 'a\%b' ESCAPE '\' AS "b",
  'axb' LIKE 'a_b' AS "c",
  'Abc' LIKE 'a%' AS "d";

-- regex-09
-- SELECT REGEXP_EXTRACT('ab', r'a(x)?b') AS a
SELECT regexp_extract_all('ab', 'a(x)?b', 1)[1] AS "a";

-- bytes-03
-- SELECT TO_HEX(SHA512('abc')) AS a
SELECT lower(hex(gsql_sha512(encode('abc')))) AS "a";

-- json-06
-- SELECT JSON_QUERY_ARRAY('{"a":[{"b":1},{"b":2}]}', '$.a') AS a, ARRAY_LENGTH(JSON_EXTRACT_ARRAY('[1,2,3]')) AS b
SELECT
  gsql_json_query_array('{"a":[{"b":1},{"b":2}]}', '["a"]') AS "a",
  len(gsql_json_query_array('[1,2,3]', '[]')) AS "b";

-- json-14
-- SELECT LAX_INT64(JSON '"10"') AS a, LAX_STRING(JSON '3') AS b, LAX_BOOL(JSON '"true"') AS c, LAX_FLOAT64(JSON '"1.5"') AS d
SELECT
  gsql_lax_int(CAST('"10"'::JSON AS VARCHAR)) AS "a",
  gsql_lax_string(CAST('3'::JSON AS VARCHAR)) AS "b",
  gsql_lax_bool(CAST('"true"'::JSON AS VARCHAR)) AS "c",
  gsql_lax_float(CAST('"1.5"'::JSON AS VARCHAR)) AS "d";

-- array-10
-- SELECT ARRAY(SELECT AS STRUCT x, x * 2 AS y FROM UNNEST([1, 2]) AS x ORDER BY x) AS a
SELECT ARRAY(
  SELECT struct_pack("x" := "x"."x", "y" := "x"."x" * 2) AS "value"
  FROM unnest([1::BIGINT, 2::BIGINT]) AS "x"("x")
  ORDER BY "x"."x" NULLS FIRST
) AS "a";

-- array-21
-- SELECT id, sku FROM nested LEFT JOIN UNNEST(items) AS i ON i.qty > 1 ORDER BY id, sku
SELECT
  "nested"."id",
  "i"."i"."sku" AS "sku"
FROM "nested"
LEFT JOIN LATERAL unnest("nested"."items") AS "i"("i") ON "i"."i"."qty" > 1
ORDER BY 1 NULLS FIRST, 2 NULLS FIRST;

-- struct-06
-- SELECT (SELECT AS STRUCT 1 AS a, 2 AS b).b AS x
SELECT ((
  SELECT struct_pack("a" := 1::BIGINT, "b" := 2::BIGINT) AS "value"
))."b" AS "x";

-- struct-12
-- SELECT ARRAY_AGG(STRUCT(order_id AS id, status AS s) ORDER BY order_id LIMIT 1)[OFFSET(0)].s AS x FROM orders
SELECT (gsql_offset((list(struct_pack("id" := "orders"."order_id", "s" := "orders"."status") ORDER BY "orders"."order_id" NULLS FIRST))[1:1], 0::BIGINT))."s" AS "x"
FROM "orders";

-- window-05
-- SELECT k, LAST_VALUE(v IGNORE NULLS) OVER (ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS l, FIRST_VALUE(v IGNORE NULLS) OVER (ORDER BY v) AS f FROM vals ORDER BY k
SELECT
  "vals"."k",
  last_value("vals"."v" IGNORE NULLS) OVER (ORDER BY "vals"."k" NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "l",
  first_value("vals"."v" IGNORE NULLS) OVER (ORDER BY "vals"."v" NULLS FIRST) AS "f"
FROM "vals"
ORDER BY 1 NULLS FIRST;

-- window-12
-- SELECT order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at) AS rn FROM orders WHERE customer_id IS NOT NULL QUALIFY rn = 1 ORDER BY 1
SELECT
  "orders"."order_id",
  row_number() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."created_at" NULLS FIRST) AS "rn"
FROM "orders"
WHERE "orders"."customer_id" IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY "orders"."customer_id" ORDER BY "orders"."created_at" NULLS FIRST) = 1
ORDER BY 1 NULLS FIRST;

-- agg-04
-- SELECT ARRAY_AGG(v IGNORE NULLS ORDER BY v DESC LIMIT 2) AS a FROM vals
SELECT (list("vals"."v" ORDER BY "vals"."v" DESC NULLS LAST) FILTER (WHERE "vals"."v" IS NOT NULL))[1:2] AS "a"
FROM "vals";

-- agg-15
-- SELECT CORR(v, f) AS a, COVAR_POP(v, f) AS b FROM vals WHERE k IN ('a', 'd')
SELECT
  CASE WHEN covar_samp(CAST("vals"."v" AS DOUBLE), "vals"."f") IS NOT NULL THEN corr(CAST("vals"."v" AS DOUBLE), "vals"."f") END AS "a",
  covar_pop(CAST("vals"."v" AS DOUBLE), "vals"."f") AS "b"
FROM "vals"
WHERE "vals"."k" IN ('a', 'd');

-- group-06
-- SELECT DATE_TRUNC(order_date, MONTH) AS order_date, COUNT(*) AS c FROM orders GROUP BY order_date ORDER BY order_date
SELECT
  CAST(date_trunc('month', "orders"."order_date") AS DATE) AS "order_date",
  count(*) AS "c"
FROM "orders"
GROUP BY 1
ORDER BY 1 NULLS FIRST;

-- group-08
-- SELECT DATE_TRUNC(order_date, MONTH) AS m, status, COUNT(*) AS c FROM orders GROUP BY 1, 2 ORDER BY 1, 2
SELECT
  CAST(date_trunc('month', "orders"."order_date") AS DATE) AS "m",
  "orders"."status",
  count(*) AS "c"
FROM "orders"
GROUP BY 1, 2
ORDER BY "m" NULLS FIRST, 2 NULLS FIRST;

-- pivot-01
-- SELECT * FROM (SELECT product, quarter, amount FROM sales) PIVOT(SUM(amount) FOR quarter IN ('Q1', 'Q2')) ORDER BY product
SELECT
  "q"."product",
  "q"."Q1",
  "q"."Q2"
FROM (
  SELECT "q"."product" AS "product", CAST(sum("q"."amount") FILTER (WHERE "q"."quarter" IS NOT DISTINCT FROM 'Q1') AS BIGINT) AS "Q1", CAST(sum("q"."amount") FILTER (WHERE "q"."quarter" IS NOT DISTINCT FROM 'Q2') AS BIGINT) AS "Q2"
  FROM (
    SELECT
      "sales"."product",
      "sales"."quarter",
      "sales"."amount"
    FROM "sales"
  ) AS "q"
  GROUP BY 1
) AS "q"
ORDER BY 1 NULLS FIRST;

-- pivot-06
-- SELECT * FROM (SELECT 1 AS k, 10 AS v UNION ALL SELECT 2, 20) PIVOT(SUM(v) FOR k IN (1, 2))
SELECT
  "q"."_1",
  "q"."_2"
FROM (
  SELECT CAST(sum("q"."v") FILTER (WHERE "q"."k" IS NOT DISTINCT FROM 1::BIGINT) AS BIGINT) AS "_1", CAST(sum("q"."v") FILTER (WHERE "q"."k" IS NOT DISTINCT FROM 2::BIGINT) AS BIGINT) AS "_2"
  FROM (
    SELECT
      1::BIGINT AS "k",
      10::BIGINT AS "v"
    UNION ALL
    SELECT
      2::BIGINT AS "f0_",
      20::BIGINT AS "f1_"
  ) AS "q"
) AS "q";

-- setop-03
-- SELECT x FROM UNNEST([1, 1, 2, 3]) AS x INTERSECT DISTINCT SELECT x FROM UNNEST([1, 3, 3]) AS x ORDER BY 1
SELECT "x"."x"
FROM unnest([1::BIGINT, 1::BIGINT, 2::BIGINT, 3::BIGINT]) AS "x"("x")
INTERSECT
SELECT "x"."x"
FROM unnest([1::BIGINT, 3::BIGINT, 3::BIGINT]) AS "x"("x")
ORDER BY "x" NULLS FIRST;

-- setop-07
-- SELECT NULL AS x UNION ALL SELECT 'a' ORDER BY x
SELECT NULL::VARCHAR AS "x"
FROM (
  SELECT NULL::BIGINT AS "x"
) AS "q"
UNION ALL
SELECT 'a' AS "f0_"
ORDER BY "x" NULLS FIRST;

-- join-04
-- SELECT o.order_id, (SELECT MAX(v) FROM vals WHERE vals.v = o.qty) AS m FROM orders AS o ORDER BY 1
SELECT
  "o"."order_id",
  (
    SELECT max("vals"."v") AS "f0_"
    FROM "vals"
    WHERE "vals"."v" = "o"."qty"
  ) AS "m"
FROM "orders" AS "o"
ORDER BY 1 NULLS FIRST;

-- join-09
-- WITH orders AS (SELECT 99 AS order_id) SELECT * FROM orders
WITH "orders" AS (
  SELECT 99::BIGINT AS "order_id"
)
SELECT "orders"."order_id"
FROM "orders";

-- star-02
-- SELECT * REPLACE (UPPER(k) AS k, v * 2 AS v) FROM vals WHERE k = 'a'
SELECT
  gsql_upper("vals"."k") AS "k",
  "vals"."v" * 2 AS "v",
  "vals"."f",
  "vals"."b"
FROM "vals"
WHERE "vals"."k" = 'a';

-- null-04
-- SELECT v FROM vals ORDER BY v DESC NULLS FIRST LIMIT 2
SELECT "vals"."v"
FROM "vals"
ORDER BY 1 DESC NULLS FIRST
LIMIT 2;

-- numeric-13
-- SELECT 9223372036854775807 + 1 AS a
SELECT 9223372036854775807 + 1::BIGINT AS "a";

-- cast-09
-- SELECT SAFE_CAST('abc' AS FLOAT64) AS a, SAFE_CAST('nan' AS FLOAT64) AS b, SAFE_CAST('inf' AS FLOAT64) AS c, SAFE_CAST('1e3' AS FLOAT64) AS d
SELECT
  TRY(gsql_float64('abc')) AS "a",
  TRY(gsql_float64('nan')) AS "b",
  TRY(gsql_float64('inf')) AS "c",
  TRY(gsql_float64('1e3')) AS "d";

-- interval-03
-- SELECT EXTRACT(DAY FROM INTERVAL '3 4:5:6' DAY TO SECOND) AS a, EXTRACT(HOUR FROM INTERVAL '3 4:5:6' DAY TO SECOND) AS b
SELECT
  day((to_months(0) + to_days(3) + to_microseconds(14706000000))) AS "a",
  hour((to_months(0) + to_days(3) + to_microseconds(14706000000))) AS "b";

-- generate-05
-- SELECT GENERATE_TIMESTAMP_ARRAY(TIMESTAMP '2024-01-01 00:00:00+00', TIMESTAMP '2024-01-01 02:00:00+00', INTERVAL 1 HOUR) AS a
SELECT gsql_timestamps_by(TIMESTAMPTZ '2024-01-01 00:00:00+00', TIMESTAMPTZ '2024-01-01 02:00:00+00', 1::BIGINT * 3600000000) AS "a";

-- name-12
-- SELECT TO_JSON_STRING(v) AS x FROM vals AS v WHERE k = 'a'
SELECT coalesce('{' || '"k":' || coalesce(gsql_json_quoted("v"."k"), 'null') || ',"v":' || coalesce(gsql_json_of_int("v"."v"), 'null') || ',"f":' || coalesce(gsql_json_of_float("v"."f"), 'null') || ',"b":' || coalesce(CAST("v"."b" AS VARCHAR), 'null') || '}', 'null') AS "x"
FROM "vals" AS "v"
WHERE "v"."k" = 'a';

-- path-04
-- SELECT x FROM `proj.ds`.tbl ORDER BY x
SELECT "tbl"."x"
FROM "proj"."ds"."tbl"
ORDER BY 1 NULLS FIRST;

-- ddl-06
-- CREATE OR REPLACE VIEW ds.v1 OPTIONS(description='v') AS SELECT 1 AS a; SELECT a FROM ds.v1
CREATE OR REPLACE VIEW "ds"."v1" AS
SELECT 1::BIGINT AS "a";
SELECT "v1"."a"
FROM "ds"."v1";

-- dml-04
-- DELETE ds.base WHERE id = 1; SELECT COUNT(*) AS c FROM ds.base
DELETE FROM "memory"."ds"."base"
WHERE "base"."id" = 1;
SELECT count(*) AS "c"
FROM "memory"."ds"."base";

-- script-02
-- DECLARE d DATE DEFAULT DATE '2024-01-01'; SELECT COUNT(*) AS c FROM ds.base WHERE d = DATE '2024-01-01'
SELECT count(*) AS "c"
FROM "memory"."ds"."base"
WHERE DATE '2024-01-01' = DATE '2024-01-01';
