import { type Checked, error, failed, passed } from "../domain/diagnostic.ts";
import type { CustomStrategy } from "../domain/incremental.ts";
import type { CompiledModel, StrategyRows } from "../domain/model.ts";
import type { Script } from "../domain/script.ts";
import { type Sql, trimSql, trustedSql } from "../domain/sql.ts";
import { compileAsking } from "./asking-context.ts";
import type { CompileContext } from "./compile-model.ts";
import type { LinkedModel } from "./link-models.ts";
import { didYouMean } from "./nearest-name.ts";
import { strategyNames } from "./project/link-incremental.ts";
import { linkedEnvironment } from "./render-resource.ts";
import { columnOf } from "./template/context/column-value.ts";
import { definesMacro } from "./template/context/model-environment.ts";
import { relationValue, sessionRelationValue } from "./template/context/relation-value.ts";
import { callMacro } from "./template/render-template.ts";
import { fromData } from "./template/values/convert-data.ts";
import { dict } from "./template/values/dict.ts";
import { printValue } from "./template/values/print-value.ts";
import { list, type Value } from "./template/values/value.ts";

/** What dbt calls a strategy's macro with. */
function strategyArguments({ relation, dialect, config }: LinkedModel, { strategy, rows }: Call): Value {
  const { values } = config;
  const predicates = values["predicates"] ?? values["incremental_predicates"] ?? null;
  return dict([
    ["strategy", strategy.name],
    ["target_relation", relationValue(relation, dialect, "table")],
    ["temp_relation", sessionRelationValue(rows.staged, dialect)],
    ["unique_key", fromData(values["unique_key"] ?? null)],
    ["dest_columns", list(rows.columns.map(({ name, type }) => columnOf(name, type, dialect)))],
    ["incremental_predicates", fromData(predicates)],
  ]);
}

interface Call {
  readonly strategy: CustomStrategy;
  readonly rows: StrategyRows;
}

function statementsOf(model: LinkedModel, call: Call, context: CompileContext): Checked<Sql> {
  const { dialect, relation, materialization, span } = model;
  const config = { ...model.config.values, materialized: materialization.kind };
  const subject = { resource: model, relation, dialect, config };
  const { environment } = linkedEnvironment(subject, "incremental", context);
  const macro = environment.find(call.strategy.macro);
  if (macro === undefined) throw new Error(`the macro "${call.strategy.macro}" is there, and then it is not`);
  const called = callMacro(macro, { span, positional: [strategyArguments(model, call)] });
  if (!called.ok) return called;
  const { value } = called;
  const text = typeof value === "object" && value?.kind === "text" ? value.sql : trustedSql(printValue(value));
  return passed(trimSql(text));
}

/** Why a strategy cannot be had, if so: it is neither one of tsdbt's nor one that the project has a macro for. */
function unknownStrategy({ name, macro }: CustomStrategy, model: LinkedModel, context: CompileContext): Checked<true> {
  const span = model.config.spans["incremental_strategy"] ?? model.span;
  if (name === "insert_overwrite" && !definesMacro(context.macros, macro, model.packageName))
    return failed(
      error("strategy", 'The strategy "insert_overwrite" replaces partitions, and DuckDB has none.', {
        span,
        hint: 'Use "delete+insert" with a unique_key, or "microbatch".',
      }),
    );
  if (!definesMacro(context.macros, macro, model.packageName))
    return failed(
      error("strategy", `tsdbt could not find an incremental strategy macro with the name "${macro}".`, {
        span,
        hint: didYouMean(name, strategyNames) ?? `It has ${strategyNames.map((each) => `"${each}"`).join(", ")}.`,
      }),
    );
  if (model.dialect === "duckdb") return passed(true);
  const message = "tsdbt does not translate the statements of a strategy's macro from GoogleSQL yet.";
  return failed(error("strategy", message, { span }));
}

/** How the macro of a model's own strategy is called once the rows are there; nothing for the strategies that tsdbt has. */
export function strategyCompiler(
  model: LinkedModel,
  context: CompileContext,
): Checked<CompiledModel["compileStrategy"]> {
  const { materialization, dialect } = model;
  if (materialization.kind !== "incremental" || materialization.strategy.kind !== "custom") return passed(undefined);
  const { strategy } = materialization;
  const known = unknownStrategy(strategy, model, context);
  if (!known.ok) return known;
  return passed((rows): Script<Checked<Sql>> =>
    compileAsking({ context, dialect }, (each) => statementsOf(model, { strategy, rows }, each)),
  );
}
