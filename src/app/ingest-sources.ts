import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { IngestColumn, IngestSettings } from "../domain/ingest-settings.ts";
import type { Source } from "../domain/model.ts";
import type { Target } from "../domain/settings.ts";
import type { WindowRange } from "../domain/window.ts";
import type { Ledger } from "../ingest/ledger.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import { type Access, connectStaging, connectStore, isUri } from "./connect.ts";
import type { Invocation } from "./invocation.ts";
import type { OpenProject } from "./open-project.ts";
import { warehouseLedger } from "./warehouse-ledger.ts";

/** A source whose raw pulls tsdbt ingests. */
export interface IngestedSource {
  readonly source: Source;
  readonly settings: IngestSettings;
}

/** The column that tells BigQuery a row's place in its pull: a load job does not keep the order of rows. */
const position: IngestColumn = { role: "position", name: "tsdbt_position" };

/** How a source is ingested for a target: BigQuery reads files in Cloud Storage alone. */
function settingsFor(target: Target, settings: IngestSettings): IngestSettings {
  if (target.type === "duckdb") return settings;
  const { staging } = target;
  const to = staging === undefined || isUri(settings.to) ? settings.to : `${staging}/${settings.to}`;
  return { ...settings, to, columns: [...settings.columns, position] };
}

/** The ingested sources of a project. */
export function ingestedSources({ project }: OpenProject): readonly IngestedSource[] {
  const { target } = project.settings;
  return project.sources.flatMap((source) =>
    source.ingest === undefined ? [] : [{ source, settings: settingsFor(target, source.ingest) }],
  );
}

/** What sources are ingested with: an open warehouse, and how long and far. */
export interface IngestRun {
  readonly opened: OpenProject;
  readonly warehouse: Warehouse;
  readonly sql: WarehouseSql;
  readonly range: WindowRange | undefined;
}

/** The ledger of one source in an open warehouse. */
export function sourceLedger(
  { source, settings }: IngestedSource,
  { warehouse, sql }: Pick<IngestRun, "warehouse" | "sql">,
  how: { readonly invocation: Invocation; readonly access: Access },
): Ledger {
  const { now, signal } = how.invocation;
  return warehouseLedger({ warehouse, sql, settings, staging: source.relation, now, signal, access: how.access });
}

/** Stages and loads what is due of these sources, and tells it event by event. Throws a `WorldError` where the world is in the way. */
export async function ingestSources(
  sources: readonly IngestedSource[],
  run: IngestRun,
  invocation: Invocation,
): Promise<void> {
  const { runIngest } = await import("../ingest/run-ingest.ts");
  const reach = { root: run.opened.root, invocation };
  for (const each of sources) {
    const raw = await connectStore(reach, each.settings.from, "read");
    const staged = await connectStaging(reach, run.opened.project.settings.target, each.settings.to);
    const ledger = sourceLedger(each, run, { invocation, access: "write" });
    const ports = { raw, staged, ledger, range: run.range, signal: invocation.signal };
    for await (const event of runIngest(each.settings, ports)) invocation.emit(event);
  }
}
