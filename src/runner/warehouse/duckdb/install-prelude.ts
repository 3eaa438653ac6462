import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DECIMAL,
  DOUBLE,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  VARCHAR,
} from "@duckdb/node-api";
import type { NativeFunction, PlainType, PlainValue, Prelude } from "../../../domain/prelude.ts";

/** A connection that functions can be installed on. */
export type PreludeConnection = DuckDBConnection;

const types: Readonly<Record<PlainType, DuckDBType>> = {
  VARCHAR,
  BIGINT,
  DOUBLE,
  BOOLEAN,
  BLOB,
  "DECIMAL(38,9)": DECIMAL(38, 9),
  "VARCHAR[]": LIST(VARCHAR),
  "BIGINT[]": LIST(BIGINT),
};

function plainOf(value: DuckDBValue): PlainValue {
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBDecimalValue) return value.value;
  if (value instanceof DuckDBListValue) return value.items.map(plainOf);
  if (value === null || typeof value !== "object") return value;
  throw new Error("a native function of the prelude got a value of a type that none of them takes");
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function duckdbOf(value: PlainValue, type: PlainType): DuckDBValue {
  if (isList(value)) return new DuckDBListValue(value.map((item) => duckdbOf(item, "VARCHAR")));
  if (value instanceof Uint8Array) return new DuckDBBlobValue(value);
  if (typeof value === "bigint" && type === "DECIMAL(38,9)") return new DuckDBDecimalValue(value, 38, 9);
  return value;
}

function register(connection: DuckDBConnection, name: string, { parameters, returns, call }: NativeFunction): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: parameters.map((type) => types[type]),
      returnType: types[returns],
      // DuckDB would not call the function for NULLs either, but then it takes an error beside one for the row's.
      specialHandling: true,
      mainFunction: (_info, input, output) => {
        const columns = parameters.map((_, index) => input.getColumnVector(index));
        for (let row = 0; row < input.rowCount; row++) {
          const args = columns.map((column) => plainOf(column.getItem(row)));
          output.setItem(row, args.includes(null) ? null : duckdbOf(call(...args), returns));
        }
        output.flush();
      },
    }),
  );
}

async function hasFunction(connection: DuckDBConnection, name: string): Promise<boolean> {
  const found = await connection.runAndReadAll("select 1 from duckdb_functions() where function_name = $1 limit 1", [
    name,
  ]);
  return found.currentRowCount > 0;
}

const installed = new WeakMap<DuckDBConnection, Set<string>>();

/**
 * Makes functions of the prelude callable on a connection, each behind those that it rests on: macros for as long as the
 * connection lives, native functions for as long as its database is open.
 */
export async function installPrelude(
  connection: DuckDBConnection,
  prelude: Prelude,
  names: Iterable<string>,
): Promise<void> {
  const known = installed.get(connection) ?? new Set();
  installed.set(connection, known);
  for (const name of names) {
    if (known.has(name)) continue;
    const entry = prelude.get(name);
    if (entry === undefined) throw new Error(`the prelude has no function ${name}`);
    if (entry.kind === "macro")
      await connection.run(`create or replace temp macro ${name}(${entry.parameters}) as ${entry.body}`);
    else if (!(await hasFunction(connection, name))) register(connection, name, entry);
    known.add(name);
  }
}
