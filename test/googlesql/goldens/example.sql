-- event_data: distinct_id STRING, elements STRING, event STRING, event_time TIMESTAMP, file STRING, geoip_city_name STRING, geoip_continent_code STRING, geoip_continent_name STRING, geoip_country_code STRING, geoip_country_name STRING, geoip_latitude FLOAT64, geoip_longitude FLOAT64, geoip_subdivision_1_code STRING, geoip_subdivision_1_name STRING, geoip_time_zone STRING, uuid STRING, dl_updated_at TIMESTAMP
WITH "pulls" AS (
  SELECT
    "pulls"."distinct_id",
    "pulls"."elements",
    "pulls"."event",
    "pulls"."event_time",
    "pulls"."file",
    "pulls"."geoip_city_name",
    "pulls"."geoip_continent_code",
    "pulls"."geoip_continent_name",
    "pulls"."geoip_country_code",
    "pulls"."geoip_country_name",
    "pulls"."geoip_latitude",
    "pulls"."geoip_longitude",
    "pulls"."geoip_subdivision_1_code",
    "pulls"."geoip_subdivision_1_name",
    "pulls"."geoip_time_zone",
    "pulls"."uuid",
    "pulls"."window_start",
    "pulls"."position",
    "pulls"."content_hash",
    "pulls"."dl_updated_at"
  FROM "aquatech"."staging"."pulls"
),
"versions" AS (
  SELECT
    "pulls"."distinct_id",
    "pulls"."elements",
    "pulls"."event",
    "pulls"."event_time",
    "pulls"."file",
    "pulls"."geoip_city_name",
    "pulls"."geoip_continent_code",
    "pulls"."geoip_continent_name",
    "pulls"."geoip_country_code",
    "pulls"."geoip_country_name",
    "pulls"."geoip_latitude",
    "pulls"."geoip_longitude",
    "pulls"."geoip_subdivision_1_code",
    "pulls"."geoip_subdivision_1_name",
    "pulls"."geoip_time_zone",
    "pulls"."uuid",
    "pulls"."window_start",
    "pulls"."position",
    "pulls"."content_hash",
    "pulls"."dl_updated_at",
    lag("pulls"."content_hash", 1, NULL) OVER (PARTITION BY "pulls"."uuid" ORDER BY "pulls"."file" NULLS FIRST, "pulls"."position" NULLS FIRST) AS "previous_hash"
  FROM "pulls"
)
SELECT
  "versions"."distinct_id",
  "versions"."elements",
  "versions"."event",
  "versions"."event_time",
  "versions"."file",
  "versions"."geoip_city_name",
  "versions"."geoip_continent_code",
  "versions"."geoip_continent_name",
  "versions"."geoip_country_code",
  "versions"."geoip_country_name",
  TRY(gsql_float64("versions"."geoip_latitude")) AS "geoip_latitude",
  TRY(gsql_float64("versions"."geoip_longitude")) AS "geoip_longitude",
  "versions"."geoip_subdivision_1_code",
  "versions"."geoip_subdivision_1_name",
  "versions"."geoip_time_zone",
  "versions"."uuid",
  "versions"."dl_updated_at"
FROM "versions"
WHERE ("versions"."previous_hash" IS NULL) OR ("versions"."previous_hash" <> "versions"."content_hash")
QUALIFY row_number() OVER (PARTITION BY "versions"."uuid" ORDER BY "versions"."file" DESC NULLS LAST, "versions"."position" DESC NULLS LAST) = 1;

-- event_data, incremental
WITH "pulls" AS (
  SELECT
    "pulls"."distinct_id",
    "pulls"."elements",
    "pulls"."event",
    "pulls"."event_time",
    "pulls"."file",
    "pulls"."geoip_city_name",
    "pulls"."geoip_continent_code",
    "pulls"."geoip_continent_name",
    "pulls"."geoip_country_code",
    "pulls"."geoip_country_name",
    "pulls"."geoip_latitude",
    "pulls"."geoip_longitude",
    "pulls"."geoip_subdivision_1_code",
    "pulls"."geoip_subdivision_1_name",
    "pulls"."geoip_time_zone",
    "pulls"."uuid",
    "pulls"."window_start",
    "pulls"."position",
    "pulls"."content_hash",
    "pulls"."dl_updated_at"
  FROM "aquatech"."staging"."pulls"
  WHERE "pulls"."uuid" IN (
    SELECT "pulls_1"."uuid"
    FROM "aquatech"."staging"."pulls" AS "pulls_1"
    WHERE "pulls_1"."dl_updated_at" > (
      SELECT coalesce(max("event_data"."dl_updated_at"), TIMESTAMPTZ '0001-01-01 00:00:00+00') AS "f0_"
      FROM "aquatech"."main"."event_data"
    )
  )
),
"versions" AS (
  SELECT
    "pulls"."distinct_id",
    "pulls"."elements",
    "pulls"."event",
    "pulls"."event_time",
    "pulls"."file",
    "pulls"."geoip_city_name",
    "pulls"."geoip_continent_code",
    "pulls"."geoip_continent_name",
    "pulls"."geoip_country_code",
    "pulls"."geoip_country_name",
    "pulls"."geoip_latitude",
    "pulls"."geoip_longitude",
    "pulls"."geoip_subdivision_1_code",
    "pulls"."geoip_subdivision_1_name",
    "pulls"."geoip_time_zone",
    "pulls"."uuid",
    "pulls"."window_start",
    "pulls"."position",
    "pulls"."content_hash",
    "pulls"."dl_updated_at",
    lag("pulls"."content_hash", 1, NULL) OVER (PARTITION BY "pulls"."uuid" ORDER BY "pulls"."file" NULLS FIRST, "pulls"."position" NULLS FIRST) AS "previous_hash"
  FROM "pulls"
)
SELECT
  "versions"."distinct_id",
  "versions"."elements",
  "versions"."event",
  "versions"."event_time",
  "versions"."file",
  "versions"."geoip_city_name",
  "versions"."geoip_continent_code",
  "versions"."geoip_continent_name",
  "versions"."geoip_country_code",
  "versions"."geoip_country_name",
  TRY(gsql_float64("versions"."geoip_latitude")) AS "geoip_latitude",
  TRY(gsql_float64("versions"."geoip_longitude")) AS "geoip_longitude",
  "versions"."geoip_subdivision_1_code",
  "versions"."geoip_subdivision_1_name",
  "versions"."geoip_time_zone",
  "versions"."uuid",
  "versions"."dl_updated_at"
FROM "versions"
WHERE ("versions"."previous_hash" IS NULL) OR ("versions"."previous_hash" <> "versions"."content_hash")
QUALIFY row_number() OVER (PARTITION BY "versions"."uuid" ORDER BY "versions"."file" DESC NULLS LAST, "versions"."position" DESC NULLS LAST) = 1;

-- dau: event_date DATE, cnt INT64, dl_updated_at TIMESTAMP
SELECT
  CAST(timezone('UTC', "event_data"."event_time") AS DATE) AS "event_date",
  count(DISTINCT "event_data"."distinct_id") AS "cnt",
  max("event_data"."dl_updated_at") AS "dl_updated_at"
FROM "aquatech"."main"."event_data"
GROUP BY 1;

-- dau, incremental
SELECT
  CAST(timezone('UTC', "event_data"."event_time") AS DATE) AS "event_date",
  count(DISTINCT "event_data"."distinct_id") AS "cnt",
  max("event_data"."dl_updated_at") AS "dl_updated_at"
FROM "aquatech"."main"."event_data"
WHERE CAST(timezone('UTC', "event_data"."event_time") AS DATE) IN (
  SELECT CAST(timezone('UTC', "event_data_1"."event_time") AS DATE) AS "f0_"
  FROM "aquatech"."main"."event_data" AS "event_data_1"
  WHERE "event_data_1"."dl_updated_at" > (
    SELECT coalesce(max("dau"."dl_updated_at"), TIMESTAMPTZ '0001-01-01 00:00:00+00') AS "f0_"
    FROM "aquatech"."main"."dau"
  )
)
GROUP BY 1;

-- mau: event_month DATE, cnt INT64, dl_updated_at TIMESTAMP
SELECT
  CAST(date_trunc('month', CAST(timezone('UTC', "event_data"."event_time") AS DATE)) AS DATE) AS "event_month",
  count(DISTINCT "event_data"."distinct_id") AS "cnt",
  max("event_data"."dl_updated_at") AS "dl_updated_at"
FROM "aquatech"."main"."event_data"
GROUP BY 1;

-- mau, incremental
SELECT
  CAST(date_trunc('month', CAST(timezone('UTC', "event_data"."event_time") AS DATE)) AS DATE) AS "event_month",
  count(DISTINCT "event_data"."distinct_id") AS "cnt",
  max("event_data"."dl_updated_at") AS "dl_updated_at"
FROM "aquatech"."main"."event_data"
WHERE CAST(date_trunc('month', CAST(timezone('UTC', "event_data"."event_time") AS DATE)) AS DATE) IN (
  SELECT CAST(date_trunc('month', CAST(timezone('UTC', "event_data_1"."event_time") AS DATE)) AS DATE) AS "f0_"
  FROM "aquatech"."main"."event_data" AS "event_data_1"
  WHERE "event_data_1"."dl_updated_at" > (
    SELECT coalesce(max("mau"."dl_updated_at"), TIMESTAMPTZ '0001-01-01 00:00:00+00') AS "f0_"
    FROM "aquatech"."main"."mau"
  )
)
GROUP BY 1;
