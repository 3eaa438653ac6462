import type { Data } from "../../domain/data.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { Materialization } from "../../domain/model.ts";
import type { Span } from "../../domain/source-file.ts";
import { nearestName } from "../nearest-name.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

const kinds = ["view", "table", "incremental", "ephemeral"] as const;
const strategies = ["merge", "append"] as const;
const policies = ["ignore", "fail"] as const;

/** Configs of dbt that would change what is built and that tsdbt does not honour yet: to pass them over would be silently wrong. */
const refused: readonly string[] = [
  "pre-hook",
  "post-hook",
  "incremental_predicates",
  "predicates",
  "merge_update_columns",
  "merge_exclude_columns",
  "sql_header",
  "event_time",
  "batch_size",
  "lookback",
  "begin",
  "concurrent_batches",
  "snapshot_meta_column_names",
  "dbt_valid_to_current",
  "hard_deletes",
];

/** Configs that tsdbt reads, or that change nothing that is built on an embedded DuckDB. */
const known: readonly string[] = [
  "materialized",
  "enabled",
  "alias",
  "schema",
  "database",
  "tags",
  "meta",
  "docs",
  "group",
  "access",
  "description",
  "dialect",
  "unique_key",
  "incremental_strategy",
  "on_schema_change",
  "full_refresh",
  "contract",
  "grants",
  "persist_docs",
  "quoting",
  "packages",
  "partition_by",
  "cluster_by",
  "labels",
  "require_partition_filter",
  "partition_expiration_days",
  "hours_to_expiration",
  "column_types",
  "delimiter",
  "quote_columns",
  "severity",
  "where",
  "limit",
  "warn_if",
  "error_if",
  "fail_calc",
  "store_failures",
  "static_analysis",
  "on_configuration_change",
  "freshness",
];

function isOff(value: Data | undefined): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}

/** Tells configs that would be honoured by dbt and are not here, and keys that look like a slip of the pen. */
export function checkConfigKeys({ values, spans }: ResolvedConfig, report: Report): void {
  for (const [key, value] of Object.entries(values)) {
    const span = spans[key];
    const enforced = key === "contract" && typeof value === "object" && value !== null && "enforced" in value;
    if ((refused.includes(key) && !isOff(value)) || (enforced && Reflect.get(value, "enforced") === true))
      report(error("unsupported-config", `tsdbt does not honour the config "${key}" yet.`, { span }));
    else if (!known.includes(key) && !refused.includes(key)) {
      const near = nearestName(key, [...known, ...refused]);
      if (near !== undefined)
        report(
          warning("unknown-config", `The config "${key}" means nothing to tsdbt.`, {
            span,
            hint: `Did you mean "${near}"?`,
          }),
        );
    }
  }
}

interface Choice<T extends string> {
  readonly key: string;
  readonly words: readonly T[];
  readonly fallback: T;
}

function chosen<T extends string>(
  config: ResolvedConfig,
  choice: Choice<T>,
  { place, report }: { readonly place: Span; readonly report: Report },
): T {
  const value = config.values[choice.key];
  if (value === undefined || value === null) return choice.fallback;
  const found = choice.words.find((word) => word === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? nearestName(value, choice.words) : undefined;
  report(
    error("config-value", `The config "${choice.key}" cannot be ${JSON.stringify(value)}.`, {
      span: config.spans[choice.key] ?? place,
      hint:
        near === undefined
          ? `It is one of ${choice.words.map((word) => `"${word}"`).join(", ")}.`
          : `Did you mean "${near}"?`,
    }),
  );
  return choice.fallback;
}

/** How a model becomes a relation, from its config. `place` is where a fault is told that no key has caused. */
export function linkMaterialization(config: ResolvedConfig, place: Span, report: Report): Materialization {
  const kind = chosen(config, { key: "materialized", words: kinds, fallback: "view" }, { place, report });
  if (kind !== "incremental") return { kind };
  const uniqueKey = configTexts(config.values["unique_key"]);
  if (uniqueKey === undefined)
    report(
      error("config-value", 'The config "unique_key" is a column or a list of columns.', {
        span: config.spans["unique_key"] ?? place,
      }),
    );
  const strategy = chosen(
    config,
    { key: "incremental_strategy", words: strategies, fallback: "merge" },
    { place, report },
  );
  const onSchemaChange = chosen(
    config,
    { key: "on_schema_change", words: policies, fallback: "ignore" },
    { place, report },
  );
  const fullRefresh = config.values["full_refresh"];
  return {
    kind,
    strategy,
    uniqueKey: (uniqueKey ?? []).filter((column) => column !== ""),
    onSchemaChange,
    fullRefresh: typeof fullRefresh === "boolean" ? fullRefresh : undefined,
  };
}
