import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Incremental, IncrementalStrategy } from "../../domain/incremental.ts";
import type { DialectName, Target } from "../../domain/settings.ts";
import { authorSql, authorSqls, isConfigSet } from "./author-sql.ts";
import { isColumnName, unquotedName } from "./column-name.ts";
import { chooseConfig } from "./config-choice.ts";
import { linkInsertOverwrite } from "./link-insert-overwrite.ts";
import { linkMergeClauses, mergeKeys } from "./link-merge.ts";
import { linkMicrobatch } from "./link-microbatch.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The strategies that tsdbt has; the last one where tables are divided. */
export const strategyNames = ["append", "delete+insert", "merge", "microbatch", "insert_overwrite"] as const;
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
  const isKeyless = strategy === "microbatch" || strategy === "custom" || strategy === "insert_overwrite";
  const value = isKeyless ? undefined : config.values[key];
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

/** The strategy by its name: one that the project has a macro for is its own, and so is a word that tsdbt does not know. */
function linkStrategy(
  name: string,
  { config, warehouse, report, definesMacro }: IncrementalContext,
): IncrementalStrategy {
  const macro = `get_incremental_${name.replaceAll("+", "_")}_sql`;
  const kind = strategyNames.find((each) => each === name && (each !== "insert_overwrite" || warehouse === "bigquery"));
  if (kind === undefined || definesMacro(macro)) return { kind: "custom", name, macro };
  switch (kind) {
    case "append":
    case "delete+insert":
      return { kind };
    case "merge":
      return { kind, clauses: linkMergeClauses(config, report) };
    case "microbatch":
      return linkMicrobatch(config, report);
    case "insert_overwrite":
      return linkInsertOverwrite(config, report);
  }
}

/** The language that a model is written in, and the warehouse that it is built in. */
export interface WrittenFor {
  readonly dialect: DialectName;
  readonly warehouse: Target["type"];
}

/** What an incremental model is linked with. */
export interface IncrementalContext extends WrittenFor {
  readonly config: ResolvedConfig;
  readonly report: Report;
  /** Whether the project has a macro of that name, or one that stands in for it on the engine. */
  readonly definesMacro: (name: string) => boolean;
}

function strategyName({ config, dialect, report, definesMacro }: IncrementalContext): string {
  const value = config.values["incremental_strategy"] ?? undefined;
  if (typeof value === "string") return value;
  if (value !== undefined)
    report(
      error("config-value", `The config "incremental_strategy" cannot be ${JSON.stringify(value)}.`, {
        span: config.spans["incremental_strategy"],
      }),
    );
  if (definesMacro("get_incremental_default_sql")) return "default";
  return dialect === "bigquery" ? "merge" : "delete+insert";
}

/** How an incremental model is added to, from its config. Without a strategy it is the one of the model's dialect (DBT_SEMANTICS §18.1). */
export function linkIncremental(context: IncrementalContext): Incremental {
  const { config, dialect, warehouse, report } = context;
  const strategy = linkStrategy(strategyName(context), context);
  if (dialect === "bigquery" && warehouse === "duckdb") reportUntranslated(config, report);
  const older = isConfigSet(config, "predicates") ? "predicates" : "incremental_predicates";
  const fullRefresh = config.values["full_refresh"];
  return {
    kind: "incremental",
    strategy,
    ...linkUniqueKey(config, strategy.kind),
    predicates: authorSqls(config, older),
    onSchemaChange: chooseConfig(config, { key: "on_schema_change", words: policies, fallback: "ignore" }, report),
    fullRefresh: typeof fullRefresh === "boolean" ? fullRefresh : undefined,
  };
}
