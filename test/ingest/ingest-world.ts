import type { IngestEvent } from "../../src/domain/ingest-event.ts";
import type { IngestSettings } from "../../src/domain/ingest-settings.ts";
import { windowLabel } from "../../src/domain/window.ts";
import { runIngest, type IngestPorts } from "../../src/ingest/run-ingest.ts";
import { openMemoryLedger, type MemoryLedger } from "./memory-ledger.ts";
import { openMemoryStore, type MemoryStore } from "./memory-store.ts";

/** The settings of the tests that need few columns. */
export const settings: IngestSettings = {
  source: "staging.pulls",
  from: "raw",
  to: "staged",
  columns: [
    { role: "text", name: "user", key: "user", required: true },
    { role: "eventTime", name: "at", key: "at", required: true },
    { role: "file", name: "file" },
    { role: "id", name: "id", key: "id", required: false },
  ],
};

/** The content of a pull with one record for each user. */
export function pullOf(...users: readonly string[]): string {
  return JSON.stringify(users.map((user) => ({ user, at: "2022-10-01T00:00:00Z", id: `id of ${user}` })));
}

/** Ports and settings that take the place of the world's own. */
interface IngestOptions extends Partial<IngestPorts> {
  readonly settings?: IngestSettings;
}

/** A world in memory to ingest in. */
export interface IngestWorld {
  readonly raw: MemoryStore;
  readonly staged: MemoryStore;
  readonly ledger: MemoryLedger;
  /** Ingests, and gives all events. */
  readonly ingest: (options?: IngestOptions) => Promise<readonly IngestEvent[]>;
}

/** Opens a world whose raw files are these. */
export function openWorld(files: Readonly<Record<string, string>>): IngestWorld {
  const raw = openMemoryStore();
  const staged = openMemoryStore();
  const ledger = openMemoryLedger(staged);
  for (const [name, content] of Object.entries(files)) raw.put(name, content);
  return {
    raw,
    staged,
    ledger,
    ingest: async (options = {}) => {
      const events: IngestEvent[] = [];
      const ports = { raw, staged, ledger, signal: new AbortController().signal, ...options };
      for await (const event of runIngest(options.settings ?? settings, ports)) events.push(event);
      return events;
    },
  };
}

/** What happened to each window: `2022-10-01 03:00 changed`, and whether it was loaded. */
export function reasonsOf(events: readonly IngestEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "windowStaged"
      ? [`${windowLabel(event.due.window)} ${event.due.reason}${event.isUnchanged ? " unchanged" : ""}`]
      : [],
  );
}
