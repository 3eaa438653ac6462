/** What a resource is, as far as its config goes. */
export type ConfiguredType = "model" | "snapshot" | "seed" | "source" | "test";

/** What a config is to tsdbt: honoured or without effect here; not to be had yet. */
export type ConfigStanding = "known" | "refused";

type Standings = Readonly<Record<ConfigStanding, readonly string[]>>;

const everywhere: readonly string[] = ["enabled", "tags", "meta", "description", "docs", "group", "static_analysis"];

const made: readonly string[] = [...everywhere, "alias", "schema", "database", "grants", "persist_docs", "quoting"];

/**
 * Configs that tsdbt honours, or that change nothing that is built on an embedded DuckDB; and those of dbt that would
 * change it, which are refused, for to pass them over would be silently wrong.
 */
const standings: Readonly<Record<ConfiguredType, Standings>> = {
  model: {
    known: [
      ...made,
      "materialized",
      "dialect",
      "unique_key",
      "pre-hook",
      "post-hook",
      "sql_header",
      "incremental_strategy",
      "incremental_predicates",
      "predicates",
      "merge_update_condition",
      "merge_insert_condition",
      "merge_update_columns",
      "merge_exclude_columns",
      "merge_update_set_expressions",
      "merge_on_using_columns",
      "merge_returning_columns",
      "merge_clauses",
      "on_schema_change",
      "full_refresh",
      "contract",
      "access",
      "packages",
      "partition_by",
      "partitions",
      "cluster_by",
      "labels",
      "require_partition_filter",
      "partition_expiration_days",
      "hours_to_expiration",
      "labels_from_meta",
      "resource_tags",
      "kms_key_name",
      "enable_change_history",
      "column_types",
      "on_configuration_change",
      "on_error",
      "freshness",
      "event_time",
      "batch_size",
      "lookback",
      "begin",
      "concurrent_batches",
    ],
    refused: [],
  },
  snapshot: {
    known: [
      ...made,
      "materialized",
      "dialect",
      "pre-hook",
      "post-hook",
      "sql_header",
      "strategy",
      "unique_key",
      "updated_at",
      "check_cols",
      "target_schema",
      "target_database",
      "invalidate_hard_deletes",
      "hard_deletes",
      "dbt_valid_to_current",
      "snapshot_meta_column_names",
      "column_types",
      "full_refresh",
      "event_time",
    ],
    refused: [],
  },
  seed: {
    known: [
      ...made,
      "materialized",
      "column_types",
      "delimiter",
      "quote_columns",
      "pre-hook",
      "post-hook",
      "full_refresh",
      "fast",
      "event_time",
    ],
    refused: ["contract"],
  },
  source: {
    known: [...everywhere, "event_time", "quoting", "external", "freshness", "loaded_at_field", "loaded_at_query"],
    refused: [],
  },
  test: {
    known: [
      ...everywhere,
      "alias",
      "schema",
      "database",
      "severity",
      "where",
      "limit",
      "fail_calc",
      "warn_if",
      "error_if",
      "store_failures",
      "store_failures_as",
    ],
    refused: ["sql_header"],
  },
};

/** What a config is to a resource; `undefined` for a key of the author's own. */
export function configStanding(type: ConfiguredType, key: string): ConfigStanding | undefined {
  const { known, refused } = standings[type];
  if (known.includes(key)) return "known";
  return refused.includes(key) ? "refused" : undefined;
}

/** All keys that mean something to a resource, here or in dbt. */
export function configKeys(type: ConfiguredType): readonly string[] {
  return Object.values(standings[type]).flat();
}
