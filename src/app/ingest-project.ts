import { departureWarning } from "../compiler/plan/model-step.ts";
import { nearestName } from "../compiler/nearest-name.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Rejected } from "../domain/ledger.ts";
import type { WindowRange } from "../domain/window.ts";
import { connectWarehouse } from "./connect.ts";
import { type IngestedSource, ingestedSources, ingestSources } from "./ingest-sources.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { lockedRun } from "./locked-run.ts";
import { type OpenProject, openSoundProject } from "./open-project.ts";
import { readRejected } from "./read-rejected.ts";
import { readRunState } from "./read-run-state.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What to ingest: sources by `source` or `source.table`, all if none is named; windows that start within the range. */
export interface IngestOptions {
  readonly sources: readonly string[];
  readonly range: WindowRange | undefined;
}

function chosenSources(
  opened: OpenProject,
  names: readonly string[],
): { readonly sources: readonly IngestedSource[]; readonly unknown: readonly Diagnostic[] } {
  const all = ingestedSources(opened);
  const isNamed = ({ source, settings }: IngestedSource, name: string): boolean =>
    settings.source === name || source.sourceName === name;
  const unknown = names.filter((name) => !all.some((each) => isNamed(each, name)));
  return {
    sources: names.length === 0 ? all : all.filter((each) => names.some((name) => isNamed(each, name))),
    unknown: unknown.map((name) => {
      const near = nearestName(
        name,
        all.map(({ settings }) => settings.source),
      );
      const known = all.map(({ settings }) => `"${settings.source}"`).join(", ");
      const hint =
        near === undefined
          ? `Ingested sources are ${known === "" ? "not declared" : known}.`
          : `Did you mean "${near}"?`;
      return error("unknown-source", `There is no ingested source "${name}".`, { hint });
    }),
  };
}

/** Ingests what is due, and says what incremental models cannot follow of it. */
export async function ingestProject(invocation: Invocation, options: IngestOptions): Promise<Ending> {
  const opened = await openSoundProject(invocation);
  if (opened === undefined) return "refusal";
  const { sources, unknown } = chosenSources(opened, options.sources);
  if (unknown.length > 0) {
    invocation.emit({ kind: "diagnosed", diagnostics: unknown });
    return "refusal";
  }
  const { project, root } = opened;
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, "write");
  try {
    const run = { warehouse, sql: warehouseSql(project.settings, invocation), invocation };
    const { departures } = await lockedRun(run, project.settings, async ({ sql, invocation: held }) => {
      await ingestSources(sources, { opened, warehouse, sql, range: options.range }, held);
      return await readRunState(project, warehouse, sql);
    });
    const diagnostics = project.models.flatMap((model) => departureWarning(model, departures) ?? []);
    if (diagnostics.length > 0) invocation.emit({ kind: "diagnosed", diagnostics });
    return "success";
  } finally {
    warehouse.close();
  }
}

/** What ingest turned away of the chosen sources, as the ledger has it; `undefined`, if there is nothing to ask. */
export async function listRejected(
  invocation: Invocation,
  names: readonly string[],
): Promise<readonly Rejected[] | undefined> {
  const opened = await openSoundProject(invocation);
  if (opened === undefined) return undefined;
  const { sources, unknown } = chosenSources(opened, names);
  if (unknown.length > 0) {
    invocation.emit({ kind: "diagnosed", diagnostics: unknown });
    return undefined;
  }
  const { settings } = opened.project;
  const warehouse = await connectWarehouse({ root: opened.root, invocation }, settings, "read");
  try {
    const sql = warehouseSql(settings, invocation);
    return await readRejected(sources, warehouse, sql);
  } finally {
    warehouse.close();
  }
}
