import type { Column } from "../../../domain/column.ts";
import type { FileLoad } from "../../../domain/file-load.ts";
import type { Relation } from "../../../domain/relation.ts";
import type { Answer, QueryCheck, SessionRequest, TemporaryTable } from "../../../domain/script.ts";
import { emptySql, type Sql } from "../../../domain/sql.ts";
import {
  type ExistingRelation,
  type QueryResult,
  type Session,
  StatementError,
  type Warehouse,
} from "../../warehouse.ts";
import { type ClientOptions, openClient } from "./bigquery-client.ts";
import { addSpending, type Spending } from "../../../domain/run-event.ts";
import { changedRows } from "./changed-rows.ts";
import { datasetNames, inspectDatasets, tableColumns } from "./inspect-datasets.ts";
import { jobLabels } from "./job-labels.ts";
import { loadFiles } from "./load-files.ts";
import { numberPart } from "./read-answer.ts";
import { readRows } from "./read-rows.ts";
import { type EndedJob, type JobRunner, type Pause, runJob } from "./run-job.ts";
import { checkQuery } from "./check-query.ts";
import { divideStatements } from "./divide-statements.ts";
import { joinStatements, placeOfMessage, type ScriptText, withoutPlace } from "./script-text.ts";
import { TableQueue, writtenTables } from "./table-queue.ts";

/** What every job of a target is given (https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#jobconfiguration). */
export interface JobSettings {
  readonly location: string | undefined;
  readonly priority: "interactive" | "batch";
  readonly maximumBytesBilled: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly retries: number;
  /** The reservation that jobs run in, where it is not the project's own: `projects/p/locations/l/reservations/r`. */
  readonly reservation: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** How BigQuery is opened. */
export interface BigqueryOptions extends ClientOptions, JobSettings {
  /** Tells the jobs of this run from those of any other. */
  readonly runId: string;
  readonly startedMs: number;
  /** Where the tables of scripts lie that only live as long as the script. */
  readonly scratch: Pick<Relation, "database" | "schema">;
  readonly pause: Pause;
}

/** Opens BigQuery; nothing is asked of it before it is used. */
export function openBigquery(options: BigqueryOptions): Warehouse {
  const { location, pause, startedMs, retries } = options;
  const runner: JobRunner = { client: openClient(options), location, pause, startedMs, retries };
  const queue = new TableQueue();
  let sessions = 0;
  return {
    session: ({ step, labels } = {}) => {
      const labelled = { ...options, labels: { ...labels, ...options.labels } };
      return Promise.resolve(new BigquerySession({ runner, options: labelled, queue, step, number: ++sessions }));
    },
    inspect: async (schemas): Promise<readonly ExistingRelation[]> => inspectDatasets(runner, schemas),
    close: () => undefined,
  };
}

interface SessionParts {
  readonly runner: JobRunner;
  readonly options: BigqueryOptions;
  readonly queue: TableQueue;
  readonly step: string | undefined;
  readonly number: number;
}

/** One script's jobs, one after another. */
class BigquerySession implements Session {
  readonly #parts: SessionParts;
  readonly #interruption = new AbortController();
  /** Statements of a unit that is open: they are sent with those that end it, or before what looks at their work. */
  readonly #open: Sql[] = [];
  /** The rows that the jobs of the open unit changed. */
  #changed: number | undefined;
  #jobs = 0;
  #spent: Spending | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  async answer(request: SessionRequest): Promise<Answer> {
    if (request.kind === "execute") {
      this.#open.push(...request.statements);
      if (request.isOpen === true) return { kind: "execute", rowCount: undefined };
      await this.#sendOpen();
      const rowCount = this.#changed;
      this.#changed = undefined;
      return { kind: "execute", rowCount };
    }
    await this.#sendOpen();
    switch (request.kind) {
      case "columns":
        return { kind: "columns", columns: await this.#columns(request.relation) };
      case "rows":
        return { kind: "rows", rows: (await this.rows(request.query)).rows };
      case "check":
        return { kind: "check", ...(await this.check(request.query)) };
      case "load":
        for (const load of request.loads) await this.#load(load);
        return { kind: "load" };
      case "statement": {
        const { id, job } = await this.#run([request.statement]);
        const { columns, rows } = await readRows(this.#parts.runner, id, undefined);
        const cells = rows.map((row) => columns.map(({ name }) => row[name] ?? null));
        return {
          kind: "statement",
          result: {
            columns,
            rows: cells,
            rowCount: await changedRows(this.#parts.runner, { job, apartFrom: undefined }),
          },
        };
      }
      case "relations": {
        const relations = await inspectDatasets(this.#parts.runner, [request.schema]);
        return { kind: "relations", relations };
      }
      case "schemas":
        return { kind: "schemas", schemas: await datasetNames(this.#parts.runner, request.database) };
      case "functions":
        // BigQuery has all functions that its dialect knows.
        return { kind: "functions" };
    }
  }

  /** One job, or as many as the length of its text takes. */
  async #sendOpen(): Promise<void> {
    const statements = this.#open.splice(0);
    const { runner, options } = this.#parts;
    for (const part of divideStatements(statements)) {
      const { job } = await this.#run(part);
      this.#changed = (await changedRows(runner, { job, apartFrom: options.scratch.schema })) ?? this.#changed;
    }
  }

  async rows(query: Sql, limit?: number): Promise<QueryResult> {
    await this.#sendOpen();
    const { id } = await this.#run([query]);
    return readRows(this.#parts.runner, id, limit);
  }

  async check(query: Sql): Promise<QueryCheck> {
    await this.#sendOpen();
    const { runner, options } = this.#parts;
    const checked = await checkQuery(runner, configurationOf(joinStatements([query]), options));
    if (checked.kind === "checked") return checked.check;
    throw refusalOf(checked.message, { statements: [query], script: joinStatements([query]), isInterrupted: false });
  }

  spent(): Spending | undefined {
    return this.#spent;
  }

  interrupt(): void {
    this.#interruption.abort();
  }

  close(): void {
    this.#interruption.abort();
  }

  async #columns(table: Relation | TemporaryTable): Promise<readonly Column[]> {
    const { runner, options } = this.#parts;
    const relation = "temporary" in table ? { ...options.scratch, identifier: table.temporary } : table;
    return (await tableColumns(runner, relation)) ?? [];
  }

  async #load(load: FileLoad): Promise<void> {
    const { runner, options, step, queue } = this.#parts;
    const { signal } = this.#interruption;
    const labels = jobLabels(options.labels, step);
    const { database, schema, identifier } = load.target;
    const table = [database, schema, identifier].join(".").toLowerCase();
    if (!signal.aborted) await queue.run([table], async () => loadFiles(runner, load, { labels, signal }));
    if (signal.aborted) throw interrupted(emptySql);
  }

  async #run(statements: readonly Sql[]): Promise<EndedJob> {
    const { runner, options, number, step, queue } = this.#parts;
    const [first] = statements;
    if (first === undefined) throw new Error("there is nothing to execute");
    const { signal } = this.#interruption;
    if (signal.aborted) throw interrupted(first);
    const script = joinStatements(statements);
    const key = [options.runId, number, ++this.#jobs, script.text].join("\n");
    const configuration = configurationOf(script, { ...options, labels: jobLabels(options.labels, step) });
    const ended = await queue.run(writtenTables(script.text), async () =>
      runJob(runner, { key, signal, configuration }),
    );
    this.#spent = addSpending(this.#spent, spendingOf(ended));
    if (ended.failure === undefined) return ended;
    throw refusalOf(ended.failure.message, { statements, script, isInterrupted: signal.aborted });
  }
}

/** What a job cost; that of a script has the sums of its statements. */
function spendingOf({ id, job }: EndedJob): Spending {
  return {
    bytesProcessed: numberPart(job, "statistics", "totalBytesProcessed") ?? 0,
    bytesBilled: numberPart(job, "statistics", "query", "totalBytesBilled") ?? 0,
    slotMs: numberPart(job, "statistics", "totalSlotMs") ?? 0,
    jobId: id,
  };
}

function configurationOf({ text }: ScriptText, options: JobSettings): Readonly<Record<string, unknown>> {
  const { priority, maximumBytesBilled, timeoutSeconds, labels, reservation } = options;
  return {
    query: {
      query: text,
      useLegacySql: false,
      priority: priority.toUpperCase(),
      ...(maximumBytesBilled !== undefined && { maximumBytesBilled: String(maximumBytesBilled) }),
    },
    labels,
    ...(reservation !== undefined && { reservation }),
    ...(timeoutSeconds !== undefined && { jobTimeoutMs: String(timeoutSeconds * 1000) }),
  };
}

function interrupted(statement: Sql): StatementError {
  return new StatementError("The statement was interrupted.", { statement, code: "interrupted" });
}

interface Refused {
  readonly statements: readonly Sql[];
  readonly script: ScriptText;
  readonly isInterrupted: boolean;
}

function refusalOf(message: string, { statements, script, isInterrupted }: Refused): StatementError {
  const place = placeOfMessage(message, script);
  const statement = statements[place?.index ?? statements.length - 1];
  if (statement === undefined) throw new Error("a refusal of no statement");
  if (isInterrupted) return interrupted(statement);
  const at = place === undefined ? {} : { offset: place.offset, length: place.length };
  return new StatementError(withoutPlace(message), { statement, code: "refused", ...at });
}
