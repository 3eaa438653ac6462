import { type Data, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import { type ConfiguredType, configKeys, configStanding } from "./config-keys.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The kinds of values that configs take, by what messages call them. `null` counts as not set. */
const shapes: Readonly<Record<string, (value: Data) => boolean>> = {
  "true or false": (value) => typeof value === "boolean",
  text: (value) => typeof value === "string",
  "a mapping": isDataMap,
  "a text or a list of texts": (value) => configTexts(value) !== undefined,
  "a whole number of at least 1": (value) => typeof value === "number" && Number.isInteger(value) && value > 0,
};

const wanted: ReadonlyMap<string, keyof typeof shapes> = new Map([
  ["enabled", "true or false"],
  ["full_refresh", "true or false"],
  ["store_failures", "true or false"],
  ["quote_columns", "true or false"],
  ["alias", "text"],
  ["schema", "text"],
  ["database", "text"],
  ["event_time", "text"],
  ["where", "text"],
  ["fail_calc", "text"],
  ["warn_if", "text"],
  ["error_if", "text"],
  ["meta", "a mapping"],
  ["column_types", "a mapping"],
  ["tags", "a text or a list of texts"],
  ["unique_key", "a text or a list of texts"],
  ["incremental_predicates", "a text or a list of texts"],
  ["predicates", "a text or a list of texts"],
  ["limit", "a whole number of at least 1"],
]);

function isOff(value: Data): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

/** A contract that is not enforced, and grants of nothing, ask for nothing. */
function asksFor(key: string, value: Data): boolean {
  if (key === "contract" && isDataMap(value)) return value["enforced"] === true;
  return isDataMap(value) ? Object.keys(value).length > 0 : !isOff(value);
}

function checkKey(
  type: ConfiguredType,
  { key, value, span }: { readonly key: string; readonly value: Data; readonly span: Span | undefined },
): Diagnostic | undefined {
  if (key === "grants" && asksFor(key, value))
    return warning(
      "unsupported-config",
      'The config "grants" does nothing: DuckDB has no grants, and on BigQuery they are not made yet.',
      { span },
    );
  const standing = configStanding(type, key);
  switch (standing) {
    case "known":
      return undefined;
    case "refused":
      if (!asksFor(key, value)) return undefined;
      return error("unsupported-config", `tsdbt does not honour the config "${key}" yet.`, { span });
    case undefined: {
      const hint = didYouMean(key, configKeys(type));
      if (hint === undefined) return undefined;
      return warning("unknown-config", `The config "${key}" means nothing to tsdbt.`, { span, hint });
    }
  }
}

/**
 * Tells configs that dbt would honour and tsdbt does not, keys that look like a slip of the pen, and values of the wrong
 * kind. Keys of the author's own are fine.
 */
export function checkConfig(config: ResolvedConfig, type: ConfiguredType, report: Report): void {
  for (const [key, value] of Object.entries(config.values)) {
    const span = config.spans[key];
    const fault = checkKey(type, { key, value, span });
    if (fault !== undefined) report(fault);
    const what = configStanding(type, key) === "known" ? wanted.get(key) : undefined;
    if (what === undefined || value === null || shapes[what]?.(value) === true) continue;
    report(error("config-value", `The config "${key}" is ${what}, found ${JSON.stringify(value)}.`, { span }));
  }
}
