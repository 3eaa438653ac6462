import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBResultReader, type DuckDBValue } from "@duckdb/node-api";
import type { Column } from "../../../domain/column.ts";
import type { Prelude } from "../../../domain/prelude.ts";
import type { Relation } from "../../../domain/relation.ts";
import type {
  Answer,
  NamedRelation,
  Row,
  SessionRequest,
  StatementResult,
  TemporaryTable,
  QueryCheck,
} from "../../../domain/script.ts";
import type { DialectName, DuckdbSetup } from "../../../domain/settings.ts";
import { type Sql, trustedSql } from "../../../domain/sql.ts";
import { WorldError } from "../../../domain/world-error.ts";
import {
  type ExistingRelation,
  type QueryResult,
  type Session,
  type SessionUse,
  StatementError,
  type Warehouse,
} from "../../warehouse.ts";
import { statementErrorOf, worldErrorOf } from "./duckdb-error.ts";
import { installPrelude } from "./install-prelude.ts";
import { applySettings, noSetup, prepareDatabase, printedSetting } from "./prepare-database.ts";
import { readValue } from "./read-value.ts";

/** How a database file is opened. `memory` is an empty database that nothing else sees and that ends with the process. */
export interface DuckdbOptions {
  /** Where the file lies; its folder is made if it is missing, unless the file is only read. */
  readonly path: string;
  /** The path by which messages speak of it. */
  readonly name: string;
  readonly access: "write" | "read" | "memory";
  /** Loads what translated statements call beside DuckDB's own functions. */
  readonly loadPrelude?: (() => Promise<Prelude>) | undefined;
  /** What the target asks for beside the file. */
  readonly setup?: DuckdbSetup | undefined;
  /** Whether statements are GoogleSQL, translated, or the author's own: then DuckDB's defaults hold. */
  readonly dialect?: DialectName | undefined;
}

/** Answers must not depend on the machine's time zone. */
const sessionSettings: readonly string[] = ["set errors_as_json = true", "set TimeZone = 'UTC'"];

/** What is translated sorts nulls as GoogleSQL does, and needs no download in the middle of a query. */
const translatedSettings: readonly string[] = [
  "set default_null_order = 'nulls_first_on_asc_last_on_desc'",
  "set autoinstall_known_extensions = false",
  "set autoload_known_extensions = false",
];

function columnsIn(reader: DuckDBResultReader): readonly Column[] {
  return reader.columnNames().map((name, index) => ({ name, type: String(reader.columnType(index)) }));
}

function readRows(reader: DuckDBResultReader): QueryResult {
  const columns = columnsIn(reader);
  const rows = reader
    .getRows()
    .map((cells): Row => Object.fromEntries(columns.map(({ name }, index) => [name, readValue(cells[index] ?? null)])));
  return { columns, rows };
}

/** DuckDB answers `create table as` with a count of its rows, and counts the rows of other statements apart. */
function changedRows(reader: DuckDBResultReader): number {
  const [counted] = reader.columnNames()[0] === "Count" ? (reader.getRows()[0] ?? []) : [];
  return typeof counted === "bigint" ? Number(counted) : reader.rowsChanged;
}

function columnQuery(table: Relation | TemporaryTable): { readonly text: string; readonly values: readonly string[] } {
  const head = "select column_name, data_type from duckdb_columns() where";
  const tail = "order by column_index";
  if ("temporary" in table)
    return { text: `${head} database_name = 'temp' and table_name = $1 ${tail}`, values: [table.temporary] };
  return {
    text: `${head} lower(database_name) = lower($1) and lower(schema_name) = lower($2) and lower(table_name) = lower($3) ${tail}`,
    values: [table.database, table.schema, table.identifier],
  };
}

type Install = (functions: readonly string[]) => Promise<void>;

class DuckdbSession implements Session {
  readonly #connection: DuckDBConnection;
  readonly #name: string;
  readonly #install: Install;
  #isInterrupted = false;
  /** Whether a unit has begun that is not ended yet. */
  #isOpen = false;

  constructor(connection: DuckDBConnection, name: string, install: Install) {
    this.#connection = connection;
    this.#name = name;
    this.#install = install;
  }

  async answer(request: SessionRequest): Promise<Answer> {
    switch (request.kind) {
      case "execute":
        return { kind: "execute", rowCount: await this.#execute(request) };
      case "columns":
        return { kind: "columns", columns: await this.#columns(request.relation) };
      case "rows":
        return { kind: "rows", rows: (await this.rows(request.query)).rows };
      case "check":
        return { kind: "check", ...(await this.check(request.query)) };
      case "load":
        throw new Error("on DuckDB, statements read files themselves");
      case "statement":
        return { kind: "statement", result: await this.#statement(request.statement) };
      case "relations": {
        const { database, schema } = request.schema;
        const rows = await this.#ask(`${relationsQuery} ${inSchema}`, [database, schema]);
        return { kind: "relations", relations: rows.map(namedRelation) };
      }
      case "schemas": {
        const rows = await this.#ask(schemasQuery, [request.database]);
        return { kind: "schemas", schemas: rows.map(([name]) => String(name)) };
      }
      case "functions":
        await this.#install(request.names);
        return { kind: "functions" };
    }
  }

  async check(query: Sql): Promise<QueryCheck> {
    return await this.#run(query, async () => {
      const prepared = await this.#connection.prepare(query.text);
      const columns = Array.from({ length: prepared.columnCount }, (_, index) => ({
        name: prepared.columnName(index),
        type: String(prepared.columnType(index)),
      }));
      prepared.destroySync();
      return { columns, bytes: undefined };
    });
  }

  async rows(query: Sql, limit?: number): Promise<QueryResult> {
    return await this.#run(query, async () => {
      if (limit === undefined) return readRows(await this.#connection.runAndReadAll(query.text));
      const { columns, rows } = readRows(await this.#connection.streamAndReadUntil(query.text, limit));
      return { columns, rows: rows.slice(0, limit) };
    });
  }

  interrupt(): void {
    this.#isInterrupted = true;
    this.#connection.interrupt();
  }

  close(): void {
    this.#connection.closeSync();
  }

  async #run<T>(statement: Sql, call: () => Promise<T>): Promise<T> {
    // An interrupt between two statements finds nothing to stop: the next one must not begin.
    if (this.#isInterrupted)
      throw new StatementError("The statement was interrupted.", { statement, code: "interrupted" });
    try {
      return await call();
    } catch (cause) {
      throw statementErrorOf(cause, statement, this.#name);
    }
  }

  /** DuckDB commits statement by statement unless told otherwise, DDL included (DBT_SEMANTICS §5.4). */
  async #execute({
    statements,
    isOpen: staysOpen = false,
  }: Extract<SessionRequest, { readonly kind: "execute" }>): Promise<number | undefined> {
    let rowCount: number | undefined;
    const begin = trustedSql("begin transaction");
    if (!this.#isOpen) await this.#run(begin, () => this.#connection.run(begin.text));
    this.#isOpen = staysOpen;
    try {
      for (const statement of statements)
        rowCount = await this.#run(statement, async () =>
          changedRows(await this.#connection.runAndReadAll(statement.text)),
        );
      const commit = trustedSql("commit");
      if (!staysOpen) await this.#run(commit, () => this.#connection.run(commit.text));
    } catch (cause) {
      this.#isOpen = false;
      await this.#rollBack();
      throw cause;
    }
    return rowCount;
  }

  async #rollBack(): Promise<void> {
    try {
      await this.#connection.run("rollback");
    } catch (cause) {
      // A failed commit has ended the transaction already.
      if (!(cause instanceof Error && cause.message.includes("no transaction is active"))) throw cause;
    }
  }

  async #columns(table: Relation | TemporaryTable): Promise<readonly Column[]> {
    const { text, values } = columnQuery(table);
    const rows = await this.#ask(text, values);
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  }

  async #ask(text: string, values: readonly string[]): Promise<readonly (readonly DuckDBValue[])[]> {
    return await this.#run(trustedSql(text), async () =>
      (await this.#connection.runAndReadAll(text, [...values])).getRows(),
    );
  }

  async #statement(statement: Sql): Promise<StatementResult> {
    return await this.#run(statement, async () => {
      const reader = await this.#connection.runAndReadAll(statement.text);
      const columns = columnsIn(reader);
      const rows = reader.getRows().map((cells) => cells.map(readValue));
      return { columns, rows, rowCount: changedRows(reader) };
    });
  }
}

const relationsQuery = `
select * from (
select 'table' as kind, database_name, schema_name, table_name as name from duckdb_tables() where not internal
union all
select 'view', database_name, schema_name, view_name from duckdb_views() where not internal)`;

const inSchema = "where lower(database_name) = lower($1) and lower(schema_name) = lower($2) order by name";

const schemasQuery =
  "select schema_name from duckdb_schemas() where not internal and lower(database_name) = lower($1) order by schema_name";

function namedRelation([kind, database, schema, name]: readonly DuckDBValue[]): NamedRelation {
  return {
    relation: { database: String(database), schema: String(schema), identifier: String(name) },
    kind: kind === "view" ? "view" : "table",
  };
}

class DuckdbWarehouse implements Warehouse {
  readonly #instance: DuckDBInstance;
  readonly #name: string;
  readonly #loadPrelude: DuckdbOptions["loadPrelude"];
  readonly #setup: DuckdbSetup;
  readonly #settings: readonly string[];

  constructor(instance: DuckDBInstance, { name, loadPrelude, setup = noSetup, dialect }: DuckdbOptions) {
    this.#instance = instance;
    this.#name = name;
    this.#loadPrelude = loadPrelude;
    this.#setup = setup;
    this.#settings = dialect === "duckdb" ? sessionSettings : [...sessionSettings, ...translatedSettings];
  }

  /** Makes the database ready for all sessions. */
  async prepare(): Promise<void> {
    const connection = await this.#instance.connect();
    try {
      await prepareDatabase(connection, this.#setup);
    } finally {
      connection.closeSync();
    }
  }

  async session({ functions = [] }: SessionUse = {}): Promise<Session> {
    const connection = await this.#connect();
    const install: Install = async (names) => {
      if (names.length === 0) return;
      const prelude = await this.#loadPrelude?.();
      if (prelude === undefined) throw new Error("the warehouse was opened without the prelude that a statement needs");
      await installPrelude(connection, prelude, names);
    };
    await install(functions);
    return new DuckdbSession(connection, this.#name, install);
  }

  async inspect(schemas: readonly Pick<Relation, "database" | "schema">[]): Promise<readonly ExistingRelation[]> {
    const connection = await this.#connect();
    try {
      const wanted = new Set(schemas.map(({ database, schema }) => `${database}.${schema}`.toLowerCase()));
      const columns = new Map<string, Column[]>();
      const keyOf = (parts: readonly unknown[]): string => JSON.stringify(parts);
      const described = await connection.runAndReadAll(
        "select database_name, schema_name, table_name, column_name, data_type from duckdb_columns() where not internal order by column_index",
      );
      for (const [database, schema, table, name, type] of described.getRows()) {
        const key = keyOf([database, schema, table]);
        const known = columns.get(key) ?? [];
        known.push({ name: String(name), type: String(type) });
        columns.set(key, known);
      }
      const relations = await connection.runAndReadAll(relationsQuery);
      return relations.getRows().flatMap((row): readonly ExistingRelation[] => {
        const { relation, kind } = namedRelation(row);
        const { database, schema, identifier } = relation;
        if (!wanted.has(`${database}.${schema}`.toLowerCase())) return [];
        return [{ relation, kind, columns: columns.get(keyOf([database, schema, identifier])) ?? [] }];
      });
    } finally {
      connection.closeSync();
    }
  }

  close(): void {
    this.#instance.closeSync();
  }

  async #connect(): Promise<DuckDBConnection> {
    const connection = await this.#instance.connect();
    for (const setting of this.#settings) await connection.run(setting);
    await applySettings(connection, this.#setup);
    return connection;
  }
}

function prepareFolder({ access, path, name }: DuckdbOptions): void {
  if (access !== "write") return;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EEXIST" || code === "ENOTDIR")
      throw new WorldError("not-a-folder", `A part of the path "${name}" is a file where a folder is wanted.`, {
        hint: "Move the file away, or correct the path of the target in the project file.",
        cause,
      });
    throw new WorldError("database-io", `The folder of the database file "${name}" cannot be made.`, {
      hint: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** Opens an embedded DuckDB. One process at a time may write a database file; a second one is told who holds it. */
export async function openDuckdb(options: DuckdbOptions): Promise<Warehouse> {
  prepareFolder(options);
  const path = options.access === "memory" ? ":memory:" : options.path;
  const isNew = options.access === "write" && !existsSync(path);
  try {
    const config = Object.entries(options.setup?.configOptions ?? {}).map(
      ([key, value]) => [key, printedSetting(value)] as const,
    );
    const instance = await DuckDBInstance.create(path, {
      ...Object.fromEntries(config),
      ...(options.access === "read" ? { access_mode: "READ_ONLY" } : {}),
    });
    const warehouse = new DuckdbWarehouse(instance, options);
    await warehouse.prepare();
    return warehouse;
  } catch (cause) {
    if (cause instanceof WorldError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    const failure = worldErrorOf(message, options.name);
    // A file that the disk took only a part of would be no database to the next process.
    if (isNew && failure?.code === "disk-full") rmSync(path, { force: true });
    throw failure ?? cause;
  }
}
