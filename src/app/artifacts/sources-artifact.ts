import type { DataMap } from "../../domain/data.ts";
import type { FreshnessCriteria, FreshnessLimit } from "../../domain/freshness.ts";
import type { Invocation } from "../invocation.ts";
import { artifactMetadata, artifactTime } from "./artifact-metadata.ts";

/** How the freshness of one source was found, or why it could not be. Times are epoch milliseconds. */
export interface FreshnessResult {
  readonly uniqueId: string;
  readonly criteria: FreshnessCriteria;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly found:
    | { readonly status: "pass" | "warn" | "error"; readonly loadedMs: number; readonly askedMs: number }
    | { readonly status: "runtime error"; readonly error: string };
}

function limitOf(limit: FreshnessLimit | undefined): DataMap {
  return { count: limit?.count ?? null, period: limit?.period ?? null };
}

/** When a source is stale, as artifacts have it. */
export function criteriaOf({ warnAfter, errorAfter, filter }: FreshnessCriteria): DataMap {
  return { warn_after: limitOf(warnAfter), error_after: limitOf(errorAfter), filter: filter ?? null };
}

function resultOf({ uniqueId, criteria, startedMs, endedMs, found }: FreshnessResult): DataMap {
  if (found.status === "runtime error") return { unique_id: uniqueId, error: found.error, status: found.status };
  const started = artifactTime(startedMs);
  return {
    unique_id: uniqueId,
    max_loaded_at: artifactTime(found.loadedMs),
    snapshotted_at: artifactTime(found.askedMs),
    max_loaded_at_time_ago_in_s: (found.askedMs - found.loadedMs) / 1000,
    status: found.status,
    criteria: criteriaOf(criteria),
    adapter_response: {},
    timing: [
      { name: "compile", started_at: started, completed_at: started },
      { name: "execute", started_at: started, completed_at: artifactTime(endedMs) },
    ],
    thread_id: "Thread-1",
    execution_time: (endedMs - startedMs) / 1000,
  };
}

/** `sources.json` (v3): how fresh sources are. */
export function sourcesArtifact(results: readonly FreshnessResult[], invocation: Invocation): DataMap {
  return {
    metadata: artifactMetadata("sources/v3", invocation),
    results: results.map(resultOf),
    elapsed_time: (invocation.clock() - invocation.startedMs) / 1000,
  };
}
