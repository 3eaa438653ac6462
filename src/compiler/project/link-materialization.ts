import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Materialization } from "../../domain/model.ts";
import type { DialectName } from "../../domain/settings.ts";
import { didYouMean } from "../nearest-name.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

const kinds = ["view", "table", "incremental", "ephemeral"] as const;
const strategies = ["merge", "append"] as const;
const policies = ["ignore", "fail"] as const;
const dialects = ["bigquery", "duckdb"] as const;

interface Choice<T extends string> {
  readonly key: string;
  readonly words: readonly T[];
  readonly fallback: T;
}

function chosen<T extends string>(config: ResolvedConfig, choice: Choice<T>, report: Report): T {
  const { key, words, fallback } = choice;
  const value = config.values[key];
  if (value === undefined || value === null) return fallback;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? didYouMean(value, words) : undefined;
  report(
    error("config-value", `The config "${key}" cannot be ${JSON.stringify(value)}.`, {
      span: config.spans[key],
      hint: near ?? `It is one of ${words.map((word) => `"${word}"`).join(", ")}.`,
    }),
  );
  return fallback;
}

/** The dialect that a model is written in: the project's, or DuckDB's own where its config says so. */
export function linkDialect(config: ResolvedConfig, projectDialect: DialectName, report: Report): DialectName {
  const dialect = chosen(config, { key: "dialect", words: dialects, fallback: projectDialect }, report);
  if (dialect === "bigquery" && projectDialect === "duckdb")
    report(
      error(
        "config-value",
        "A model cannot be written in GoogleSQL in a project that is written in DuckDB's dialect.",
        {
          span: config.spans["dialect"],
          hint: 'Say "dialect: bigquery" in the project file and "dialect: duckdb" in the models that are native.',
        },
      ),
    );
  return dialect;
}

/** How a model becomes a relation, from its config. */
export function linkMaterialization(config: ResolvedConfig, report: Report): Materialization {
  const kind = chosen(config, { key: "materialized", words: kinds, fallback: "view" }, report);
  if (kind !== "incremental") return { kind };
  const fullRefresh = config.values["full_refresh"];
  return {
    kind,
    strategy: chosen(config, { key: "incremental_strategy", words: strategies, fallback: "merge" }, report),
    uniqueKey: (configTexts(config.values["unique_key"]) ?? []).filter((column) => column !== ""),
    onSchemaChange: chosen(config, { key: "on_schema_change", words: policies, fallback: "ignore" }, report),
    fullRefresh: typeof fullRefresh === "boolean" ? fullRefresh : undefined,
  };
}
