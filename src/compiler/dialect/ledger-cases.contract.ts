import type { IngestSettings } from "../../domain/ingest-settings.ts";
import type { RecordedTable } from "../../domain/ledger.ts";
import type { Relation } from "../../domain/relation.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";
import type { DialectCase, DialectUnderTest } from "./dialect-cases.contract.ts";
import type { BatchLoad } from "./ledger-dialect.ts";

/** The ledger that cases are made of; `land` puts the files of a batch where a load job of the warehouse would. */
export interface LedgerUnderTest extends Pick<DialectUnderTest, "dialect" | "ledgerDialect" | "database" | "store"> {
  readonly land?: (batch: BatchLoad) => readonly Sql[];
}

const sourceSettings: IngestSettings = {
  source: "staging.pulls",
  from: "raw_data",
  to: "staged",
  columns: [
    { role: "text", name: "user", key: "distinct_id", required: true },
    { role: "eventTime", name: "event time", key: "timestamp", required: true },
    { role: "file", name: "file" },
    { role: "id", name: "uuid", key: "uuid", required: false },
  ],
};

const hour22 = "output_20221031220000_20221031230000";
const hour23 = "output_20221031230000_20221101000000";

/** The staged objects that the cases load, by name: they have to lie in the store before the statements are executed. */
export const stagedObjects: Readonly<Record<string, string>> = {
  [`${hour22}.csv`]: `user,event time,file,uuid
ada,2022-10-31T21:59:59.5Z,20221031-220102.json,a1
"grace, ""the"" admiral",2022-10-31T22:00:00Z,20221031-220102.json,b2
`,
  [`${hour23}.csv`]: `user,event time,file,uuid
Edsger é😀,2022-10-31T23:15:00Z,20221031-231500.json,c3
ada,2022-10-31T21:59:59.5Z,20221031-231500.json,a1
`,
  [`${hour23}.rejects.csv`]: `file,byte_offset,kind,reason,record
20221031-234500.json,17,file,It's cut off.,
20221031-231500.json,90,record,There is no id.,"{""a"":1}"
`,
  "emptied.csv": "user,event time,file,uuid\n",
};

const midnight = Date.parse("2022-11-01T00:00:00Z") * 1000;

/** Cases of every verb of the ledger's statements. */
export function ledgerCases({
  dialect,
  ledgerDialect,
  database,
  store,
  land = () => [],
}: LedgerUnderTest): readonly DialectCase[] {
  const isLanding = dialect.language === "bigquery";
  const settings = isLanding
    ? { ...sourceSettings, columns: [...sourceSettings.columns, { role: "position", name: "tsdbt_position" } as const] }
    : sourceSettings;
  const ledger: Relation = { database, schema: "_tsdbt", identifier: "" };
  const staging: Relation = { database, schema: "staging", identifier: "pulls" };
  const stagedWindow = (start: string, object: string, rows: number): StagedWindow => ({
    window: { startMs: Date.parse(start) },
    object: { name: object, uri: `${store}${object}`, version: "7" },
    rejects: undefined,
    fingerprint: "names and versions",
    contentHash: "bytes",
    files: 1,
    rows,
    rejectedFiles: 0,
    rejectedRecords: 0,
    unknownKeys: {},
  });
  const rejects = `${hour23}.rejects.csv`;
  const windows: readonly StagedWindow[] = [
    stagedWindow("2022-10-31T22:00:00Z", `${hour22}.csv`, 2),
    {
      ...stagedWindow("2022-10-31T23:00:00Z", `${hour23}.csv`, 2),
      rejects: { name: rejects, uri: `${store}${rejects}`, version: "8" },
      files: 2,
      rejectedFiles: 1,
      rejectedRecords: 1,
      unknownKeys: { "it's": 2 },
    },
  ];
  const batchOf = (staged: readonly StagedWindow[], firstTime: number): BatchLoad => ({
    settings,
    staging,
    runId: "run 1",
    after: firstTime - 1,
    windows: staged.map((each, index) => ({ staged: each, loadTime: firstTime + index })),
  });
  const batch = batchOf(windows, midnight);
  const emptied = batchOf([stagedWindow("2022-10-31T22:00:00Z", "emptied.csv", 0)], midnight + 5);
  const table: RecordedTable = {
    uniqueId: "model.shop.dau",
    relation: { database, schema: "shop", identifier: "dau" },
    sources: ["staging.pulls"],
    followsMovesOf: [],
  };
  const elsewhere: RecordedTable = { ...table, relation: { ...table.relation, schema: "other_target" } };
  const create = ledgerDialect.create(ledger);
  const created = [...create, ...dialect.createSchema(staging), ...ledgerDialect.createStaging(ledger, batch)];
  const load = (of: BatchLoad): readonly Sql[] => [...land(of), ...ledgerDialect.loadWindows(ledger, of)];
  const loaded = [...created, ...load(batch)];
  const rebuilt = ledgerDialect.recordRebuilt(ledger, table, "run 1");
  const departed = [...loaded, ...rebuilt, ...load(emptied)];
  const known = ledgerDialect.knownTables(ledger);
  const knownRow = { unique_id: "model.shop.dau", database, schema: "shop", identifier: "dau" };
  const departures = ledgerDialect.departures(ledger);
  const departure = {
    ...knownRow,
    source: "staging.pulls",
    kind: "left",
    day: "2022-10-31",
    files: ["20221031-220102.json"],
    events: 1,
  };
  const question = (
    verb: DialectCase["verb"],
    { query, before }: { readonly query: Sql; readonly before: readonly Sql[] },
    rows: DialectCase["shows"]["rows"],
  ): DialectCase => ({ verb, before, statements: [query], shows: { query, rows } });
  return [
    { verb: "create", before: [], statements: create, shows: { query: known, rows: [] } },
    question("lastLoadTime", { query: ledgerDialect.lastLoadTime(ledger), before: loaded }, [
      { load_time: midnight + 1 },
    ]),
    question("windows", { query: ledgerDialect.windows(ledger, "staging.pulls"), before: loaded }, [
      {
        window_start_ms: Date.parse("2022-10-31T22:00:00Z"),
        source: "staging.pulls",
        run_id: "run 1",
        object: `${hour22}.csv`,
        uri: `${store}${hour22}.csv`,
        version: "7",
        rejects: null,
        rejects_uri: null,
        rejects_version: null,
        fingerprint: "names and versions",
        content_hash: "bytes",
        unknown_keys: "{}",
        files: 1,
        rows: 2,
        rejected_files: 0,
        rejected_records: 0,
      },
      {
        window_start_ms: Date.parse("2022-10-31T23:00:00Z"),
        source: "staging.pulls",
        run_id: "run 1",
        object: `${hour23}.csv`,
        uri: `${store}${hour23}.csv`,
        version: "7",
        rejects,
        rejects_uri: `${store}${rejects}`,
        rejects_version: "8",
        fingerprint: "names and versions",
        content_hash: "bytes",
        unknown_keys: `{"it's":2}`,
        files: 2,
        rows: 2,
        rejected_files: 1,
        rejected_records: 1,
      },
    ]),
    question("knownTables", { query: known, before: [...create, ...rebuilt] }, [knownRow]),
    question("departures", { query: departures, before: departed }, [departure]),
    question("rejected", { query: ledgerDialect.rejected(ledger, "staging.pulls"), before: loaded }, [
      {
        source: "staging.pulls",
        window: "2022-10-31 23:00",
        file: "20221031-231500.json",
        byte_offset: 90,
        kind: "record",
        reason: "There is no id.",
        record: '{"a":1}',
      },
      {
        source: "staging.pulls",
        window: "2022-10-31 23:00",
        file: "20221031-234500.json",
        byte_offset: 17,
        kind: "file",
        reason: "It's cut off.",
        record: null,
      },
    ]),
    { verb: "recordRebuilt", before: departed, statements: rebuilt, shows: { query: departures, rows: [] } },
    {
      verb: "recordMerged",
      of: "a known table",
      before: departed,
      statements: ledgerDialect.recordMerged(ledger, table, "run 2"),
      shows: { query: departures, rows: [departure] },
    },
    {
      verb: "recordMerged",
      of: "an unknown table",
      before: create,
      statements: ledgerDialect.recordMerged(ledger, { ...table, followsMovesOf: ["staging.pulls", "it's"] }, "run 2"),
      shows: { query: known, rows: [knownRow] },
    },
    {
      verb: "forget",
      before: [...departed, ...ledgerDialect.recordRebuilt(ledger, elsewhere, "run 1")],
      statements: ledgerDialect.forget(ledger, table),
      shows: { query: known, rows: [{ ...knownRow, schema: "other_target" }] },
    },
    {
      verb: "createStaging",
      before: loaded,
      statements: ledgerDialect.createStaging(ledger, batch),
      shows: { query: sql`select count(*) as n from ${dialect.relation(staging)}`, rows: [{ n: 0 }] },
    },
    {
      verb: "loadWindows",
      before: [...created, ...land(batch)],
      statements: ledgerDialect.loadWindows(ledger, batch),
      shows: {
        query: sql`select ${trustedSql(isLanding ? "`user`, `event time`" : '"user", "event time"')}, file, uuid, window_start, position, dl_updated_at
from ${dialect.relation(staging)}
order by file, position`,
        rows: [
          {
            user: "ada",
            "event time": "2022-10-31 21:59:59.5+00",
            file: "20221031-220102.json",
            uuid: "a1",
            window_start: "2022-10-31 22:00:00+00",
            position: 1,
            dl_updated_at: "2022-11-01 00:00:00+00",
          },
          {
            user: 'grace, "the" admiral',
            "event time": "2022-10-31 22:00:00+00",
            file: "20221031-220102.json",
            uuid: "b2",
            window_start: "2022-10-31 22:00:00+00",
            position: 2,
            dl_updated_at: "2022-11-01 00:00:00+00",
          },
          {
            user: "Edsger é😀",
            "event time": "2022-10-31 23:15:00+00",
            file: "20221031-231500.json",
            uuid: "c3",
            window_start: "2022-10-31 23:00:00+00",
            position: 1,
            dl_updated_at: "2022-11-01 00:00:00.000001+00",
          },
          {
            user: "ada",
            "event time": "2022-10-31 21:59:59.5+00",
            file: "20221031-231500.json",
            uuid: "a1",
            window_start: "2022-10-31 23:00:00+00",
            position: 2,
            dl_updated_at: "2022-11-01 00:00:00.000001+00",
          },
        ],
      },
    },
    {
      verb: "recordFingerprints",
      before: loaded,
      statements: ledgerDialect.recordFingerprints(
        ledger,
        settings.source,
        windows.map((window) => ({ ...window, fingerprint: "other names" })),
      ),
      shows: {
        query: sql`select distinct fingerprint from (${ledgerDialect.windows(ledger, settings.source)})`,
        rows: [{ fingerprint: "other names" }],
      },
    },
  ];
}
