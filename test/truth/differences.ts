import type { EventRow } from "./read-record.ts";
import { sameCell, type Cell } from "./same-cell.ts";
import type { Truth } from "./truth.ts";

/** A row as a warehouse returns it; columns that the truth does not know are not looked at. */
export type TableRow = Readonly<Record<string, Cell>>;

/** The three tables to be judged. Dates are ISO text, counts may be numbers or their text. */
export interface Tables {
  readonly event_data: readonly TableRow[];
  /** With `event_date` and `cnt`. */
  readonly dau: readonly TableRow[];
  /** With `event_month` and `cnt`. */
  readonly mau: readonly TableRow[];
}

/** What is wrong with the tables, a sentence each; none when they are what the raw files say. */
export function differences(truth: Truth, tables: Tables): readonly string[] {
  return [
    ...eventDifferences(truth.events, tables.event_data),
    ...countDifferences(truth.dau, { rows: tables.dau, table: "dau", period: "event_date" }),
    ...countDifferences(truth.mau, { rows: tables.mau, table: "mau", period: "event_month" }),
  ];
}

const columns = [
  "distinct_id",
  "elements",
  "event",
  "event_time",
  "file",
  "geoip_city_name",
  "geoip_continent_code",
  "geoip_continent_name",
  "geoip_country_code",
  "geoip_country_name",
  "geoip_latitude",
  "geoip_longitude",
  "geoip_subdivision_1_code",
  "geoip_subdivision_1_name",
  "geoip_time_zone",
] as const satisfies readonly (keyof EventRow)[];

function wrongColumns(expected: EventRow, actual: TableRow): readonly string[] {
  return columns
    .filter((column) => !sameCell(column, expected[column], actual[column] ?? null))
    .map((column) => `${column} is ${JSON.stringify(actual[column] ?? null)}, not ${JSON.stringify(expected[column])}`);
}

function eventDifferences(events: Truth["events"], rows: readonly TableRow[]): readonly string[] {
  const found: string[] = [];
  const byUuid = new Map<string, TableRow>();
  for (const row of rows) {
    const uuid = String(row["uuid"]);
    if (byUuid.has(uuid)) {
      found.push(`event_data has ${uuid} twice.`);
    }
    byUuid.set(uuid, row);
  }
  const named = [...events].filter(([, event]) => event.uuid !== null);
  for (const [uuid, event] of named) {
    const row = byUuid.get(uuid);
    byUuid.delete(uuid);
    const wrong = row === undefined ? ["it is missing"] : wrongColumns(event, row);
    found.push(...wrong.map((what) => `event_data, ${uuid}: ${what}.`));
  }
  for (const event of [...events.values()].filter(({ uuid }) => uuid === null)) {
    const match = [...byUuid].find(([, row]) => wrongColumns(event, row).length === 0);
    if (match === undefined) {
      found.push(`event_data lacks the event without uuid ${JSON.stringify(event)}.`);
    } else {
      byUuid.delete(match[0]);
    }
  }
  return [...found, ...[...byUuid.keys()].map((uuid) => `event_data has ${uuid}, which no pull tells of.`)];
}

interface CountTable {
  readonly rows: readonly TableRow[];
  readonly table: string;
  readonly period: string;
}

function countDifferences(counts: ReadonlyMap<string, number>, { rows, table, period }: CountTable): readonly string[] {
  const actual = new Map(rows.map((row) => [String(row[period]), Number(row["cnt"])] as const));
  const twice = rows.length === actual.size ? [] : [`${table} has two rows of one ${period}.`];
  const periods = [...new Set([...counts.keys(), ...actual.keys()])].sort();
  const wrong = periods
    .filter((day) => counts.get(day) !== actual.get(day))
    .map(
      (day) => `${table}, ${day}: ${String(actual.get(day) ?? "no row")}, not ${String(counts.get(day) ?? "no row")}.`,
    );
  return [...twice, ...wrong];
}
