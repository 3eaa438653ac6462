import type { Ending, Invocation } from "./invocation.ts";
import { connectStore, connectWarehouse } from "./connect.ts";
import { ingestedSources } from "./ingest-sources.ts";
import { openProject } from "./open-project.ts";
import { readRunState } from "./read-run-state.ts";
import { warehouseSql } from "./warehouse-sql.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Target } from "../domain/settings.ts";
import { WorldError } from "../domain/world-error.ts";

/** One thing that was looked at: what it is, and how it is, or what is wrong with it. */
interface Check {
  readonly what: string;
  readonly look: () => Promise<string>;
}

function placeOf(target: Target): string {
  return target.type === "duckdb" ? target.path : `${target.database}.${target.schema}`;
}

/** Looks at all that a run needs, from the project file to the raw pulls, and says how each of it is. Nothing is changed. */
export async function debugProject(invocation: Invocation): Promise<Ending> {
  const { emit } = invocation;
  const opened = await openProject(invocation);
  const { root, project, diagnostics } = opened;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  emit({ kind: "said", message: `node: ${process.version}, ${process.platform} ${process.arch}` });
  emit({ kind: "said", message: `project: ${root}: ${errors.length === 0 ? "OK" : `${errors.length} errors`}` });
  if (diagnostics.length > 0) emit({ kind: "diagnosed", diagnostics });
  if (project === undefined) return "refusal";
  const { settings } = project;
  const checks: readonly Check[] = [
    {
      what: `warehouse: ${settings.target.type}, target "${settings.target.name}", ${placeOf(settings.target)}`,
      look: async () => {
        const warehouse = await connectWarehouse({ root, invocation }, settings, "read");
        try {
          if (settings.target.type === "bigquery")
            return `OK, ${(await warehouse.inspect([settings.target])).length} tables and views`;
          const state = await readRunState(project, warehouse, warehouseSql(settings, invocation));
          return `OK, ${state.knownTables.length} incremental tables`;
        } finally {
          warehouse.close();
        }
      },
    },
    ...ingestedSources({ ...opened, project, messages: [] }).map(({ settings: { source, from } }): Check => ({
      what: `raw pulls of ${source}: ${from}`,
      look: async () => {
        const store = await connectStore({ root, invocation }, from, "read");
        return `OK, ${(await store.list()).length} files`;
      },
    })),
  ];
  const faults: Diagnostic[] = [];
  for (const { what, look } of checks) {
    try {
      emit({ kind: "said", message: `${what}: ${await look()}` });
    } catch (cause) {
      if (!(cause instanceof WorldError)) throw cause;
      emit({ kind: "said", message: `${what}: ERROR` });
      faults.push(error(cause.code, cause.message, { hint: cause.hint }));
    }
  }
  if (faults.length > 0) emit({ kind: "diagnosed", diagnostics: faults });
  return errors.length + faults.length > 0 ? "failure" : "success";
}
