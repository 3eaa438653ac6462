import type { Column } from "../../domain/column.ts";
import type { ColumnComment, Comments } from "../../domain/contract.ts";
import { type Diagnostic, warning } from "../../domain/diagnostic.ts";
import type { Hook, Hooks } from "../../domain/hooks.ts";
import { begin, columnsOf, execute, type Script, tell } from "../../domain/script.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import type { Sql } from "../../domain/sql.ts";
import type { Dialect } from "../dialect/dialect.ts";

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

/** What was built, and what is to be written down about it. */
export interface Built {
  readonly relation: Relation;
  readonly kind: RelationKind;
  readonly comments: Comments;
  readonly dialect: Dialect;
}

function isOf({ name, isQuoted = false }: ColumnComment, known: readonly Column[]): boolean {
  return known.some((column) => (isQuoted ? column.name === name : column.name.toLowerCase() === name.toLowerCase()));
}

/** In dbt's words, for tools look for them. */
function missingColumns(missing: readonly ColumnComment[], { identifier }: Relation): Diagnostic {
  const names = missing.map(({ name }) => name).join(", ");
  const message = `The following columns are specified in the schema but are not present in the database: ${names}.`;
  return warning("missing-column", message, { hint: `The query of "${identifier}" gives no such column.` });
}

/** The comments on a relation that stands now; a column that it has not is told and left out, as in dbt. */
function* comments({ relation, kind, comments: all, dialect }: Built): Script<readonly Sql[]> {
  const known = all.columns.length === 0 ? [] : yield* columnsOf(relation);
  const columns = all.columns.filter((column) =>
    isOf({ ...column, name: dialect.commentedColumn(column.name) }, known),
  );
  const missing = all.columns.filter((column) => !columns.includes(column));
  if (missing.length > 0) yield* tell({ messages: [], warnings: [missingColumns(missing, relation)] });
  return dialect.comment(relation, kind, { ...all, columns, known });
}

/** What ends a build: its statements, whose rows are counted, comments and hooks in the same unit, and hooks by themselves. */
export function* finish(hooks: Hooks, build: readonly Sql[], built: Built): Script<number | undefined> {
  const isCommented = built.comments.relation !== undefined || built.comments.columns.length > 0;
  const inside = inUnit(hooks.after);
  let rowCount: number | undefined;
  if (!isCommented && inside.length === 0) rowCount = yield* execute(...build);
  else {
    const begun = yield* begin(...build);
    const ended = yield* execute(...(yield* comments(built)), ...inside);
    rowCount = begun ?? ended;
  }
  for (const statement of outside(hooks.after)) yield* execute(statement);
  return rowCount;
}
