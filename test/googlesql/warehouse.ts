import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Catalog, CatalogTable } from "../../src/compiler/googlesql/emit/context.ts";
import { prelude, sessionSettings } from "../../src/compiler/googlesql/prelude/prelude.ts";
import { installPrelude } from "../../src/runner/warehouse/duckdb/install-prelude.ts";
import { googleType, plainResult, type PlainResult } from "./plain-rows.ts";

/** A DuckDB in memory that runs translated statements. */
export interface Warehouse {
  /** Runs SQL of DuckDB's own. */
  readonly run: (sql: string) => Promise<void>;
  /** The tables that are there now, as a translation's catalog, by every name that they have. */
  readonly catalog: () => Promise<Catalog>;
  /** Runs translated statements and gives what the last one gave. */
  readonly answer: (statements: readonly string[], uses: readonly string[]) => Promise<PlainResult>;
  readonly close: () => void;
}

/** Opens a DuckDB in memory. */
export async function openWarehouse(): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  for (const setting of sessionSettings) await connection.run(setting);
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    catalog: () => readCatalog(connection),
    answer: async (statements, uses) => {
      await installPrelude(connection, prelude, uses);
      for (const statement of statements.slice(0, -1)) await connection.run(statement);
      return plainResult(await connection.runAndReadAll(statements.at(-1) ?? "SELECT 1"));
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function readCatalog(connection: DuckDBConnection): Promise<Catalog> {
  const found = await connection.runAndReadAll(
    "SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE database_name NOT IN ('system', 'temp')",
  );
  const tables = new Map<string, CatalogTable>();
  for (const row of found.getRows()) {
    const relation = row.map(String);
    const quoted = relation.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
    const reader = await connection.runAndReadAll(`SELECT * FROM ${quoted} LIMIT 0`);
    const types = reader.columnTypes().map(googleType);
    const columns = reader.columnNames().map((name, index) => ({ name, type: types[index] ?? "" }));
    const isMain = relation[0] === "memory" && relation[1] === "main";
    const table: CatalogTable = { relation: isMain ? relation.slice(2) : relation, columns };
    const names = [relation, relation.slice(1), ...(isMain ? [relation.slice(2)] : [])];
    for (const name of names) tables.set(name.join(".").toLowerCase(), table);
  }
  return { find: (path) => tables.get(path.join(".").toLowerCase()), names: () => tables.keys() };
}
