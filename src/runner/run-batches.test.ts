import { describe, expect, it } from "vitest";
import { error } from "../domain/diagnostic.ts";
import type { BatchedWork, BatchWork, Outcome } from "../domain/plan.ts";
import type { BatchResult } from "../domain/run-event.ts";
import { settled } from "../domain/script.ts";
import { endingOfBatches, runBatches } from "./run-batches.ts";

const success: Outcome = { status: "success", message: "OK", rowCount: 2, warnings: [] };
const failure: Outcome = { status: "error", diagnostics: [error("refused", "No.")] };
const skipped: Outcome = { status: "skipped", because: "of the first" };

function workOf(name: string): BatchWork {
  return { batch: { startMs: 0, endMs: 1 }, name, script: () => settled(success) };
}

function resultOf(work: BatchWork, ending: Outcome): BatchResult {
  return { work, ending, startedMs: 0, endedMs: 0, statements: [] };
}

/** Runs batches `a`, `b`, …, of which some fail, with a number of idle threads; what is told is when each begins and ends. */
async function run(
  names: string,
  { bad = "", runs = "one by one", idle = 0 }: { bad?: string; runs?: BatchedWork["runs"]; idle?: number } = {},
): Promise<{ readonly told: string; readonly ending: string; readonly idle: number }> {
  const batched: BatchedWork = { list: Array.from(names, workOf), runs, carried: [] };
  let told = "";
  let free = idle;
  const results = await runBatches(batched, {
    run: async (work) => {
      told += `+${work.name}`;
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      told += `-${work.name}`;
      return resultOf(work, bad.includes(work.name) ? failure : success);
    },
    skip: (work) => {
      told += ` ${work.name}`;
      return resultOf(work, skipped);
    },
    borrow: () => {
      if (free === 0) return undefined;
      free -= 1;
      return () => (free += 1);
    },
  });
  expect(results.map(({ work }) => work.name).join("")).toBe(names);
  const ending = endingOfBatches(results, batched);
  return { told, ending: ending.status === "partial success" ? ending.message : ending.status, idle: free };
}

describe("the batches of a step", () => {
  it("run one after another, and succeed together", async () => {
    expect(await run("abcd", { idle: 3 })).toEqual({ told: "+a-a+b-b+c-c+d-d", ending: "success", idle: 3 });
    expect(await run("a")).toEqual({ told: "+a-a", ending: "success", idle: 0 });
  });

  it("run side by side where they may, but for the first and the last, on threads that are idle", async () => {
    expect((await run("abcd", { runs: "side by side", idle: 5 })).told).toBe("+a-a+b+c-b-c+d-d");
    expect(await run("abcd", { runs: "side by side", idle: 0 })).toMatchObject({ told: "+a-a+b-b+c-c+d-d" });
    expect(await run("abcde", { runs: "side by side", idle: 1 })).toMatchObject({ idle: 1 });
  });

  it("are all skipped where the first fails", async () => {
    expect(await run("abc", { bad: "a" })).toMatchObject({ told: "+a-a b c", ending: "error" });
  });

  it("go on where another one fails, and come to a partial success", async () => {
    expect(await run("abcd", { bad: "b" })).toMatchObject({
      told: "+a-a+b-b+c-c+d-d",
      ending: "PARTIAL SUCCESS (3/4)",
    });
    expect(await run("ab", { bad: "b" })).toMatchObject({ ending: "PARTIAL SUCCESS (1/2)" });
  });

  it("count those of an earlier run", () => {
    const carried = [{ startMs: 0, endMs: 1 }];
    const ending = (outcome: Outcome): unknown =>
      endingOfBatches([resultOf(workOf("b"), outcome)], { list: [], runs: "one by one", carried });
    expect(ending(success)).toMatchObject({ status: "success", rowCount: 2 });
    expect(ending(failure)).toMatchObject({ status: "partial success", message: "PARTIAL SUCCESS (1/2)" });
  });

  it("are skipped together with what their step is skipped for", () => {
    const results = [resultOf(workOf("a"), skipped)];
    expect(endingOfBatches(results, { list: [], runs: "one by one", carried: [] })).toBe(skipped);
  });
});
