import type { Relation } from "../../domain/relation.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { LedgerDialect } from "../dialect/ledger-dialect.ts";
import type { LockDialect } from "../dialect/lock-dialect.ts";

/** What a script needs besides its model: the warehouse's statements, the ledger's place, the run that it belongs to. */
export interface WarehouseSql {
  readonly dialect: Dialect;
  readonly ledgerDialect: LedgerDialect;
  /** Where several processes may have the warehouse open: how one of them writes at a time. */
  readonly lock?: LockDialect;
  /** Database and schema of the ledger; the identifier is not used. */
  readonly ledger: Relation;
  readonly runId: string;
  /** The run's logical time in microseconds (DESIGN §4): no published column comes from another clock. */
  readonly now: number;
}
