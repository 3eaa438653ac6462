import type { Column } from "../../domain/column.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { nextLoadTime } from "../../domain/load-time.ts";
import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { relationName } from "../../domain/relation.ts";
import { begin, columnsOf, rowsOf, type Script } from "../../domain/script.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SnapshotChange } from "../dialect/dialect.ts";
import { didYouMean } from "../nearest-name.ts";
import { before, finish } from "./around.ts";
import { schemaChange } from "./schema-change.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A snapshot with what it keeps. */
export interface SnapshotModel {
  readonly model: CompiledModel;
  readonly snapshot: Snapshot;
}

function refused(model: CompiledModel, message: string, hint?: string): Diagnostic {
  return error("snapshot", message, { span: { file: model.file, start: 0, end: 0 }, hint });
}

/** The first state of all rows becomes the table. */
export function* firstSnapshot({ model, snapshot }: SnapshotModel, sql: WarehouseSql): Script<Outcome> {
  const { dialect, now } = sql;
  const { relation, comments } = model;
  const { hooks, header } = model.around.full;
  yield* before(hooks, header);
  const query = dialect.snapshotQuery(snapshot, model.full.statement, now);
  const built = { relation, kind: "table", comments, dialect } as const;
  const rowCount = yield* finish(
    hooks,
    dialect.replaceTable(relation, undefined, { query, layout: model.layout }),
    built,
  );
  return { status: "success", message: "OK", rowCount, warnings: [] };
}

/** The columns that a snapshot's table must have and has not. */
function missingColumns({ model, snapshot }: SnapshotModel, existing: readonly Column[]): readonly Diagnostic[] {
  const { columns, hardDeletes } = snapshot;
  const known = new Set(existing.map(({ name }) => name.toLowerCase()));
  const { isDeleted, ...others } = columns;
  const wanted = [...Object.values(others), ...(hardDeletes === "new_record" ? [isDeleted] : [])];
  const missing = wanted.filter((name) => !known.has(name.toLowerCase())).map((name) => `"${name}"`);
  if (missing.length === 0) return [];
  const message = `The table ${relationName(model.relation)} of the snapshot "${model.name}" lacks its columns ${missing.join(", ")}.`;
  return [refused(model, message, "Add them, or give them the names that the table has.")];
}

/** The columns that are compared; a name that the query has not is a mistake. */
function checkedColumns(
  { model, snapshot }: SnapshotModel,
  queried: readonly string[],
): { readonly columns: readonly string[]; readonly faults: readonly Diagnostic[] } {
  const { strategy } = snapshot;
  if (strategy.kind === "timestamp") return { columns: [], faults: [] };
  if (strategy.columns === "all") return { columns: queried, faults: [] };
  const byName = new Map(queried.map((name) => [name.toLowerCase(), name]));
  const faults = strategy.columns
    .filter((name) => !byName.has(name.toLowerCase()))
    .map((name) =>
      refused(model, `The query of "${model.name}" has no column "${name}" to check.`, didYouMean(name, queried)),
    );
  return { columns: strategy.columns.flatMap((name) => byName.get(name.toLowerCase()) ?? []), faults };
}

/**
 * The time of this snapshot: the run's, or just after the newest state where that is not later. States are known by their keys and
 * times, and two of one key must not begin at once.
 */
function* timeOf({ model, snapshot }: SnapshotModel, { dialect, now }: WarehouseSql): Script<number> {
  if (snapshot.strategy.updatedAt !== undefined) return now;
  const [row] = yield* rowsOf(dialect.latestState(model.relation, snapshot));
  const latest = Number(row?.["latest"] ?? Number.NaN);
  return nextLoadTime(now, Number.isNaN(latest) ? undefined : latest);
}

/** Rows that changed end and begin anew, rows that are new begin, rows that are gone end where that is asked for. */
export function* nextSnapshot(subject: SnapshotModel, existing: readonly Column[], sql: WarehouseSql): Script<Outcome> {
  const { model, snapshot } = subject;
  const { dialect } = sql;
  const { relation, comments } = model;
  const { hooks, header } = model.around.full;
  const lacking = missingColumns(subject, existing);
  if (lacking.length > 0) return { status: "error", diagnostics: lacking };
  yield* before(hooks, header);
  const tables = {
    source: dialect.temporary(relation, "__dbt_source"),
    changed: dialect.temporary(relation, "__dbt_tmp"),
    deleted: dialect.temporary(relation, "__dbt_deleted"),
  };
  yield* begin(...dialect.createTemporary(tables.source, model.full.statement));
  const queried = yield* columnsOf(tables.source);
  const { added } = schemaChange(existing, queried);
  const { columns, faults } = checkedColumns(
    subject,
    queried.map(({ name }) => name),
  );
  if (faults.length > 0) return { status: "error", diagnostics: faults };
  const isNew = new Set(added.map(({ name }) => name));
  const change: SnapshotChange = {
    tables,
    now: yield* timeOf(subject, sql),
    queried: queried.map(({ name }) => name),
    checked: columns.filter((name) => !isNew.has(name)),
    isWidened: columns.some((name) => isNew.has(name)),
  };
  yield* begin(
    ...dialect.alterColumns(relation, { added, removed: [], retyped: [] }),
    ...dialect.stageSnapshot(relation, snapshot, change),
  );
  const built = { relation, kind: "table", comments, dialect } as const;
  const unit = dialect.unit({ defined: [], rows: dialect.applySnapshot(relation, snapshot, change), recorded: [] });
  const used = Object.values(tables);
  const rowCount = yield* finish(hooks, [...unit, ...dialect.dropTemporary(used)], built);
  return { status: "success", message: "OK", rowCount, warnings: [] };
}
