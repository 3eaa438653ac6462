import { describe, expect, it } from "vitest";
import { incrementalOf, modelOf } from "../../../test/literal-resources.ts";
import type { Microbatch } from "../../domain/incremental.ts";
import type { RunMode } from "../../domain/model.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { duckdb } from "../dialect/duckdb.ts";
import { type BatchRequest, describeBatches, planBatches } from "./plan-batches.ts";

const ms = (text: string): number => Date.parse(`${text}Z`);

const daily: Microbatch = {
  kind: "microbatch",
  eventTime: "at",
  beginMs: ms("2020-01-01T00:00"),
  size: "day",
  lookback: 1,
  isConcurrent: undefined,
};

const sql = {
  dialect: duckdb,
  ledgerDialect: duckdbLedger,
  ledger: { database: "memory", schema: "_tsdbt", identifier: "" },
  runId: "run",
  now: 0,
};

function planned(
  given: { readonly mode?: RunMode; readonly strategy?: Partial<Microbatch>; readonly text?: string } = {},
  request: Partial<BatchRequest> = {},
): { readonly names: readonly string[]; readonly said: string; readonly runs: string; readonly carried: number } {
  const { mode = "incremental", strategy = {}, text = "select 1" } = given;
  const whole = { ...daily, ...strategy };
  const materialization = incrementalOf({ strategy: whole });
  const model = modelOf("m", { materialization, file: { path: "m.sql", text } });
  const record = { uniqueId: model.uniqueId, relation: model.relation, sources: [], followsMovesOf: [] };
  const batches = planBatches(
    { model, materialization, record },
    {
      strategy: whole,
      mode,
      standing: { kind: undefined, isRelaid: false, isKnown: false },
      columns: undefined,
      request: { eventTimes: {}, nowMs: ms("2020-01-05T13:57"), earlier: new Map(), ...request },
      sql,
      functionsOf: () => [],
    },
  );
  return {
    names: batches.list.map(({ name }) => name),
    said: describeBatches(batches, whole),
    runs: batches.runs,
    carried: batches.carried.length,
  };
}

describe("the batches of a run", () => {
  it("are the one of now and as many before it as are looked back on", () => {
    expect(planned().names).toEqual(["2020-01-04", "2020-01-05"]);
    expect(planned({ strategy: { lookback: 0 } }).names).toEqual(["2020-01-05"]);
    expect(planned({ strategy: { lookback: 3 } }).names).toHaveLength(4);
  });

  it("go up to now, and no further where a batch begins just then", () => {
    expect(planned({}, { nowMs: ms("2020-01-05T00:00") }).names).toEqual(["2020-01-03", "2020-01-04"]);
  });

  it("begin where event time does if there is nothing yet", () => {
    const { names, said } = planned({ mode: "full" });
    expect(names).toEqual(["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04", "2020-01-05"]);
    expect(said).toBe("5 batches of a day, 2020-01-01 to 2020-01-05");
    expect(planned({ mode: "full", strategy: { beginMs: ms("2020-01-05T00:00"), size: "hour" } }).said).toBe(
      "14 batches of an hour, 2020-01-05T00 to 2020-01-05T13",
    );
  });

  it("are those of the times that are asked for, widened to whole batches", () => {
    const eventTimes = { startMs: ms("2020-01-02T10:00"), endMs: ms("2020-01-03T00:01") };
    expect(planned({}, { eventTimes }).names).toEqual(["2020-01-02", "2020-01-03"]);
    expect(planned({ mode: "full" }, { eventTimes }).names).toEqual(["2020-01-02", "2020-01-03"]);
  });

  it("are those that failed before, if any succeeded", () => {
    const batch = (day: number): { startMs: number; endMs: number } => ({
      startMs: ms(`2020-01-0${String(day)}T00:00`),
      endMs: ms(`2020-01-0${String(day + 1)}T00:00`),
    });
    const of = (successful: readonly number[]): BatchRequest["earlier"] =>
      new Map([["model.shop.m", { successful: successful.map(batch), failed: [batch(2)] }]]);
    expect(planned({}, { earlier: of([1, 3]) })).toMatchObject({ names: ["2020-01-02"], carried: 2 });
    expect(planned({}, { earlier: of([]) })).toMatchObject({ names: ["2020-01-04", "2020-01-05"], carried: 0 });
  });

  it("run side by side if the config says so, or else if the model does not mention itself", () => {
    expect(planned().runs).toBe("side by side");
    expect(planned({ text: "select * from {{ this }}" }).runs).toBe("one by one");
    expect(planned({ text: "select * from {{ this }}", strategy: { isConcurrent: true } }).runs).toBe("side by side");
    expect(planned({ strategy: { isConcurrent: false } }).runs).toBe("one by one");
  });
});
