import type { Column } from "./column.ts";
import type { Data } from "./data.ts";
import type { FileLoad } from "./file-load.ts";
import type { Relation, RelationKind } from "./relation.ts";
import type { Sql } from "./sql.ts";
import type { Told } from "./told.ts";

/** A row of an answer by column name. Integers beyond 2^53, decimals, dates and times are text. */
export type Row = Readonly<Record<string, Data>>;

/**
 * What a script asks of its session. `execute` is one unit: all its statements take effect or none; one that is `open` goes on
 * with what the script asks next, up to the end of the next `execute` that is not. The others only look.
 * `check` asks what a query would give, without its being computed. `load` has files loaded, each load a unit of its own. A question is `stable` when no earlier step of a run can change its answer: then `plan` may ask it too.
 */
export type Request =
  | { readonly kind: "execute"; readonly statements: readonly Sql[]; readonly isOpen?: boolean }
  | { readonly kind: "columns"; readonly relation: Relation | TemporaryTable; readonly isStable: boolean }
  | { readonly kind: "rows"; readonly query: Sql; readonly isStable: boolean }
  | { readonly kind: "check"; readonly query: Sql }
  | { readonly kind: "load"; readonly loads: readonly FileLoad[] }
  | { readonly kind: "finished" }
  | { readonly kind: "tell"; readonly told: Told }
  | TemplateQuestion;

/** What a session answers: all but how the run's steps ended, and whom to tell something, which the runner knows. */
export type SessionRequest = Exclude<Request, { readonly kind: "finished" | "tell" }>;

/** How a step of a run ended, as a later one sees it. */
export interface StepSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly relation: Relation | undefined;
  readonly status: string;
  readonly message: string | null;
  readonly failures: number | null;
  readonly seconds: number;
  readonly thread: number;
}

/** A schema by its place. */
export type SchemaPlace = Pick<Relation, "database" | "schema">;

/**
 * What only templates ask (DESIGN §3 Templates). `statement` is any one statement of theirs, which takes effect by itself unless
 * another one has begun a transaction; `functions` has functions of the prelude installed that a later statement calls.
 */
export type TemplateQuestion =
  | { readonly kind: "statement"; readonly statement: Sql }
  | { readonly kind: "relations"; readonly schema: SchemaPlace }
  | { readonly kind: "schemas"; readonly database: string }
  | { readonly kind: "functions"; readonly names: readonly string[] };

/** A table or view that stands in the warehouse. */
export interface NamedRelation {
  readonly relation: Relation;
  readonly kind: RelationKind;
}

/** What a statement gave: cells in the order of the columns. `rowCount` counts the rows that it changed. */
export interface StatementResult {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Data[])[];
  readonly rowCount: number | undefined;
}

/** What a warehouse tells of a query before it is run; `bytes` are those that it would read, where reading is paid for. */
export interface QueryCheck {
  readonly columns: readonly Column[];
  readonly bytes: number | undefined;
}

/** A table that lives as long as the script's session and is seen by it alone. */
export interface TemporaryTable {
  readonly temporary: string;
}

/** What a request of the same kind is answered with. `rowCount` counts the rows that the last statement changed. */
export type Answer =
  | { readonly kind: "execute"; readonly rowCount: number | undefined }
  | { readonly kind: "columns"; readonly columns: readonly Column[] }
  | { readonly kind: "rows"; readonly rows: readonly Row[] }
  | ({ readonly kind: "check" } & QueryCheck)
  | { readonly kind: "load" }
  | { readonly kind: "finished"; readonly steps: readonly StepSummary[] }
  | { readonly kind: "tell" }
  | { readonly kind: "statement"; readonly result: StatementResult }
  | { readonly kind: "relations"; readonly relations: readonly NamedRelation[] }
  | { readonly kind: "schemas"; readonly schemas: readonly string[] }
  | { readonly kind: "functions" };

/** What a script does, told as requests and answers; it touches nothing itself (DESIGN §3). `T` is what it ends with. */
export type Script<T> = Generator<Request, T, Answer>;

/** Has the statements executed as one unit and gives the number of rows that the last one changed. */
export function* execute(...statements: readonly Sql[]): Script<number | undefined> {
  const answer = yield { kind: "execute", statements };
  if (answer.kind !== "execute") throw new Error(`asked to execute, answered with ${answer.kind}`);
  return answer.rowCount;
}

/** Has the statements executed as the beginning of a unit that a later `execute` ends. */
export function* begin(...statements: readonly Sql[]): Script<number | undefined> {
  const answer = yield { kind: "execute", statements, isOpen: true };
  if (answer.kind !== "execute") throw new Error(`asked to execute, answered with ${answer.kind}`);
  return answer.rowCount;
}

/** Has files loaded by the warehouse itself; nothing is asked where there are none. */
export function* load(...loads: readonly FileLoad[]): Script<undefined> {
  if (loads.length > 0) yield { kind: "load", loads };
  return undefined;
}

/** Asks for the columns of a table, in order; only the script's own statements can have changed them. */
export function* columnsOf(relation: Relation | TemporaryTable): Script<readonly Column[]> {
  const answer = yield { kind: "columns", relation, isStable: false };
  if (answer.kind !== "columns") throw new Error(`asked for columns, answered with ${answer.kind}`);
  return answer.columns;
}

function* ask(query: Sql, stability: { readonly isStable: boolean }): Script<readonly Row[]> {
  const answer = yield { kind: "rows", query, ...stability };
  if (answer.kind !== "rows") throw new Error(`asked for rows, answered with ${answer.kind}`);
  return answer.rows;
}

/** Asks for the columns of a query, which is not run. */
export function* columnsOfQuery(query: Sql): Script<readonly Column[]> {
  const answer = yield { kind: "check", query };
  if (answer.kind !== "check") throw new Error(`asked to check a query, answered with ${answer.kind}`);
  return answer.columns;
}

/** Asks how the steps of the run ended that have ended so far. */
export function* finishedSteps(): Script<readonly StepSummary[]> {
  const answer = yield { kind: "finished" };
  if (answer.kind !== "finished") throw new Error(`asked for finished steps, answered with ${answer.kind}`);
  return answer.steps;
}

/** Says something, where there is something to say. */
export function* tell(told: Told): Script<void> {
  if (told.messages.length + told.warnings.length > 0) yield { kind: "tell", told };
}

/** Asks for the rows of a query whose answer earlier steps may change. */
export function rowsOf(query: Sql): Script<readonly Row[]> {
  return ask(query, { isStable: false });
}

/** Asks for the rows of a query that reads nothing which a run can change. */
export function stableRowsOf(query: Sql): Script<readonly Row[]> {
  return ask(query, { isStable: true });
}

/** A script that asks nothing: how it ends is known. */
export function* settled<T>(outcome: T): Script<T> {
  yield* [];
  return outcome;
}
