import type { HeldLock, LockDialect } from "./lock-dialect.ts";
import type { LedgerDialect } from "./ledger-dialect.ts";

/** A ledger that is written to only while a lock is held: a run that lost it fails before it records or loads anything. */
export function fencedLedger(ledgerDialect: LedgerDialect, lock: LockDialect, held: HeldLock): LedgerDialect {
  return {
    ...ledgerDialect,
    recordMerged: (ledger, ...rest) => [lock.check(ledger, held), ...ledgerDialect.recordMerged(ledger, ...rest)],
    recordRebuilt: (ledger, ...rest) => [lock.check(ledger, held), ...ledgerDialect.recordRebuilt(ledger, ...rest)],
    loadWindows: (ledger, batch) => ledgerDialect.loadWindows(ledger, { ...batch, fence: lock.fence(ledger, held) }),
  };
}
