import type { IngestColumn } from "../../src/domain/ingest-settings.ts";

function text(name: string, key: string = name): IngestColumn {
  return { role: "text", name, key, required: false };
}

/** The sixteen columns of the example's staged CSV (SEED §3). */
export const aquatechColumns: readonly IngestColumn[] = [
  { role: "text", name: "distinct_id", key: "distinct_id", required: true },
  text("elements"),
  text("event"),
  { role: "eventTime", name: "event_time", key: "timestamp", required: true },
  { role: "file", name: "file" },
  text("geoip_city_name", "$geoip_city_name"),
  text("geoip_continent_code", "$geoip_continent_code"),
  text("geoip_continent_name", "$geoip_continent_name"),
  text("geoip_country_code", "$geoip_country_code"),
  text("geoip_country_name", "$geoip_country_name"),
  text("geoip_latitude", "$geoip_latitude"),
  text("geoip_longitude", "$geoip_longitude"),
  text("geoip_subdivision_1_code", "$geoip_subdivision_1_code"),
  text("geoip_subdivision_1_name", "$geoip_subdivision_1_name"),
  text("geoip_time_zone", "$geoip_time_zone"),
  { role: "id", name: "uuid", key: "uuid", required: false },
];
