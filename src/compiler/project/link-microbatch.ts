import type { BatchSize } from "../../domain/batch.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { Microbatch } from "../../domain/incremental.ts";
import { isConfigSet } from "./author-sql.ts";
import { isColumnName, unquotedName } from "./column-name.ts";
import { chooseConfig } from "./config-choice.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

const sizes: readonly BatchSize[] = ["hour", "day", "month", "year"];

const instant =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?<zone>Z|[+-]\d{2}:\d{2})?)?$/u;

/** Epoch milliseconds of an ISO time, in UTC where it does not say otherwise. */
function parseTime(text: string): number | undefined {
  const { day, time = "00:00", zone = "Z" } = instant.exec(text.trim())?.groups ?? {};
  const ms = day === undefined ? NaN : Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** How a microbatch model is cut into batches, from its config; what it lacks is told (DBT_SEMANTICS §11). */
export function linkMicrobatch(config: ResolvedConfig, report: Report): Microbatch {
  const { values } = config;
  const place = config.spans["incremental_strategy"];
  const fault = (key: string, wanted: string): void => {
    const value = values[key];
    const found = value === undefined || value === null ? "and has none" : `found ${JSON.stringify(value)}`;
    const message = `A microbatch model needs the config "${key}", ${wanted}, ${found}.`;
    report(error("microbatch", message, { span: config.spans[key] ?? place }));
  };
  const eventTime = values["event_time"];
  if (typeof eventTime !== "string" || !isColumnName(eventTime)) fault("event_time", "the name of a column");
  const begin = values["begin"];
  const beginMs = typeof begin === "string" ? parseTime(begin) : undefined;
  if (beginMs === undefined) fault("begin", "a time such as 2024-01-01");
  if (!isConfigSet(config, "batch_size")) fault("batch_size", 'one of "hour", "day", "month", "year"');
  const size = chooseConfig(config, { key: "batch_size", words: sizes, fallback: "day" }, report);
  const lookback = values["lookback"] ?? 1;
  if (typeof lookback !== "number" || !Number.isInteger(lookback) || lookback < 0)
    fault("lookback", "a whole number of batches");
  const concurrent = values["concurrent_batches"] ?? undefined;
  if (concurrent !== undefined && typeof concurrent !== "boolean") fault("concurrent_batches", "true or false");
  if (isConfigSet(config, "unique_key"))
    report(
      warning("microbatch", 'A microbatch model replaces rows by their time: its "unique_key" does nothing.', {
        span: config.spans["unique_key"],
        hint: "dbt-duckdb refuses it from the second batch on.",
      }),
    );
  return {
    kind: "microbatch",
    eventTime: typeof eventTime === "string" ? unquotedName(eventTime) : "",
    beginMs: beginMs ?? 0,
    size,
    lookback: typeof lookback === "number" ? lookback : 1,
    isConcurrent: typeof concurrent === "boolean" ? concurrent : undefined,
  };
}
