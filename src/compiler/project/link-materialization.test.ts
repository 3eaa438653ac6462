import { describe, expect, it } from "vitest";
import { incrementalOf } from "../../../test/literal-resources.ts";
import { told } from "../../../test/literal-project.ts";
import type { Data } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Materialization } from "../../domain/model.ts";
import type { DialectName } from "../../domain/settings.ts";
import { linkDialect, linkMaterialization } from "./link-materialization.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

function config(values: Readonly<Record<string, Data>>): ResolvedConfig {
  const spans = Object.keys(values).map(
    (key) => [key, { file: { path: "m.sql", text: key }, start: 0, end: key.length }] as const,
  );
  return { values, spans: Object.fromEntries(spans) };
}

function link(values: Readonly<Record<string, Data>>): {
  readonly materialization: Materialization;
  readonly told: readonly string[];
} {
  const diagnostics: Diagnostic[] = [];
  const materialization = linkMaterialization({
    config: config(values),
    dialect: "bigquery",
    warehouse: "duckdb",
    report: (each) => diagnostics.push(each),
    definesMacro: (name) => name === "get_incremental_own_sql" || name === "get_incremental_append_sql",
  });
  return { materialization, told: diagnostics.map(told) };
}

const incremental = { ...incrementalOf(), fullRefresh: undefined };

describe("how a model becomes a relation", () => {
  it("is a view unless its config says otherwise", () => {
    expect(link({}).materialization).toEqual({ kind: "view" });
    expect(link({ materialized: null }).materialization).toEqual({ kind: "view" });
    expect(["view", "table", "ephemeral"].map((materialized) => link({ materialized }).materialization.kind)).toEqual([
      "view",
      "table",
      "ephemeral",
    ]);
  });

  it.each<[Readonly<Record<string, Data>>, object]>([
    [{}, incremental],
    [{ unique_key: "id" }, { ...incremental, uniqueKey: ["id"] }],
    [{ unique_key: ["a", "b"] }, { ...incremental, uniqueKey: ["a", "b"] }],
    [{ unique_key: "" }, incremental],
    [{ unique_key: null }, incremental],
    [{ incremental_strategy: "delete+insert" }, incrementalOf({ strategy: "delete+insert" })],
    [
      { incremental_strategy: "own" },
      incrementalOf({ strategy: { kind: "custom", name: "own", macro: "get_incremental_own_sql" } }),
    ],
    [
      { incremental_strategy: "append" },
      incrementalOf({ strategy: { kind: "custom", name: "append", macro: "get_incremental_append_sql" } }),
    ],
    [
      { incremental_strategy: "a+b" },
      incrementalOf({ strategy: { kind: "custom", name: "a+b", macro: "get_incremental_a_b_sql" } }),
    ],
    [{ on_schema_change: "fail" }, { ...incremental, onSchemaChange: "fail" }],
    [{ full_refresh: false }, { ...incremental, fullRefresh: false }],
    [{ full_refresh: true }, { ...incremental, fullRefresh: true }],
  ])("is incremental by %j", (values, expected) => {
    expect(link({ materialized: "incremental", ...values })).toEqual({
      materialization: expected,
      told: [],
    });
  });

  it.each([
    ["materialized", "tabel", 'cannot be "tabel". → Did you mean "table"?'],
    ["materialized", "snapshot", 'cannot be "snapshot". → It is one of "view", "table", "incremental", "ephemeral".'],
    ["incremental_strategy", 7, "cannot be 7."],
    [
      "on_schema_change",
      "sync",
      'cannot be "sync". → It is one of "ignore", "append_new_columns", "sync_all_columns", "fail".',
    ],
    [
      "on_schema_change",
      true,
      'cannot be true. → It is one of "ignore", "append_new_columns", "sync_all_columns", "fail".',
    ],
  ])("is told where %s is %j", (key, value, message) => {
    expect(link({ materialized: "incremental", [key]: value }).told).toEqual([
      `error config-value m.sql:1:1 «${key}» The config "${key}" ${message}`,
    ]);
  });

  it("does not look at what only incremental models have", () => {
    expect(link({ materialized: "table", incremental_strategy: "nonsense" }).told).toEqual([]);
  });
});

describe("the dialect of a model", () => {
  function dialect(value: Data | undefined, project: DialectName): readonly (string | undefined)[] {
    const diagnostics: Diagnostic[] = [];
    const values = value === undefined ? {} : { dialect: value };
    const found = linkDialect(config(values), project, (each) => diagnostics.push(each));
    return [found, ...diagnostics.map(told)];
  }

  it("is the project's, or DuckDB's own where its config says so", () => {
    expect(dialect(undefined, "bigquery")).toEqual(["bigquery"]);
    expect(dialect("duckdb", "bigquery")).toEqual(["duckdb"]);
    expect(dialect("bigquery", "bigquery")).toEqual(["bigquery"]);
    expect(dialect("duckdb", "duckdb")).toEqual(["duckdb"]);
  });

  it("cannot be another one", () => {
    expect(dialect("bigqery", "bigquery")).toEqual([
      "bigquery",
      'error config-value m.sql:1:1 «dialect» The config "dialect" cannot be "bigqery". → Did you mean "bigquery"?',
    ]);
    expect(dialect("bigquery", "duckdb")[1]).toBe(
      'error config-value m.sql:1:1 «dialect» A model cannot be written in GoogleSQL in a project that is written in DuckDB\'s dialect. → Say "dialect: bigquery" in the project file and "dialect: duckdb" in the models that are native.',
    );
  });
});
