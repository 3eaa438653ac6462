import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import { loadWindows } from "../compiler/materialize/load-windows.ts";
import type { IngestSettings } from "../domain/ingest-settings.ts";
import { type LoadTime, nextLoadTime } from "../domain/load-time.ts";
import type { Relation } from "../domain/relation.ts";
import { execute, type Row, type Script } from "../domain/script.ts";
import type { Ledger, LedgerWindow } from "../ingest/ledger.ts";
import { driveScript } from "../runner/drive-script.ts";
import type { Sql } from "../domain/sql.ts";
import { numberField, textField } from "./row-fields.ts";
import type { Warehouse } from "../runner/warehouse.ts";

/** What a source's ledger is kept with. */
export interface LedgerOptions {
  readonly warehouse: Warehouse;
  readonly sql: WarehouseSql;
  readonly settings: IngestSettings;
  readonly staging: Relation;
  /** The logical time that load times start from. */
  readonly now: LoadTime;
  /** Whether the ledger may be made where it is missing; where not, a missing one knows no windows. */
  readonly access: "write" | "read";
}

class WarehouseLedger implements Ledger {
  readonly #options: LedgerOptions;
  #isReady = false;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  async windows(): Promise<readonly LedgerWindow[]> {
    const { sql, settings, access } = this.#options;
    if (access === "write") await this.#make();
    else if (!(await this.#isThere())) return [];
    const rows = await this.#rows(sql.ledgerDialect.windows(sql.ledger, settings.source));
    return rows.map((row) => ({
      window: { startMs: numberField(row, "window_start_ms") },
      fingerprint: textField(row, "fingerprint"),
      contentHash: textField(row, "content_hash"),
    }));
  }

  async load(batch: Parameters<Ledger["load"]>[0]): Promise<void> {
    const { sql, settings, staging, now, warehouse } = this.#options;
    await this.#make();
    const [last] = await this.#rows(sql.ledgerDialect.lastLoadTime(sql.ledger));
    let loadTime: LoadTime | undefined =
      typeof last?.["load_time"] === "number" ? numberField(last, "load_time") : undefined;
    const windows = [];
    for (const { kind, staged } of batch) {
      if (kind === "unchanged") continue;
      loadTime = nextLoadTime(now, loadTime);
      windows.push({ staged, loadTime });
    }
    const standing = await warehouse.inspect([staging]);
    const existing = standing.find(({ relation }) => relation.identifier === staging.identifier)?.columns;
    const unchanged = batch.flatMap(({ kind, staged }) => (kind === "unchanged" ? [staged] : []));
    const request = { batch: { settings, staging, windows, runId: sql.runId }, unchanged, existing };
    await this.#drive(loadWindows(request, sql));
  }

  async #isThere(): Promise<boolean> {
    const { warehouse, sql } = this.#options;
    return (await warehouse.inspect([sql.ledger])).length > 0;
  }

  async #make(): Promise<void> {
    const { sql } = this.#options;
    if (!this.#isReady) await this.#drive(execute(...sql.ledgerDialect.create(sql.ledger)));
    this.#isReady = true;
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
    const session = await this.#options.warehouse.session();
    try {
      return await driveScript(script, session);
    } finally {
      session.close();
    }
  }
}

/** The ledger of one ingested source, kept in the warehouse: a window's rows and its ledger row are one transaction. */
export function warehouseLedger(options: LedgerOptions): Ledger {
  return new WarehouseLedger(options);
}
