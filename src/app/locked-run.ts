import { setTimeout } from "node:timers/promises";
import { fencedLedger } from "../compiler/dialect/fenced-ledger.ts";
import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { Settings } from "../domain/settings.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import type { Invocation } from "./invocation.ts";
import { holdWarehouse } from "./warehouse-lock.ts";

/** A run that writes: its warehouse, its statements, the call. */
export interface WritingRun {
  readonly warehouse: Warehouse;
  readonly sql: WarehouseSql;
  readonly invocation: Invocation;
}

/**
 * Does something that writes to the warehouse while no other run does, as far as the warehouse has a lock for it; an embedded
 * one is open to one process anyway. The work gets statements that fail, and a call that is interrupted, once the lock is lost.
 */
export async function lockedRun<T>(
  { warehouse, sql, invocation }: WritingRun,
  { target }: Pick<Settings, "target">,
  work: (run: Omit<WritingRun, "warehouse">) => Promise<T>,
): Promise<T> {
  const { lock, ledger } = sql;
  if (lock === undefined || target.type === "duckdb") return work({ sql, invocation });
  const options = {
    warehouse,
    dialect: lock,
    ledger,
    holder: invocation.id,
    waitSeconds: target.lockWaitSeconds,
    signal: invocation.signal,
    pause: async (milliseconds: number, signal: AbortSignal): Promise<void> =>
      setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
    clock: invocation.clock,
    say: (message: string) => {
      invocation.emit({ kind: "said", message });
    },
  };
  return holdWarehouse(options, async ({ held, signal }) =>
    work({
      sql: { ...sql, ledgerDialect: fencedLedger(sql.ledgerDialect, lock, held) },
      invocation: { ...invocation, signal },
    }),
  );
}
