import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectAnalyzed } from "../../../test/googlesql/expect-analyzed.ts";
import { expectGolden } from "../../../test/expect-golden.ts";
import type { Relation } from "../../domain/relation.ts";
import { trustedSql } from "../../domain/sql.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";
import { loadParser } from "../googlesql/parser.ts";
import { bigquery } from "./bigquery.ts";
import { bigqueryLedger } from "./bigquery-ledger.ts";
import { goldenName, goldenText, silentVerbs } from "./dialect.contract.ts";
import { ledgerCases } from "./ledger-cases.contract.ts";
import type { BatchLoad } from "./ledger-dialect.ts";

const ledger: Relation = { database: "p", schema: "_tsdbt", identifier: "" };
const dialect = bigquery({ scratch: ledger, location: "EU" });
const ledgerDialect = bigqueryLedger(dialect);
const cases = ledgerCases({ dialect, ledgerDialect, database: "p", store: "gs://b/hours/" });

const landed = [
  ["user", "STRING"],
  ["event time", "STRING"],
  ["file", "STRING"],
  ["uuid", "STRING"],
  ["tsdbt_position", "STRING"],
] as const;
const staged = [
  ["user", "STRING"],
  ["event time", "TIMESTAMP"],
  ["file", "STRING"],
  ["uuid", "STRING"],
  ["window_start", "TIMESTAMP"],
  ["position", "INT64"],
  ["content_hash", "STRING"],
] as const;
const table = [
  ["unique_id", "STRING"],
  ["database", "STRING"],
  ["schema", "STRING"],
  ["identifier", "STRING"],
] as const;
const loadTime = ["dl_updated_at", "TIMESTAMP"] as const;

const tables = {
  "p._tsdbt.landing__staging__pulls": landed,
  "p._tsdbt.landing_rejects__staging__pulls": ["file", "byte_offset", "kind", "reason", "record"].map(
    (name) => [name, "STRING"] as const,
  ),
  "p.staging.pulls": [...staged, loadTime],
  incoming: [...staged, ["tsdbt_load_time", "TIMESTAMP"] as const],
  replaced: [...staged, loadTime],
  touched: [["uuid", "STRING"] as const],
  before_load: [...staged, loadTime],
  after_load: [...staged, loadTime],
  "p._tsdbt.windows": [
    ["source", "STRING"],
    ["window_start", "TIMESTAMP"],
    ["load_time", "TIMESTAMP"],
    ["run_id", "STRING"],
    ...["object", "uri", "version", "rejects", "rejects_uri", "rejects_version", "fingerprint", "content_hash"].map(
      (name) => [name, "STRING"] as const,
    ),
    ["unknown_keys", "STRING"],
    ...["files", "rows", "rejected_files", "rejected_records"].map((name) => [name, "INT64"] as const),
  ] as const,
  "p._tsdbt.rejected": [
    ["source", "STRING"],
    ["window_start", "TIMESTAMP"],
    ["file", "STRING"],
    ["byte_offset", "INT64"],
    ["kind", "STRING"],
    ["reason", "STRING"],
    ["record", "STRING"],
  ] as const,
  "p._tsdbt.tables": [
    ...table,
    ["sources", "ARRAY<STRING>"],
    ["follows_moves_of", "ARRAY<STRING>"],
    ["read_through", "TIMESTAMP"],
    ["run_id", "STRING"],
  ] as const,
  "p._tsdbt.departures": [
    ...table,
    ["source", "STRING"],
    ["kind", "STRING"],
    ["event_id", "STRING"],
    ["event_day", "DATE"],
    ["file", "STRING"],
  ] as const,
};

describe("the statements of the ledger on bigquery", () => {
  const goldens = join(import.meta.dirname, "goldens", "bigquery-ledger");

  it.each(cases.map((each) => [goldenName(each), each.statements] as const))(
    "are those of %s",
    (golden, statements) => {
      expectGolden(join(goldens, golden), goldenText(statements));
    },
  );

  it("have a golden for every verb, and no other goldens", () => {
    const verbs = Object.keys(ledgerDialect).filter((verb) => !silentVerbs.has(verb));
    expect([...new Set(cases.map(({ verb }): string => verb))].sort()).toEqual(verbs.sort());
    expect(readdirSync(goldens).sort()).toEqual(cases.map(goldenName).sort());
  });

  it.each(cases.map((each) => [goldenName(each), each.statements] as const))(
    "of %s are taken by the parser",
    async (_, statements) => {
      // The parser does not know the form that makes a dataset; the analyzer does.
      const parse = await loadParser();
      for (const { text } of statements)
        if (!text.startsWith("create schema")) expect([text, parse(text)]).toMatchObject([text, { ok: true }]);
    },
  );

  it("are valid for GoogleSQL's own analyzer, as is on record", () => {
    expectAnalyzed(join(import.meta.dirname, "goldens", "bigquery-ledger-analyzed.json"), {
      statements: cases.flatMap(({ statements }) => statements.map(({ text }) => text)),
      tables,
    });
  });
});

describe("the files that BigQuery loads for a batch", () => {
  const object = (name: string, version: string): StagedWindow["object"] => ({ name, uri: `gs://b/${name}`, version });
  const staged22: StagedWindow = {
    window: { startMs: Date.parse("2022-10-31T22:00:00Z") },
    object: object("output_22.csv", "7"),
    rejects: undefined,
    fingerprint: "f",
    contentHash: "h",
    files: 1,
    rows: 1,
    rejectedFiles: 0,
    rejectedRecords: 0,
    unknownKeys: {},
  };
  const batch: BatchLoad = {
    settings: {
      source: "raw data.it's",
      from: "raw",
      to: "gs://b",
      columns: [
        { role: "id", name: "uuid", key: "uuid", required: true },
        { role: "position", name: "tsdbt_position" },
      ],
    },
    staging: { database: "p", schema: "staging", identifier: "pulls" },
    runId: "r",
    after: 5,
    windows: [{ staged: staged22, loadTime: 6 }],
  };

  it("are listed one by one, all columns text", () => {
    expect(ledgerDialect.fileLoads(ledger, batch)).toEqual([
      {
        target: { ...ledger, identifier: "landing__raw_data__it_s" },
        columns: [
          { name: "uuid", type: "STRING" },
          { name: "tsdbt_position", type: "STRING" },
        ],
        uris: ["gs://b/output_22.csv"],
        key: [
          "p",
          "_tsdbt",
          "landing__raw_data__it_s",
          "after 5",
          '["uuid","tsdbt_position"]',
          "gs://b/output_22.csv#7",
        ],
      },
    ]);
  });

  it("have a load of their own where something was turned away", () => {
    const rejecting = { ...staged22, rejects: object("rejected_22.csv", "8") };
    const loads = ledgerDialect.fileLoads(ledger, { ...batch, windows: [{ staged: rejecting, loadTime: 6 }] });
    expect(loads.map(({ uris }) => uris)).toEqual([["gs://b/output_22.csv"], ["gs://b/rejected_22.csv"]]);
  });

  it("are another load where an object, the columns or the ledger's last load time is another one", () => {
    const keyOf = (of: BatchLoad): string => JSON.stringify(ledgerDialect.fileLoads(ledger, of)[0]?.key);
    const rewritten = { ...staged22, object: object("output_22.csv", "9") };
    const keys = [
      batch,
      { ...batch, runId: "another run" },
      { ...batch, after: undefined },
      { ...batch, windows: [{ staged: rewritten, loadTime: 6 }] },
      { ...batch, settings: { ...batch.settings, columns: [...batch.settings.columns].reverse() } },
    ].map(keyOf);
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(keys[1]);
  });

  it("need a column for the place of a row", () => {
    const [id] = batch.settings.columns;
    const without = { ...batch, settings: { ...batch.settings, columns: id === undefined ? [] : [id] } };
    expect(() => ledgerDialect.loadWindows(ledger, without)).toThrow("no column of role");
  });

  it("are held by the run's fence", () => {
    const fence = [trustedSql("select error('lost')")];
    const statements = ledgerDialect
      .loadWindows(ledger, {
        ...batch,
        fence,
        settings: {
          ...batch.settings,
          columns: [
            ...batch.settings.columns,
            { role: "eventTime", name: "at", key: "at", required: true },
            { role: "file", name: "file" },
          ],
        },
      })
      .map(({ text }) => text);
    expect(statements.slice(0, 2)).toEqual(["begin transaction", "select error('lost')"]);
  });
});
