import type { Hook, Hooks } from "../../domain/hooks.ts";
import { begin, execute, type Script } from "../../domain/script.ts";
import type { Sql } from "../../domain/sql.ts";

function inUnit(hooks: readonly Hook[]): readonly Sql[] {
  return hooks.filter(({ isInUnit }) => isInUnit).map(({ statement }) => statement);
}

function outside(hooks: readonly Hook[]): readonly Sql[] {
  return hooks.filter(({ isInUnit }) => !isInUnit).map(({ statement }) => statement);
}

/** What runs before a build (DBT_SEMANTICS §5.1): hooks by themselves, each a unit; then those that begin the build's own. */
export function* before(hooks: Hooks, header: Sql | undefined): Script<void> {
  for (const statement of outside(hooks.before)) yield* execute(statement);
  const first = [...inUnit(hooks.before), ...(header === undefined ? [] : [header])];
  if (first.length > 0) yield* begin(...first);
}

/** What ends a build: its statements, whose rows are counted, what belongs into the same unit, and hooks by themselves. */
export function* finish(
  hooks: Hooks,
  build: readonly Sql[],
  attached: readonly Sql[] = [],
): Script<number | undefined> {
  const last = [...attached, ...inUnit(hooks.after)];
  let rowCount: number | undefined;
  if (last.length === 0) rowCount = yield* execute(...build);
  else {
    rowCount = yield* begin(...build);
    yield* execute(...last);
  }
  for (const statement of outside(hooks.after)) yield* execute(statement);
  return rowCount;
}
