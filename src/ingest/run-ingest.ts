import type { DueWindow, IngestEvent, IngestTotals } from "../domain/ingest-event.ts";
import type { IngestSettings } from "../domain/ingest-settings.ts";
import type { WindowRange } from "../domain/window.ts";
import type { Ledger, StagedChange } from "./ledger.ts";
import { planIngest, type IngestPlan, type PlannedWindow } from "./plan-ingest.ts";
import { PullScanner } from "./scan/pull-scanner.ts";
import { stageWindow, type Staging, type StagingPorts } from "./stage-window.ts";
import type { Store } from "./store.ts";

/** The stores of the pulls and of the CSVs, the ledger, and what bounds the ingest. Without a range all windows are meant. */
export interface IngestPorts {
  readonly raw: Store;
  readonly staged: Store;
  readonly ledger: Ledger;
  readonly range?: WindowRange | undefined;
  /** Stops the ingest between two pulls; it then ends by throwing the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Stages the windows that are due, in order of time, and has the ledger load them in batches. Throws the `WorldError` of a
 * store or the ledger. However it ends, all that was loaded is whole, and the next ingest does the rest.
 */
export async function* runIngest(settings: IngestSettings, ports: IngestPorts): AsyncGenerator<IngestEvent> {
  const { source } = settings;
  const plan = await planIngest(settings, ports);
  yield {
    kind: "pullsListed",
    source,
    files: plan.files,
    bytes: plan.bytes,
    due: plan.due.map(dueOf),
    ignored: plan.ignored,
  };
  let totals = nothing;
  let batch: readonly StagedInBatch[] = [];
  for await (const { planned, staged, bytes } of stageDue(settings, plan, ports)) {
    const isUnchanged = staged.contentHash === planned.known?.contentHash;
    yield { kind: "windowStaged", source, due: dueOf(planned), staged, isUnchanged };
    totals = addedTo(totals, { planned, staged, isUnchanged });
    batch = [...batch, { change: { kind: isUnchanged ? "unchanged" : "changed", staged }, bytes }];
    if (!isFull(batch)) continue;
    yield await loadBatch(settings, batch, ports);
    batch = [];
  }
  if (batch.length > 0) yield await loadBatch(settings, batch, ports);
  yield { kind: "ingestEnded", source, totals };
}

interface StagedPlanned extends Staging {
  readonly planned: PlannedWindow;
}

async function* stageDue(
  { columns }: IngestSettings,
  { due, versions }: IngestPlan,
  ports: IngestPorts,
): AsyncGenerator<StagedPlanned> {
  const staging: StagingPorts = {
    ...ports,
    versions,
    scanner: new PullScanner(columns),
    columns: columns.map(({ name }) => name),
  };
  for (const planned of due) {
    ports.signal.throwIfAborted();
    yield { planned, ...(await stageWindow(planned, staging)) };
  }
}

/** A window that waits to be loaded, with the size of the CSV that the warehouse then has to read. */
interface StagedInBatch {
  readonly change: StagedChange;
  readonly bytes: number;
}

const windowsInBatch = 64;
const bytesInBatch = 64 << 20;

function isFull(batch: readonly StagedInBatch[]): boolean {
  return batch.length >= windowsInBatch || batch.reduce((sum, { bytes }) => sum + bytes, 0) >= bytesInBatch;
}

async function loadBatch(
  { source }: IngestSettings,
  batch: readonly StagedInBatch[],
  { ledger, signal }: IngestPorts,
): Promise<IngestEvent> {
  signal.throwIfAborted();
  await ledger.load(batch.map(({ change }) => change));
  const rows = batch.reduce((sum, { change }) => sum + (change.kind === "changed" ? change.staged.rows : 0), 0);
  return { kind: "batchLoaded", source, windows: batch.length, rows };
}

/** What of a planned window is told. */
function dueOf({ window, reason, files, bytes }: PlannedWindow): DueWindow {
  return { window, reason, files, bytes };
}

const nothing: IngestTotals = {
  windows: 0,
  unchangedWindows: 0,
  files: 0,
  bytes: 0,
  rows: 0,
  rejectedFiles: 0,
  rejectedRecords: 0,
};

function addedTo(
  totals: IngestTotals,
  { planned, staged, isUnchanged }: Pick<StagedPlanned, "planned" | "staged"> & { readonly isUnchanged: boolean },
): IngestTotals {
  return {
    windows: totals.windows + 1,
    unchangedWindows: totals.unchangedWindows + (isUnchanged ? 1 : 0),
    files: totals.files + staged.files,
    bytes: totals.bytes + planned.bytes,
    rows: totals.rows + staged.rows,
    rejectedFiles: totals.rejectedFiles + staged.rejectedFiles,
    rejectedRecords: totals.rejectedRecords + staged.rejectedRecords,
  };
}
