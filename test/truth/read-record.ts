import { readInstant } from "./read-instant.ts";

/** The sixteen columns of an event, but for `dl_updated_at`. `event_time` is as `readInstant` writes it. */
export interface EventRow {
  readonly distinct_id: string;
  readonly elements: string | null;
  readonly event: string | null;
  readonly event_time: string;
  /** The name of the pull that first brought this content. */
  readonly file: string;
  readonly geoip_city_name: string | null;
  readonly geoip_continent_code: string | null;
  readonly geoip_continent_name: string | null;
  readonly geoip_country_code: string | null;
  readonly geoip_country_name: string | null;
  readonly geoip_latitude: string | null;
  readonly geoip_longitude: string | null;
  readonly geoip_subdivision_1_code: string | null;
  readonly geoip_subdivision_1_name: string | null;
  readonly geoip_time_zone: string | null;
  /** `null` where the record has none: such an event is known by its other columns. */
  readonly uuid: string | null;
}

/** A JSON object as it was parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What became of a record: a row, or why it was turned away. */
export type ReadRecord =
  { readonly kind: "row"; readonly row: EventRow } | { readonly kind: "rejected"; readonly reason: string };

/** A value as text: a number as JavaScript writes it, an object or array as compact JSON, a lone surrogate as U+FFFD. */
function cell(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(text, "utf8").toString("utf8");
}

function emptyAsNull(text: string | null): string | null {
  return text === "" ? null : text;
}

function rejected(reason: string): ReadRecord {
  return { kind: "rejected", reason };
}

/** Reads a record of a pull, by the rules of the columns: an id and a readable time are wanted, all else may be absent. */
export function readRecord(record: JsonObject, file: string): ReadRecord {
  const id = emptyAsNull(cell(record["distinct_id"]));
  if (id === null) {
    return rejected("no distinct_id");
  }
  const timestamp = record["timestamp"];
  if (timestamp === undefined || timestamp === null) {
    return rejected("no timestamp");
  }
  const instant = typeof timestamp === "string" ? readInstant(timestamp) : undefined;
  if (instant === undefined) {
    return rejected("unreadable timestamp");
  }
  const row: EventRow = {
    distinct_id: id,
    elements: cell(record["elements"]),
    event: cell(record["event"]),
    event_time: instant.text,
    file,
    geoip_city_name: cell(record["$geoip_city_name"]),
    geoip_continent_code: cell(record["$geoip_continent_code"]),
    geoip_continent_name: cell(record["$geoip_continent_name"]),
    geoip_country_code: cell(record["$geoip_country_code"]),
    geoip_country_name: cell(record["$geoip_country_name"]),
    geoip_latitude: cell(record["$geoip_latitude"]),
    geoip_longitude: cell(record["$geoip_longitude"]),
    geoip_subdivision_1_code: cell(record["$geoip_subdivision_1_code"]),
    geoip_subdivision_1_name: cell(record["$geoip_subdivision_1_name"]),
    geoip_time_zone: cell(record["$geoip_time_zone"]),
    uuid: emptyAsNull(cell(record["uuid"])),
  };
  const nul = Object.values(row).some((text: string | null) => text?.includes("\0") === true);
  return nul ? rejected("a NUL character") : { kind: "row", row };
}
