import type { Checked } from "./diagnostic.ts";
import type { CompiledQuery, Source } from "./model.ts";

/** How old the newest row of a source may be. */
export interface FreshnessLimit {
  readonly count: number;
  readonly period: "minute" | "hour" | "day";
}

/** When a source is stale, and among which of its rows the newest is looked for. */
export interface FreshnessCriteria {
  readonly warnAfter: FreshnessLimit | undefined;
  readonly errorAfter: FreshnessLimit | undefined;
  readonly filter: string | undefined;
}

/** A source whose freshness can be asked for: its query gives one row with the column `max_loaded_at`. */
export interface SourceFreshness {
  readonly source: Source;
  readonly criteria: FreshnessCriteria;
  readonly query: Checked<CompiledQuery>;
}

const periodMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** How fresh a source is whose newest row is so old (milliseconds): older than a limit is beyond it. */
export function judgeFreshness(ageMs: number, { warnAfter, errorAfter }: FreshnessCriteria): "pass" | "warn" | "error" {
  const isBeyond = (limit: FreshnessLimit | undefined): boolean =>
    limit !== undefined && ageMs > limit.count * periodMs[limit.period];
  if (isBeyond(errorAfter)) return "error";
  return isBeyond(warnAfter) ? "warn" : "pass";
}
