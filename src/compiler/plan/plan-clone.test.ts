import { describe, expect, it } from "vitest";
import { answerScript } from "../../../test/answer-script.ts";
import { modelOf, relationOf, seedOf } from "../../../test/literal-resources.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { duckdb } from "../dialect/duckdb.ts";
import { planClone } from "./plan-clone.ts";
import { runState } from "./run-state.ts";

const sql = {
  dialect: duckdb,
  ledgerDialect: duckdbLedger,
  ledger: { database: "memory", schema: "_tsdbt", identifier: "" },
  runId: "run",
  now: 0,
};

const elsewhere = (identifier: string): ReturnType<typeof relationOf> => ({
  ...relationOf(identifier),
  schema: "prod",
});

function reasons(fullRefresh: boolean): Readonly<Record<string, string>> {
  const state = runState({
    relations: [{ relation: relationOf("dau"), kind: "table", columns: [] }],
    knownTables: [],
    departures: [],
  });
  const stated = new Map([
    ["model.shop.dau", elsewhere("dau")],
    ["seed.shop.cities", elsewhere("cities")],
  ]);
  const { steps } = planClone([modelOf("dau"), modelOf("new"), seedOf("cities")], { stated, fullRefresh, state, sql });
  return Object.fromEntries(steps.slice(1).map(({ name, reason }) => [name, reason]));
}

describe("a clone", () => {
  it("is a view of what stands elsewhere, where nothing stands yet or that is to be replaced", () => {
    expect(reasons(false)).toEqual({
      dau: "something stands there already",
      new: "the state knows no relation of it",
      cities: "a view of memory.prod.cities",
    });
    expect(reasons(true)["dau"]).toBe("a view of memory.prod.dau");
  });

  it("asks nothing of the warehouse where there is nothing to do", () => {
    const state = runState({ relations: [], knownTables: [], departures: [] });
    const { steps } = planClone([modelOf("new")], { stated: new Map(), fullRefresh: false, state, sql });
    const [, step] = steps;
    if (step === undefined) throw new Error("there is a step for each resource");
    expect(answerScript(step.script())).toMatchObject({
      asked: [],
      ended: { status: "success", message: "No-op" },
    });
    expect(planClone([], { stated: new Map(), fullRefresh: false, state, sql }).steps).toEqual([]);
  });
});
