import { describe, expect, it } from "vitest";
import { incrementalOf, modelOf, queryOf } from "../../../test/literal-resources.ts";
import type { Layout } from "../../domain/layout.ts";
import type { CompiledModel } from "../../domain/model.ts";
import { bigquery } from "../dialect/bigquery.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { planModel, type PlannedModel } from "./model-step.ts";
import { runState } from "./run-state.ts";

const ledger = { database: "p", schema: "_tsdbt", identifier: "" };
const dialect = bigquery({ scratch: ledger, location: undefined });
const sql = { dialect, ledgerDialect: duckdbLedger, ledger, runId: "run", now: 0 };
const days = { kind: "time", field: "day", dataType: "date", granularity: "day" } as const;

function plan(model: CompiledModel, layout: Layout): PlannedModel {
  return planModel(model, {
    state: runState({
      relations: [{ relation: model.relation, kind: "table", columns: [], layout }],
      knownTables: [],
      departures: [],
    }),
    sql,
    fullRefresh: false,
    neededFunctions: () => [],
    batches: { nowMs: 0, eventTimes: {}, earlier: new Map() },
    recordOf: ({ uniqueId, relation }) => ({ uniqueId, relation, sources: [], followsMovesOf: [] }),
  });
}

function statements({ work }: PlannedModel): readonly string[] {
  const first = work?.script().next();
  return first?.done === false && first.value.kind === "execute" ? first.value.statements.map(({ text }) => text) : [];
}

const model = modelOf("m", { dialect: "bigquery", full: queryOf("select 1"), layout: { partitioning: days } });

describe("a model whose table lies in another way than its config says", () => {
  const table: CompiledModel = { ...model, materialization: { kind: "table" } };
  const incremental: CompiledModel = { ...model, materialization: incrementalOf() };

  it("is built aside and swapped in, so that a failing query loses nothing", () => {
    expect(statements(plan(table, {})).map((text) => text.split("\n")[0])).toEqual([
      "drop table if exists `memory`.`main`.`m__dbt_new`",
      "create or replace table `memory`.`main`.`m__dbt_new`",
      "drop table if exists `memory`.`main`.`m__dbt_backup`",
      "alter table `memory`.`main`.`m` rename to `m__dbt_backup`",
      "alter table `memory`.`main`.`m__dbt_new` rename to `m`",
      "drop table `memory`.`main`.`m__dbt_backup`",
    ]);
    expect(statements(plan(table, { partitioning: days }))).toHaveLength(1);
  });

  it("is told where rows are only added to it", () => {
    expect(plan(incremental, { clusterBy: ["id"] }).diagnostics).toMatchObject([
      {
        code: "option-drift",
        severity: "warning",
        message: 'The table of "m" is not as its config says: "partition_by", "cluster_by".',
        hint: "Run with --full-refresh --select m to build it as the config says.",
      },
    ]);
    expect(plan(incremental, { partitioning: days }).diagnostics).toEqual([]);
  });
});
