import type { Diagnostic } from "../domain/diagnostic.ts";
import type { BatchedWork, BatchWork } from "../domain/plan.ts";
import type { BatchResult, StepEnding } from "../domain/run-event.ts";

/** How the batches of a step are run. */
export interface BatchRunning {
  /** Runs one of them; `index` is its place, from 0. Its ending is no rejection, whatever it is. */
  readonly run: (work: BatchWork, index: number) => Promise<BatchResult>;
  readonly skip: (work: BatchWork, index: number) => BatchResult;
  /** Takes an idle thread, if there is one, and gives it back. */
  readonly borrow: () => (() => void) | undefined;
}

function isGood({ ending }: BatchResult): boolean {
  return ending.status === "success";
}

/** Runs what lies between the first batch and the last, on as many threads as are idle where they may run side by side. */
async function runMiddle(
  works: readonly BatchWork[],
  { runs }: BatchedWork,
  { run, borrow }: BatchRunning,
): Promise<readonly BatchResult[]> {
  const results: BatchResult[] = [];
  let next = 0;
  const take = async (): Promise<void> => {
    for (let at = next++; ; at = next++) {
      const work = works[at];
      if (work === undefined) return;
      results[at] = await run(work, at + 1);
    }
  };
  const takers: Promise<void>[] = [];
  for (let count = 1; runs === "side by side" && count < works.length; count++) {
    const giveBack = borrow();
    if (giveBack === undefined) break;
    takers.push(take().finally(giveBack));
  }
  await Promise.all([take(), ...takers]);
  return results;
}

/** Runs the batches of a step: the first alone, and nothing after it unless it succeeds; the last alone again (DBT_SEMANTICS §11). */
export async function runBatches(batched: BatchedWork, running: BatchRunning): Promise<readonly BatchResult[]> {
  const [first, ...rest] = batched.list;
  if (first === undefined) return [];
  const begun = await running.run(first, 0);
  const last = rest.at(-1);
  if (last === undefined) return [begun];
  if (!isGood(begun)) return [begun, ...rest.map((work, index) => running.skip(work, index + 1))];
  const middle = await runMiddle(rest.slice(0, -1), batched, running);
  return [begun, ...middle, await running.run(last, rest.length)];
}

function diagnosticsOf(results: readonly BatchResult[]): readonly Diagnostic[] {
  return results.flatMap(({ ending }) => (ending.status === "error" ? ending.diagnostics : []));
}

/** How a step ended whose batches ended so. Batches of an earlier run count as successes. */
export function endingOfBatches(results: readonly BatchResult[], { carried }: BatchedWork): StepEnding {
  const good = results.filter(isGood).length + carried.length;
  const all = results.length + carried.length;
  const [first] = results;
  if (good === all) {
    const rowCounts = results.flatMap(({ ending }) => (ending.status === "success" ? (ending.rowCount ?? []) : []));
    return {
      status: "success",
      message: "OK",
      rowCount: rowCounts.length === 0 ? undefined : rowCounts.reduce((sum, count) => sum + count, 0),
      warnings: results.flatMap(({ ending }) => (ending.status === "success" ? ending.warnings : [])),
    };
  }
  if (good > 0)
    return {
      status: "partial success",
      message: `PARTIAL SUCCESS (${String(good)}/${String(all)})`,
      diagnostics: diagnosticsOf(results),
    };
  const diagnostics = diagnosticsOf(results);
  if (diagnostics.length === 0 && first?.ending.status === "skipped") return first.ending;
  return { status: "error", diagnostics };
}
