import type { Step } from "../domain/plan.ts";
import type { Sql } from "../domain/sql.ts";
import { StatementError, type Warehouse } from "../runner/warehouse.ts";

/** Queries that are looked at at the same time. */
const atOnce = 8;

/** The bytes that steps would read, by their ids, as far as the warehouse can tell before the run. */
export interface PlannedBytes {
  readonly byStep: ReadonlyMap<string, number>;
  readonly sum: number;
  /** The steps of which nothing is known yet: their queries read what an earlier step makes, or hang on an answer. */
  readonly unknown: number;
}

async function bytesOf(query: Sql, warehouse: Warehouse): Promise<number | undefined> {
  const session = await warehouse.session();
  try {
    return (await session.check(query)).bytes;
  } catch (cause) {
    // What is refused now may be right once the steps before it are done, and is told by the run if not.
    if (cause instanceof StatementError) return undefined;
    throw cause;
  } finally {
    session.close();
  }
}

/** Asks the warehouse what the queries of steps would read; nothing is run. A write reads its table besides. */
export async function bytesOfSteps(steps: readonly Step[], warehouse: Warehouse): Promise<PlannedBytes> {
  const reading = steps.filter(({ kind }) => kind !== "prepare" && kind !== "hook" && kind !== "seed");
  const byStep = new Map<string, number>();
  for (let first = 0; first < reading.length; first += atOnce)
    await Promise.all(
      reading.slice(first, first + atOnce).map(async ({ id, query }) => {
        const bytes = query === undefined ? undefined : await bytesOf(query.statement, warehouse);
        if (bytes !== undefined) byStep.set(id, bytes);
      }),
    );
  const sum = [...byStep.values()].reduce((all, bytes) => all + bytes, 0);
  return { byStep, sum, unknown: reading.length - byStep.size };
}
