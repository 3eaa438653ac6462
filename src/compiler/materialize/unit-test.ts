import type { Column } from "../../domain/column.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Outcome } from "../../domain/plan.ts";
import { columnsOf, execute, type Row, rowsOf, type Script, type TemporaryTable } from "../../domain/script.ts";
import type { Sql } from "../../domain/sql.ts";
import type { DialectName } from "../../domain/settings.ts";
import type { CompiledUnitTest, Fixture, GivenInput } from "../../domain/unit-test.ts";
import { injectEphemeral } from "../template/inject-ephemeral.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { fixtureQuery, unknownColumns } from "../unit-test/fixture-query.ts";
import { type Cells, describeDifference, rowDifference } from "./row-difference.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** The query that stands in for an input: its rows typed as the columns that the warehouse shows. */
function* standIn(input: GivenInput, language: DialectName): Script<Checked<Sql>> {
  const { fixture, relation, title } = input;
  if (fixture.kind === "query") return passed(fixture.query);
  const columns = input.columns ?? (yield* columnsOf(relation));
  if (columns.length === 0)
    return failed(
      error("fixture-input", `The columns of ${title} are not known, for it is not in the warehouse.`, {
        span: fixture.span,
        hint: "Build it first, or give its rows in the format sql.",
      }),
    );
  return fixtureQuery(fixture.rows, { title, columns, dialect: language, span: fixture.span });
}

/** The statement of a unit test: the model's query over its stand-ins. */
function* statementOf({ query, given, text }: CompiledUnitTest, language: DialectName): Script<Checked<Sql>> {
  if (query !== undefined) return passed(query.statement);
  const queries: { name: string; query: Sql }[] = [];
  const faults: Diagnostic[] = [];
  for (const input of given) {
    const stand = yield* standIn(input, language);
    if (stand.ok) queries.push({ name: input.cteName, query: stand.value });
    else faults.push(...stand.diagnostics);
  }
  return faults.length > 0 ? failed(...faults) : passed(injectEphemeral(text, queries));
}

/** The columns that are compared: those that any expected row names, in the order of the query; of a query all that it gives. */
function comparedColumns(expect: Fixture, actual: readonly Column[], expected: readonly Column[]): readonly Column[] {
  const named = expect.kind === "rows" ? expect.rows.flatMap(Object.keys) : expected.map(({ name }) => name);
  const wanted = new Set(named.map((name) => name.toLowerCase()));
  return wanted.size === 0 ? actual : actual.filter(({ name }) => wanted.has(name.toLowerCase()));
}

function cellsOf(rows: readonly Row[], columns: readonly Column[]): Cells {
  return rows.map((row) => columns.map(({ name }) => row[name] ?? null));
}

/** Where the rows of a unit test lie meanwhile, those that its model gives and those that are expected. */
interface UnitTestTables {
  readonly actual: TemporaryTable;
  readonly expected: TemporaryTable;
}

function tablesOf({ uniqueId }: CompiledUnitTest, dialect: Dialect): UnitTestTables {
  const owner = { database: "", schema: "", identifier: uniqueId.replaceAll(".", "_") };
  return {
    actual: dialect.temporary(owner, "__dbt_unit_test_actual"),
    expected: dialect.temporary(owner, "__dbt_unit_test_expected"),
  };
}

function* rowsIn(table: TemporaryTable, columns: readonly Column[], dialect: Dialect): Script<readonly Row[]> {
  const names = columns.map(({ name }) => name);
  return yield* rowsOf(dialect.readTemporary(table, names));
}

/** The expected rows as a table whose columns have the types of the actual ones. */
function* expectedRows(
  test: CompiledUnitTest,
  { table, actual }: { readonly table: TemporaryTable; readonly actual: readonly Column[] },
  { dialect }: WarehouseSql,
): Script<Checked<{ readonly rows: readonly Row[]; readonly columns: readonly Column[] }>> {
  const { expect, modelName } = test;
  const target = { title: `model "${modelName}"`, span: expect.span };
  if (expect.kind === "query") {
    yield* execute(...dialect.createTemporary(table, expect.query));
    const given = yield* columnsOf(table);
    const faults = unknownColumns([Object.fromEntries(given.map(({ name }) => [name, null]))], {
      ...target,
      columns: actual,
    });
    if (faults.length > 0) return failed(...faults);
    const columns = comparedColumns(expect, actual, given);
    yield* execute(...dialect.retypeTemporary(table, columns));
    return passed({ rows: yield* rowsIn(table, columns, dialect), columns });
  }
  const faults = unknownColumns(expect.rows, { ...target, columns: actual });
  if (faults.length > 0) return failed(...faults);
  const columns = comparedColumns(expect, actual, []);
  const query = fixtureQuery(expect.rows, { ...target, columns, dialect: dialect.language });
  return query.ok ? passed({ rows: yield* rowsOf(query.value), columns }) : query;
}

/** Runs a model's query over given rows and compares what comes of it with what is expected, whatever the order. */
export function* unitTest(test: CompiledUnitTest, sql: WarehouseSql): Script<Outcome> {
  const { dialect } = sql;
  const tables = tablesOf(test, dialect);
  const statement = yield* statementOf(test, dialect.language);
  if (!statement.ok) return { status: "error", diagnostics: statement.diagnostics };
  yield* execute(...dialect.createTemporary(tables.actual, statement.value));
  const outcome = yield* compareRows(test, tables, sql);
  const used = dialect.dropTemporary([tables.actual, ...(test.expect.kind === "query" ? [tables.expected] : [])]);
  if (used.length > 0) yield* execute(...used);
  return outcome;
}

function* compareRows(test: CompiledUnitTest, tables: UnitTestTables, sql: WarehouseSql): Script<Outcome> {
  const actual = yield* columnsOf(tables.actual);
  const expected = yield* expectedRows(test, { table: tables.expected, actual }, sql);
  if (!expected.ok) return { status: "error", diagnostics: expected.diagnostics };
  const { rows, columns } = expected.value;
  const there = yield* rowsIn(tables.actual, columns, sql.dialect);
  const difference = rowDifference(cellsOf(rows, columns), cellsOf(there, columns));
  if (difference.missing.length + difference.unexpected.length === 0)
    return { status: "pass", failures: 0, message: "" };
  const names = columns.map(({ name }) => name);
  return { status: "fail", failures: 1, message: describeDifference(names, difference) };
}
