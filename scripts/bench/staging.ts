import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import type { IngestSettings } from "../../src/domain/ingest-settings.ts";
import type { Ledger } from "../../src/ingest/ledger.ts";
import { runIngest } from "../../src/ingest/run-ingest.ts";
import { openFolder } from "../../src/ingest/store/folder.ts";
import { type Contender, measure, printTimings } from "./measure.ts";

const geoip = [
  "city_name",
  "continent_code",
  "continent_name",
  "country_code",
  "country_name",
  "latitude",
  "longitude",
  "subdivision_1_code",
  "subdivision_1_name",
  "time_zone",
];

/** The columns of the AquaTech example, with the key of each. */
const keys: Readonly<Record<string, string>> = {
  distinct_id: "distinct_id",
  elements: "elements",
  event: "event",
  event_time: "timestamp",
  file: "",
  ...Object.fromEntries(geoip.map((name) => [`geoip_${name}`, `$geoip_${name}`])),
  uuid: "uuid",
};

function settings(from: string, to: string): IngestSettings {
  return {
    source: "staging.pulls",
    from,
    to,
    columns: Object.entries(keys).map(([name, key]) => {
      if (name === "file") return { role: "file", name };
      const role = name === "uuid" ? "id" : name === "event_time" ? "eventTime" : "text";
      return { role, name, key, required: name === "distinct_id" };
    }),
  };
}

/** A ledger that knows nothing and keeps nothing: only staging is measured. */
const forgetful: Ledger = { windows: () => Promise.resolve([]), load: () => Promise.resolve() };

async function stage(raw: string, staged: string): Promise<void> {
  const ports = {
    raw: openFolder(raw, { access: "read" }),
    staged: openFolder(staged, { access: "write" }),
    ledger: forgetful,
    signal: new AbortController().signal,
  };
  const events = runIngest(settings(raw, staged), ports);
  for (let next = await events.next(); next.done !== true;) next = await events.next();
}

function cell(record: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = record[key];
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What one would write without tsdbt: a CSV an hour by JSON.parse and csv-stringify. Broken files are passed over. */
function parseAndStringify(raw: string, staged: string): void {
  mkdirSync(staged, { recursive: true });
  for (const day of readdirSync(raw).sort()) {
    const byHour = new Map<string, string[]>();
    for (const name of readdirSync(join(raw, day)).sort()) {
      const hour = name.slice(0, 11);
      byHour.set(hour, [...(byHour.get(hour) ?? []), name]);
    }
    for (const [hour, names] of byHour) {
      const file = openSync(join(staged, `output_${hour}.csv`), "w");
      writeSync(file, stringify([Object.keys(keys)]));
      for (const name of names) {
        let records: unknown;
        try {
          records = JSON.parse(readFileSync(join(raw, day, name), "utf8"));
        } catch (cause) {
          if (cause instanceof SyntaxError) continue;
          throw cause;
        }
        if (!Array.isArray(records)) continue;
        const rows = records
          .filter(
            (record: unknown): record is Readonly<Record<string, unknown>> =>
              typeof record === "object" && record !== null,
          )
          .map((record) => Object.entries(keys).map(([column, key]) => (column === "file" ? name : cell(record, key))));
        writeSync(file, stringify(rows, { quoted_string: true }));
      }
      closeSync(file);
    }
  }
}

/** Prints how long staging a day takes, beside a plain loop that writes the same CSVs. */
export async function benchStaging(raw: string, scratch: string): Promise<void> {
  const staged = join(scratch, "staged");
  const empty = (): void => {
    rmSync(staged, { recursive: true, force: true });
  };
  const contenders: readonly Contender[] = [
    { name: "tsdbt ingest, staging", prepare: empty, work: () => stage(raw, staged) },
    {
      name: "JSON.parse and csv-stringify",
      prepare: empty,
      work: () => {
        parseAndStringify(raw, staged);
      },
    },
  ];
  printTimings("A day of pulls into 24 CSVs", await measure(contenders, 5));
}
