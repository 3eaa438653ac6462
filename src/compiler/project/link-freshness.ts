import { type Data, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { FreshnessCriteria, FreshnessLimit } from "../../domain/freshness.ts";
import type { ConfigEntry } from "./config-entry.ts";

type Report = (diagnostic: Diagnostic) => void;

const periods = ["minute", "hour", "day"] as const;

function limitOf(value: Data | undefined, key: string, at: ConfigEntry, report: Report): FreshnessLimit | undefined {
  if (value === undefined || value === null) return undefined;
  const { count, period } = isDataMap(value) ? value : {};
  if (count === undefined && period === undefined && isDataMap(value)) return undefined;
  const known = periods.find((each) => each === period);
  if (typeof count === "number" && known !== undefined) return { count, period: known };
  const message = `"${key}" is a count and a period, found ${JSON.stringify(value)}.`;
  const hint = "Write { count: 12, period: hour }; a period is minute, hour or day.";
  report(error("freshness", message, { span: at.span, hint }));
  return undefined;
}

/** What `freshness` says over all layers: each of its keys counts where it was said last, and nothing at all takes it away. */
export function linkFreshness(entries: readonly ConfigEntry[], report: Report): FreshnessCriteria | undefined {
  let values: Readonly<Record<string, Data>> | undefined;
  let last: ConfigEntry | undefined;
  for (const entry of entries) {
    if (entry.key !== "freshness") continue;
    values = isDataMap(entry.value) ? { ...values, ...entry.value } : undefined;
    last = entry;
  }
  if (values === undefined || last === undefined) return undefined;
  const warnAfter = limitOf(values["warn_after"], "warn_after", last, report);
  const errorAfter = limitOf(values["error_after"], "error_after", last, report);
  if (warnAfter === undefined && errorAfter === undefined) return undefined;
  const filter = values["filter"];
  return { warnAfter, errorAfter, filter: typeof filter === "string" ? filter : undefined };
}
