import type { Relation } from "../../domain/relation.ts";
import type { Sql } from "../../domain/sql.ts";

/** Who asks for the lock, and for how many seconds it is his unless he renews it. */
export interface Lease {
  readonly holder: string;
  readonly seconds: number;
}

/** A lock that was taken: its number grows with each taking, so that a holder who lost it is known by an older one. */
export interface HeldLock {
  readonly holder: string;
  readonly fence: number;
}

/** The statements by which a warehouse that several runs can reach lets one of them write at a time (BIGQUERY §12). */
export interface LockDialect {
  /** Makes the lock where it is missing. */
  create(ledger: Relation): readonly Sql[];
  /** Takes the lock if nobody has it, or his lease has run out; it changes one row, or none. */
  take(ledger: Relation, lease: Lease): Sql;
  /** The lock: `holder` (null where it is free), `fence`, and `seconds` until the lease runs out. */
  look(ledger: Relation): Sql;
  /** Gives the lease its whole length again, if it is still the holder's; it changes one row, or none. */
  renew(ledger: Relation, held: HeldLock, seconds: number): Sql;
  /** Gives the lock back, if it is still the holder's. */
  release(ledger: Relation, held: HeldLock): Sql;
  /** Fails where the lock is no longer the holder's. */
  check(ledger: Relation, held: HeldLock): Sql;
  /** The same for a transaction: who takes the lock meanwhile makes one of the two transactions fail. */
  fence(ledger: Relation, held: HeldLock): readonly Sql[];
}
