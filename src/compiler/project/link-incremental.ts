import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Incremental, IncrementalStrategy } from "../../domain/incremental.ts";
import type { DialectName } from "../../domain/settings.ts";
import { authorSql, authorSqls, isConfigSet } from "./author-sql.ts";
import { isColumnName, unquotedName } from "./column-name.ts";
import { chooseConfig } from "./config-choice.ts";
import { linkMergeClauses, mergeKeys } from "./link-merge.ts";
import { linkMicrobatch } from "./link-microbatch.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

const strategies = ["append", "delete+insert", "merge", "microbatch"] as const;
const policies = ["ignore", "append_new_columns", "sync_all_columns", "fail"] as const;

/**
 * The key of a model. A single text that is no name is an expression where rows are deleted by it, as in dbt; a merge takes
 * names alone.
 */
function linkUniqueKey(
  config: ResolvedConfig,
  strategy: IncrementalStrategy["kind"],
): Pick<Incremental, "uniqueKey" | "keyExpression"> {
  const key =
    strategy === "merge" && isConfigSet(config, "merge_on_using_columns") ? "merge_on_using_columns" : "unique_key";
  const value = strategy === "microbatch" ? undefined : config.values[key];
  if (typeof value === "string" && value !== "" && strategy === "delete+insert" && !isColumnName(value))
    return { uniqueKey: [], keyExpression: authorSql(value, config, key) };
  const texts = (configTexts(value) ?? []).filter((text) => text !== "");
  return { uniqueKey: texts.map(unquotedName), keyExpression: undefined };
}

/** What a merge alone understands says nothing to another strategy; SQL in a config is not translated. */
function reportUntranslated(config: ResolvedConfig, report: Report): void {
  for (const key of ["predicates", "incremental_predicates", ...mergeKeys])
    if (isConfigSet(config, key))
      report(
        error("unsupported-config", `tsdbt does not translate the config "${key}" from GoogleSQL yet.`, {
          span: config.spans[key],
          hint: 'It can be had in a model with "dialect: duckdb".',
        }),
      );
}

function linkStrategy(kind: (typeof strategies)[number], config: ResolvedConfig, report: Report): IncrementalStrategy {
  switch (kind) {
    case "append":
    case "delete+insert":
      return { kind };
    case "merge":
      return { kind, clauses: linkMergeClauses(config, report) };
    case "microbatch":
      return linkMicrobatch(config, report);
  }
}

/** How an incremental model is added to, from its config. Without a strategy it is the one of the model's dialect (DBT_SEMANTICS §18.1). */
export function linkIncremental(config: ResolvedConfig, dialect: DialectName, report: Report): Incremental {
  const fallback = dialect === "bigquery" ? "merge" : "delete+insert";
  const kind = chooseConfig(config, { key: "incremental_strategy", words: strategies, fallback }, report);
  if (dialect === "bigquery") reportUntranslated(config, report);
  const older = isConfigSet(config, "predicates") ? "predicates" : "incremental_predicates";
  const fullRefresh = config.values["full_refresh"];
  return {
    kind: "incremental",
    strategy: linkStrategy(kind, config, report),
    ...linkUniqueKey(config, kind),
    predicates: authorSqls(config, older),
    onSchemaChange: chooseConfig(config, { key: "on_schema_change", words: policies, fallback: "ignore" }, report),
    fullRefresh: typeof fullRefresh === "boolean" ? fullRefresh : undefined,
  };
}
