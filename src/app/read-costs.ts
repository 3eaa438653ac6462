import { join, relative, resolve } from "node:path";
import { type DataMap, isDataMap } from "../domain/data.ts";
import { findProject } from "./find-project.ts";
import type { Invocation } from "./invocation.ts";
import { readRunResults, textAt } from "./read-run-results.ts";
import { artifactsFolder } from "./retry-project.ts";

/** What a resource cost in the last run. */
export interface ResourceCost {
  readonly uniqueId: string;
  readonly bytesProcessed: number;
  readonly bytesBilled: number;
  readonly slotMs: number;
  readonly jobId: string;
}

function numberAt(map: DataMap, key: string): number {
  const value = map[key];
  return typeof value === "number" ? value : 0;
}

function costOf(result: DataMap): readonly ResourceCost[] {
  const response = result["adapter_response"];
  const uniqueId = textAt(result, "unique_id");
  if (uniqueId === undefined || response === undefined || !isDataMap(response)) return [];
  const jobId = textAt(response, "job_id");
  if (jobId === undefined) return [];
  const [bytesProcessed = 0, bytesBilled = 0, slotMs = 0] = ["bytes_processed", "bytes_billed", "slot_ms"].map((key) =>
    numberAt(response, key),
  );
  return [{ uniqueId, bytesProcessed, bytesBilled, slotMs, jobId }];
}

/** What the resources of the last run cost, the dearest first; `undefined` where there is no record of one, which is told. */
export async function readCosts(
  invocation: Invocation,
  { state }: { readonly state: string | undefined },
): Promise<readonly ResourceCost[] | undefined> {
  const root = findProject(invocation.folder, invocation.projectDir);
  const folder =
    state === undefined ? resolve(root, await artifactsFolder(root, invocation)) : resolve(invocation.folder, state);
  const file = join(folder, "run_results.json");
  const earlier = readRunResults(file, relative(root, file));
  if (!earlier.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: earlier.diagnostics });
    return undefined;
  }
  return earlier.value.results.flatMap(costOf).sort((a, b) => b.bytesBilled - a.bytesBilled);
}
