import type { HeldLock, LockDialect } from "../compiler/dialect/lock-dialect.ts";
import type { Relation } from "../domain/relation.ts";
import type { Row } from "../domain/script.ts";
import type { Sql } from "../domain/sql.ts";
import { WorldError } from "../domain/world-error.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import { numberField } from "./row-fields.ts";

/** What a warehouse's lock is held with. */
export interface LockOptions {
  readonly warehouse: Warehouse;
  readonly dialect: LockDialect;
  readonly ledger: Relation;
  readonly holder: string;
  /** How long another run is waited for, in seconds, before this one gives up. */
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
  /** Waits, at most until the signal is given; it never rejects. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly say: (message: string) => void;
}

/** The length of a lease in seconds: so long a run that was killed keeps others from running. */
const leaseSeconds = 300;

/** How often a lease is renewed. */
const renewalMs = 60_000;

/** How often a lock that another run has is looked at. */
const lookMs = 5000;

/** What a run knows of the lock that it holds. */
export interface Holding {
  readonly held: HeldLock;
  /** Given when the run is interrupted, or when it has lost the lock. */
  readonly signal: AbortSignal;
}

async function rowsOf({ warehouse }: LockOptions, query: Sql): Promise<readonly Row[]> {
  const session = await warehouse.session({ step: "lock" });
  try {
    return (await session.rows(query)).rows;
  } finally {
    session.close();
  }
}

/** The number of rows that statements change. */
async function change({ warehouse }: LockOptions, statements: readonly Sql[]): Promise<number> {
  const session = await warehouse.session({ step: "lock" });
  try {
    const answer = await session.answer({ kind: "execute", statements });
    return answer.kind === "execute" ? (answer.rowCount ?? 0) : 0;
  } finally {
    session.close();
  }
}

/** Takes the lock, after a while if another run has it. Throws a `WorldError` that says who holds it. */
async function take(options: LockOptions): Promise<HeldLock> {
  const { dialect, ledger, holder, waitSeconds, clock, signal, pause, say } = options;
  await change(options, dialect.create(ledger));
  const startedMs = clock();
  for (let told = false; ; told = true) {
    signal.throwIfAborted();
    await change(options, [dialect.take(ledger, { holder, seconds: leaseSeconds })]);
    const [row = {}] = await rowsOf(options, dialect.look(ledger));
    if (row["holder"] === holder) return { holder, fence: numberField(row, "fence") };
    const other = typeof row["holder"] === "string" ? `The run ${row["holder"]}` : "Another run";
    if (clock() - startedMs >= waitSeconds * 1000) throw heldByOther(other, row);
    if (!told) say(`${other} holds the warehouse: waiting`);
    await pause(lookMs, signal);
  }
}

function heldByOther(other: string, row: Row): WorldError {
  const seconds = typeof row["seconds"] === "number" ? row["seconds"] : leaseSeconds;
  return new WorldError("locked-warehouse", `${other} holds the warehouse.`, {
    hint: `Wait until it is done; if it was killed, the warehouse is free again in ${seconds} seconds. The target's "lock_wait_seconds" says how long a run waits by itself.`,
    isRetryable: true,
  });
}

/** Renews the lease until it is told to stop, and gives up the run where the lock is lost. */
async function keep(
  options: LockOptions,
  held: HeldLock,
  until: { readonly done: AbortSignal; readonly lost: AbortController },
): Promise<void> {
  const { dialect, ledger, clock, pause } = options;
  let renewedMs = clock();
  for (;;) {
    await pause(renewalMs, until.done);
    if (until.done.aborted) return;
    try {
      if ((await change(options, [dialect.renew(ledger, held, leaseSeconds)])) === 1) {
        renewedMs = clock();
        continue;
      }
    } catch {
      // The lease may still be renewed until it has run out.
      if (clock() - renewedMs < leaseSeconds * 1000 - renewalMs) continue;
    }
    until.lost.abort(
      new WorldError("lost-lock", "Another run has taken the warehouse over.", {
        hint: "This run could not renew its lease in time. What it had done is whole; the next run does the rest.",
      }),
    );
    return;
  }
}

/**
 * Runs something while no other run of tsdbt writes to the warehouse: one run at a time holds a lease, which runs out when it
 * is not renewed, and whose number tells a holder who lost it.
 */
export async function holdWarehouse<T>(options: LockOptions, work: (holding: Holding) => Promise<T>): Promise<T> {
  const held = await take(options);
  const done = new AbortController();
  const lost = new AbortController();
  const keeping = keep(options, held, { done: done.signal, lost });
  try {
    const result = await work({ held, signal: AbortSignal.any([options.signal, lost.signal]) });
    lost.signal.throwIfAborted();
    return result;
  } finally {
    done.abort();
    await keeping;
    // A lock that cannot be given back runs out by itself.
    await change(options, [options.dialect.release(options.ledger, held)]).catch(() => undefined);
  }
}
