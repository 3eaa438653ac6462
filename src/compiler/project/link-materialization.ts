import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Materialization } from "../../domain/model.ts";
import type { DialectName } from "../../domain/settings.ts";
import { chooseConfig } from "./config-choice.ts";
import { type IncrementalContext, linkIncremental } from "./link-incremental.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

const kinds = ["view", "table", "incremental", "ephemeral"] as const;
const dialects = ["bigquery", "duckdb"] as const;

/** The dialect that a model is written in: the project's, or DuckDB's own where its config says so. */
export function linkDialect(config: ResolvedConfig, projectDialect: DialectName, report: Report): DialectName {
  const dialect = chooseConfig(config, { key: "dialect", words: dialects, fallback: projectDialect }, report);
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

/** How a model that is written in a dialect becomes a relation, from its config. */
export function linkMaterialization(context: IncrementalContext): Materialization {
  const { config, report } = context;
  const kind = chooseConfig(config, { key: "materialized", words: kinds, fallback: "view" }, report);
  return kind === "incremental" ? linkIncremental(context) : { kind };
}
