import type { DataMap } from "../domain/data.ts";
import { type Checked, type Diagnostic, error, passed } from "../domain/diagnostic.ts";
import type { RunHook } from "../domain/run-hook.ts";
import { type Script, type StepSummary, tell } from "../domain/script.ts";
import { type Sql, trimSql } from "../domain/sql.ts";
import type { Told } from "../domain/told.ts";
import type { RunHookTexts } from "./project/run-hook-texts.ts";
import { linkedEnvironment, type RenderContext } from "./render-resource.ts";
import type { Ask } from "./template/context/ask.ts";
import { nativeWarehouse } from "./template/context/warehouse-access.ts";
import { replay, unlessAsking } from "./template/replay.ts";
import { parseTemplate } from "./template/parse-template.ts";
import { withNames } from "./template/context/with-names.ts";
import { renderTemplate } from "./template/render-template.ts";
import type { Template } from "./template/syntax.ts";
import { fromData } from "./template/values/convert-data.ts";

function resultData({ id, name, kind, status, message, seconds, failures, thread, relation }: StepSummary): DataMap {
  return {
    status,
    message,
    failures,
    execution_time: seconds,
    thread_id: `Thread-${String(thread)}`,
    unique_id: id,
    node: {
      unique_id: id,
      name,
      resource_type: kind,
      database: relation?.database ?? null,
      schema: relation?.schema ?? null,
      alias: relation?.identifier ?? null,
    },
  };
}

/** What `on-run-end` knows besides: how the run's resources ended, and the schemas of those that were built. */
function finishedNames(finished: readonly StepSummary[]): DataMap {
  const built = finished.filter(({ kind, status }) => kind !== "hook" && kind !== "test" && status === "success");
  const places = new Map(
    built.flatMap(({ relation }) =>
      relation === undefined ? [] : [[JSON.stringify([relation.database, relation.schema]), relation] as const],
    ),
  );
  const distinct = [...places.values()];
  return {
    results: finished.filter(({ kind }) => kind !== "hook").map(resultData),
    schemas: [...new Set(distinct.map(({ schema }) => schema))],
    database_schemas: distinct.map(({ database, schema }) => [database, schema]),
  };
}

/** A rendered hook, and what its template said. */
interface RenderedHook {
  readonly sql: Sql;
  readonly told: Told;
}

function renderHook(
  template: Template,
  { name, finished }: { readonly name: string; readonly finished: DataMap },
  context: RenderContext,
): Checked<RenderedHook> {
  const { target, dialect, name: packageName } = context.settings;
  const relation = { database: target.database, schema: target.schema, identifier: name };
  const resource = {
    uniqueId: `operation.${packageName}.${name}`,
    name,
    packageName,
    fqn: [packageName, "hooks", name],
    path: template.file.path,
  };
  const { environment, recording } = linkedEnvironment({ resource, relation, dialect, config: {} }, "full", context);
  const values = Object.fromEntries(Object.entries(finished).map(([key, value]) => [key, fromData(value)]));
  const rendered = renderTemplate(template, withNames(environment, { this: null, ...values }));
  return rendered.ok ? passed({ sql: trimSql(rendered.value), told: recording }) : rendered;
}

/** Renders a hook, and says what its template said. */
function* saying(rendering: Script<Checked<RenderedHook>>): Script<Checked<Sql>> {
  const rendered = yield* rendering;
  if (!rendered.ok) return rendered;
  yield* tell(rendered.value.told);
  return passed(rendered.value.sql);
}

/** The hooks of a run. Those of its start are rendered at once, so that a fault is told before anything runs; one that asks the warehouse, when it runs. */
export function compileRunHooks(
  texts: RunHookTexts,
  context: RenderContext,
  report: (diagnostic: Diagnostic) => void,
): readonly RunHook[] {
  const { name: packageName, dialect } = context.settings;
  if (dialect === "bigquery" && texts.start.length + texts.end.length > 0) {
    const message = "tsdbt does not translate the hooks of a run from GoogleSQL yet.";
    report(error("unsupported-hook", message, { span: { file: texts.file, start: 0, end: 0 } }));
    return [];
  }
  return (["start", "end"] as const).flatMap((when) =>
    texts[when].flatMap((text, index) => {
      const name = `${packageName}-on-run-${when}-${String(index)}`;
      const path = `${texts.file.path}, on-run-${when} ${String(index + 1)}`;
      const parsed = parseTemplate({ path, text });
      if (!parsed.ok) {
        parsed.diagnostics.forEach(report);
        return [];
      }
      const rendering =
        (finished: DataMap) =>
        (ask: Ask): Checked<RenderedHook> =>
          renderHook(parsed.value, { name, finished }, { ...context, warehouse: nativeWarehouse(ask) });
      const head = { uniqueId: `operation.${packageName}.${name}`, name, when, path: texts.file.path };
      if (when === "end")
        return [
          {
            ...head,
            render: (finished: readonly StepSummary[]) => saying(replay(rendering(finishedNames(finished)))),
          },
        ];
      const rendered = unlessAsking(() => renderHook(parsed.value, { name, finished: {} }, context));
      if (rendered !== "asks" && !rendered.ok) rendered.diagnostics.forEach(report);
      return [{ ...head, render: () => saying(replay(rendered === "asks" ? rendering({}) : () => rendered)) }];
    }),
  );
}
