import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import { loadWindows } from "../compiler/materialize/load-windows.ts";
import type { IngestSettings } from "../domain/ingest-settings.ts";
import { type LoadTime, nextLoadTime } from "../domain/load-time.ts";
import type { Column } from "../domain/column.ts";
import { type Relation, relationKey } from "../domain/relation.ts";
import { execute, type Row, type Script } from "../domain/script.ts";
import type { Ledger, LedgerWindow } from "../ingest/ledger.ts";
import { driveScript } from "../runner/drive-script.ts";
import type { Sql } from "../domain/sql.ts";
import { numberField, textField } from "./row-fields.ts";
import { WorldError } from "../domain/world-error.ts";
import { StatementError, type Warehouse } from "../runner/warehouse.ts";

/** What a source's ledger is kept with. */
export interface LedgerOptions {
  readonly warehouse: Warehouse;
  readonly sql: WarehouseSql;
  readonly settings: IngestSettings;
  readonly staging: Relation;
  /** The logical time that load times start from. */
  readonly now: LoadTime;
  /** Interrupts what the warehouse is loading. */
  readonly signal: AbortSignal;
  /** Whether the ledger may be made where it is missing; where not, a missing one knows no windows. */
  readonly access: "write" | "read";
}

function ledgerWindow(row: Row): LedgerWindow {
  const isRejecting = typeof row["rejects"] === "string";
  return {
    window: { startMs: numberField(row, "window_start_ms") },
    fingerprint: textField(row, "fingerprint"),
    contentHash: textField(row, "content_hash"),
    object: { name: textField(row, "object"), uri: textField(row, "uri"), version: textField(row, "version") },
    rejects: isRejecting
      ? {
          name: textField(row, "rejects"),
          uri: textField(row, "rejects_uri"),
          version: textField(row, "rejects_version"),
        }
      : undefined,
  };
}

class WarehouseLedger implements Ledger {
  readonly #options: LedgerOptions;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  async windows(): Promise<readonly LedgerWindow[]> {
    const { sql, settings, access } = this.#options;
    if (access === "write") await this.#make();
    else if (!(await this.#isThere())) return [];
    // Without the staging table nothing is loaded, whatever the ledger remembers.
    if ((await this.#stagingColumns()) === undefined) return [];
    const rows = await this.#rows(sql.ledgerDialect.windows(sql.ledger, settings.source));
    return rows.map(ledgerWindow);
  }

  async load(batch: Parameters<Ledger["load"]>[0]): Promise<void> {
    const { sql, settings, staging, now } = this.#options;
    const [last] = await this.#rows(sql.ledgerDialect.lastLoadTime(sql.ledger));
    const after: LoadTime | undefined =
      typeof last?.["load_time"] === "number" ? numberField(last, "load_time") : undefined;
    let loadTime = after;
    const windows = [];
    for (const { kind, staged } of batch) {
      if (kind === "unchanged") continue;
      loadTime = nextLoadTime(now, loadTime);
      windows.push({ staged, loadTime });
    }
    const existing = await this.#stagingColumns();
    const unchanged = batch.flatMap(({ kind, staged }) => (kind === "unchanged" ? [staged] : []));
    const request = { batch: { settings, staging, windows, runId: sql.runId, after }, unchanged, existing };
    await this.#drive(loadWindows(request, sql));
  }

  async #isThere(): Promise<boolean> {
    const { warehouse, sql } = this.#options;
    return (await warehouse.inspect([sql.ledger])).length > 0;
  }

  async #stagingColumns(): Promise<readonly Column[] | undefined> {
    const { warehouse, staging } = this.#options;
    const standing = await warehouse.inspect([staging]);
    return standing.find(({ relation }) => relationKey(relation) === relationKey(staging))?.columns;
  }

  /** Models read the staging table even where there is nothing to load into it. */
  async #make(): Promise<void> {
    const { sql, settings, staging } = this.#options;
    await this.#drive(execute(...sql.ledgerDialect.create(sql.ledger)));
    if ((await this.#stagingColumns()) !== undefined) return;
    const batch = { settings, staging, windows: [], runId: sql.runId, after: undefined };
    await this.#drive(loadWindows({ batch, unchanged: [], existing: undefined }, sql));
  }

  async #rows(query: Sql): Promise<readonly Row[]> {
    const session = await this.#options.warehouse.session();
    try {
      return (await session.rows(query)).rows;
    } finally {
      session.close();
    }
  }

  async #drive<T>(script: Script<T>): Promise<T> {
    const { signal, settings, warehouse } = this.#options;
    const session = await warehouse.session({ step: settings.source });
    const interrupt = (): void => {
      session.interrupt();
    };
    signal.addEventListener("abort", interrupt);
    try {
      signal.throwIfAborted();
      return await driveScript(script, session);
    } catch (cause) {
      if (!(cause instanceof StatementError)) throw cause;
      if (cause.code === "interrupted") signal.throwIfAborted();
      const { source } = settings;
      throw new WorldError("unloaded-windows", `The windows of "${source}" could not be loaded: ${cause.message}`, {
        hint: "What was loaded before is whole; the next ingest does the rest.",
        cause,
      });
    } finally {
      signal.removeEventListener("abort", interrupt);
      session.close();
    }
  }
}

/** The ledger of one ingested source, kept in the warehouse: a window's rows and its ledger row are one transaction. */
export function warehouseLedger(options: LedgerOptions): Ledger {
  return new WarehouseLedger(options);
}
