import { join } from "node:path";
import { resourcesOf } from "../domain/compiled-project.ts";
import type { Batch } from "../domain/batch.ts";
import { type Data, type DataMap, isDataList, isDataMap } from "../domain/data.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { ResourceType } from "../domain/selection-terms.ts";
import { isRaised } from "../domain/warning-rule.ts";
import { writeRunArtifacts } from "./artifacts/write-artifacts.ts";
import { findProject } from "./find-project.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openSoundProject, resolvePath } from "./open-project.ts";
import { readProjectHead } from "./read-project-head.ts";
import { type EarlierRun, readRunResults, textAt } from "./read-run-results.ts";
import { runOpened, type RunOptions } from "./run-project.ts";

/** What can be retried, and the types of resources that each command runs. */
const retriable: ReadonlyMap<string, readonly ResourceType[]> = new Map([
  ["build", ["seed", "model", "snapshot", "test", "unit_test"]],
  ["run", ["model"]],
  ["snapshot", ["snapshot"]],
  ["test", ["test", "unit_test"]],
  ["seed", ["seed"]],
] as const);

const failedStatuses: ReadonlySet<string> = new Set(["error", "fail", "skipped", "runtime error", "partial success"]);

/** Where the artifacts of a project lie, as far as its own file says. */
export async function artifactsFolder(root: string, invocation: Invocation): Promise<string> {
  const { environment, vars, targetName, profileName } = invocation;
  const { parseProjectHead } = await import("../compiler/parse-project.ts");
  const head = readProjectHead(root, invocation, new Map());
  const parsed = parseProjectHead(head, { environment, vars, targetName, profileName }, () => undefined);
  return invocation.targetPath ?? parsed?.settings.targetPath ?? "target";
}

/** The call of the earlier run, made again: what this call gives wins (DBT_SEMANTICS §16). */
function asBefore(invocation: Invocation, { which, arguments: before }: EarlierRun): Invocation {
  const vars = before["vars"];
  return {
    ...invocation,
    command: which,
    vars: { ...(isDataMap(vars) ? vars : {}), ...invocation.vars },
    targetName: invocation.targetName ?? textAt(before, "target"),
    profileName: invocation.profileName ?? textAt(before, "profile"),
    storesFailures: before["store_failures"] === true || invocation.storesFailures,
    arguments: {
      ...invocation.arguments,
      ...Object.fromEntries(
        ["select", "full_refresh", "store_failures", "fail_fast", "event_time_start", "event_time_end", "now"].flatMap(
          (key) => {
            const value = before[key];
            return value === undefined ? [] : [[key, value] as const];
          },
        ),
      ),
      vars: { ...(isDataMap(vars) ? vars : {}), ...invocation.vars },
      target: invocation.targetName ?? before["target"] ?? null,
    },
  };
}

function refuse({ emit }: Invocation, ...diagnostics: readonly Diagnostic[]): Ending {
  emit({ kind: "diagnosed", diagnostics });
  return "refusal";
}

/** The results that are to be had again, and those that stay. Hooks are neither: they run each time. */
function divide(
  results: readonly DataMap[],
  { warningRule }: Invocation,
): { readonly again: readonly string[]; readonly carried: readonly DataMap[] } {
  const nodes = results.filter((result) => textAt(result, "unique_id")?.startsWith("operation.") !== true);
  const isDue = (result: DataMap): boolean => {
    const status = textAt(result, "status") ?? "";
    return failedStatuses.has(status) || (status === "warn" && isRaised("LogTestResult", warningRule));
  };
  return {
    again: nodes.filter(isDue).flatMap((result) => textAt(result, "unique_id") ?? []),
    carried: nodes.filter((result) => !isDue(result)),
  };
}

/** The time that a text of an earlier record means, in epoch milliseconds. */
function timeOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text?.replace(/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/u, "$1T$2Z") ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}

function batchesOf(value: Data | undefined): readonly Batch[] {
  if (value === undefined || !isDataList(value)) return [];
  return value.flatMap((pair) => {
    const [start, end] = isDataList(pair)
      ? pair.map((each) => timeOf(typeof each === "string" ? each : undefined))
      : [];
    return start === undefined || end === undefined ? [] : [{ startMs: start, endMs: end }];
  });
}

/** The batches of an earlier run: those of models that have some which succeeded, and the time that the others go up to. */
function earlierBatches({ results, arguments: before }: EarlierRun, nowMs: number): RunOptions["retried"] {
  const earlier = results.flatMap((result) => {
    const { successful, failed } = isDataMap(result["batch_results"]) ? result["batch_results"] : {};
    const id = textAt(result, "unique_id");
    if (id === undefined || failed === undefined) return [];
    return [[id, { successful: batchesOf(successful), failed: batchesOf(failed) }] as const];
  });
  return { earlier: new Map(earlier), nowMs: timeOf(textAt(before, "now")) ?? nowMs };
}

/** Runs again what failed or was skipped the last time, by the same command and with its arguments; the record keeps all results. */
export async function retryProject(
  invocation: Invocation,
  { state }: { readonly state: string | undefined },
): Promise<Ending> {
  const root = findProject(invocation.folder, invocation.projectDir);
  const folder = state ?? (await artifactsFolder(root, invocation));
  const base = state === undefined ? resolvePath(root, folder) : resolvePath(invocation.folder, folder);
  const earlier = readRunResults(join(base, "run_results.json"), `${folder}/run_results.json`);
  if (!earlier.ok) return refuse(invocation, ...earlier.diagnostics);
  const { which, arguments: before, results } = earlier.value;
  const resourceTypes = retriable.get(which);
  if (resourceTypes === undefined)
    return refuse(invocation, error("no-retry", `The earlier command "${which}" is none that can be retried.`));
  const call = asBefore(invocation, earlier.value);
  const { again, carried } = divide(results, call);
  const opened = await openSoundProject(call, { broken: "kept" });
  if (opened === undefined) return "refusal";
  const known = new Set(resourcesOf(opened.project).map(({ uniqueId }) => uniqueId));
  const gone = again.filter((id) => !known.has(id));
  if (gone.length > 0)
    return refuse(
      invocation,
      ...gone.map((id) => error("no-retry", `The node "${id}" of the earlier run is not in the project any more.`)),
    );
  if (again.length === 0) {
    invocation.emit({ kind: "runStarted", steps: [], threads: 0, target: "" });
    writeRunArtifacts(opened, { results: [], carried }, call);
    return "success";
  }
  const options = {
    ...{ select: [], exclude: [], resourceTypes, carried },
    fullRefresh: before["full_refresh"] === true,
    stopsAtFailure: before["fail_fast"] === true,
    ingests: which === "build",
    eventTimes: {
      startMs: timeOf(textAt(before, "event_time_start")),
      endMs: timeOf(textAt(before, "event_time_end")),
    },
    retried: earlierBatches(earlier.value, Math.ceil(call.now / 1000)),
  };
  return await runOpened({ opened, selected: new Set(again) }, options, call);
}
