import type { Ledger, StagedChange } from "../../src/ingest/ledger.ts";
import type { StagedWindow } from "../../src/domain/staged-window.ts";
import type { MemoryStore } from "./memory-store.ts";
import { parseStagedCsv } from "./parse-staged-csv.ts";

/** A warehouse with its ledger in memory: it reads the staged CSVs as a real one does. */
export interface MemoryLedger extends Ledger {
  readonly batches: (readonly StagedChange[])[];
  /** Called before a batch is loaded and after it; what it throws is the load's failure. */
  around: (moment: "before" | "after") => void;
  /** All rows by window, and what is known of each window apart from versions. */
  tables(): Readonly<Record<string, unknown>>;
}

interface Loaded {
  readonly staged: StagedWindow;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rejects: readonly (readonly (string | null)[])[];
}

/** Opens a ledger that knows nothing yet and loads from a store. */
export function openMemoryLedger(store: MemoryStore): MemoryLedger {
  const loaded = new Map<number, Loaded>();
  const rowsOf = (name: string | undefined): Loaded["rows"] =>
    name === undefined ? [] : parseStagedCsv(store.contentOf(name) ?? "").slice(1);
  const load = ({ kind, staged }: StagedChange): Loaded => {
    const before = loaded.get(staged.window.startMs);
    if (kind === "changed") return { staged, rows: rowsOf(staged.object.name), rejects: rowsOf(staged.rejects?.name) };
    if (before?.staged.contentHash !== staged.contentHash) throw new Error("an unchanged window has changed");
    return { ...before, staged };
  };
  const ledger: MemoryLedger = {
    batches: [],
    around: () => undefined,
    windows: async () => Promise.resolve([...loaded.values()].map(({ staged }) => staged)),
    load: async (batch) => {
      ledger.around("before");
      for (const [startMs, each] of batch.map((change) => [change.staged.window.startMs, load(change)] as const))
        loaded.set(startMs, each);
      ledger.batches.push(batch);
      ledger.around("after");
      return Promise.resolve();
    },
    tables: () =>
      Object.fromEntries(
        [...loaded]
          .sort(([a], [b]) => a - b)
          .map(([startMs, { staged, rows, rejects }]) => {
            const { contentHash, files, rejectedFiles, rejectedRecords, unknownKeys } = staged;
            const counts = { files, rows: staged.rows, rejectedFiles, rejectedRecords };
            return [new Date(startMs).toISOString(), { rows, rejects, contentHash, counts, unknownKeys }];
          }),
      ),
  };
  return ledger;
}
