import type { Column } from "../domain/column.ts";
import type { Layout } from "../domain/layout.ts";
import type { Spending } from "../domain/run-event.ts";
import type { Relation, RelationKind } from "../domain/relation.ts";
import type { Answer, QueryCheck, Row, SessionRequest } from "../domain/script.ts";
import type { Sql } from "../domain/sql.ts";

/** A relation as the warehouse shows it. */
export interface ExistingRelation {
  readonly relation: Relation;
  readonly kind: RelationKind;
  readonly columns: readonly Column[];
  /** How it lies, where the warehouse has more than one way. */
  readonly layout?: Layout | undefined;
}

/** The rows of a query with their columns, in order. */
export interface QueryResult {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Where one script runs: temporary tables live as long as it does. Every call rejects with `StatementError` or `WorldError`. */
export interface Session {
  /** Answers a script's request; an `execute` takes effect whole or not at all. */
  answer(request: SessionRequest): Promise<Answer>;
  /** The rows of a query, at most `limit` of them. */
  rows(query: Sql, limit?: number): Promise<QueryResult>;
  /** What a query would give and read, without its being run. */
  check(query: Sql): Promise<QueryCheck>;
  /** What the session has cost so far; `undefined` where nothing is billed. */
  spent?(): Spending | undefined;
  /** Has the running statement given up, and any later one: their calls reject with a `StatementError` of code `interrupted`. */
  interrupt(): void;
  close(): void;
}

/** What a session is opened for: functions of the prelude that are installed, the step whose script runs in it, and what its jobs are labelled with. */
export interface SessionUse {
  readonly functions?: readonly string[];
  readonly step?: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** A warehouse that is open. It alone knows its driver; nothing in this port is named after a vendor (DESIGN §3). */
export interface Warehouse {
  session(use?: SessionUse): Promise<Session>;
  /** All tables and views of the given schemas; a schema that is not there has none. Rejects rather than show too few. */
  inspect(schemas: readonly Pick<Relation, "database" | "schema">[]): Promise<readonly ExistingRelation[]>;
  close(): void;
}

/** A statement that the warehouse refused. */
export class StatementError extends Error {
  /** The refused statement. */
  readonly statement: Sql;
  /** Where in the statement, as a UTF-16 offset, if the warehouse says so. */
  readonly offset: number | undefined;
  /** How many UTF-16 units the offending name takes, where the warehouse names one. */
  readonly length: number;
  /** `read-only`: it would have changed what was opened to be looked at. */
  readonly code: "refused" | "interrupted" | "conflict" | "read-only";
  /** Names that the warehouse would have known in that place. */
  readonly candidates: readonly string[];

  constructor(
    message: string,
    details: {
      readonly statement: Sql;
      readonly code: StatementError["code"];
      readonly offset?: number | undefined;
      readonly length?: number;
      readonly candidates?: readonly string[];
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.name = "StatementError";
    this.statement = details.statement;
    this.code = details.code;
    this.offset = details.offset;
    this.length = details.length ?? 1;
    this.candidates = details.candidates ?? [];
  }
}
