import type { Column } from "../../domain/column.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Outcome } from "../../domain/plan.ts";
import { columnsOf, execute, type Row, rowsOf, type Script, type TemporaryTable } from "../../domain/script.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { CompiledUnitTest, Fixture, GivenInput } from "../../domain/unit-test.ts";
import { injectEphemeral } from "../template/inject-ephemeral.ts";
import { quotedIdentifier } from "../template/context/relation-value.ts";
import { fixtureQuery, unknownColumns } from "../unit-test/fixture-query.ts";
import { type Cells, describeDifference, rowDifference } from "./row-difference.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** The query that stands in for an input: its rows typed as the columns that the warehouse shows. */
function* standIn(input: GivenInput): Script<Checked<Sql>> {
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
  return fixtureQuery(fixture.rows, { title, columns, dialect: "duckdb", span: fixture.span });
}

/** The statement of a unit test: the model's query over its stand-ins. */
function* statementOf({ query, given, text }: CompiledUnitTest): Script<Checked<Sql>> {
  if (query !== undefined) return passed(query.statement);
  const queries: { name: string; query: Sql }[] = [];
  const faults: Diagnostic[] = [];
  for (const input of given) {
    const stand = yield* standIn(input);
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

const actualTable: TemporaryTable = { temporary: "__dbt_unit_test_actual" };
const expectedTable: TemporaryTable = { temporary: "__dbt_unit_test_expected" };

function selectFrom(table: TemporaryTable, columns: readonly Column[]): Sql {
  const list = columns.map(({ name }) => quotedIdentifier(name, "duckdb")).join(", ");
  return sql`select ${trustedSql(list)} from ${trustedSql(quotedIdentifier(table.temporary, "duckdb"))}`;
}

/** The expected rows as a table whose columns have the types of the actual ones. */
function* expectedRows(
  test: CompiledUnitTest,
  actual: readonly Column[],
  { dialect }: WarehouseSql,
): Script<Checked<{ readonly rows: readonly Row[]; readonly columns: readonly Column[] }>> {
  const { expect, modelName } = test;
  const target = { title: `model "${modelName}"`, span: expect.span };
  if (expect.kind === "query") {
    yield* execute(...dialect.createTemporary(expectedTable, expect.query));
    const given = yield* columnsOf(expectedTable);
    const faults = unknownColumns([Object.fromEntries(given.map(({ name }) => [name, null]))], {
      ...target,
      columns: actual,
    });
    if (faults.length > 0) return failed(...faults);
    const columns = comparedColumns(expect, actual, given);
    yield* execute(...dialect.retypeTemporary(expectedTable, columns));
    return passed({ rows: yield* rowsOf(selectFrom(expectedTable, columns)), columns });
  }
  const faults = unknownColumns(expect.rows, { ...target, columns: actual });
  if (faults.length > 0) return failed(...faults);
  const columns = comparedColumns(expect, actual, []);
  const query = fixtureQuery(expect.rows, { ...target, columns, dialect: "duckdb" });
  return query.ok ? passed({ rows: yield* rowsOf(query.value), columns }) : query;
}

/** Runs a model's query over given rows and compares what comes of it with what is expected, whatever the order. */
export function* unitTest(test: CompiledUnitTest, sqlOf: WarehouseSql): Script<Outcome> {
  const statement = yield* statementOf(test);
  if (!statement.ok) return { status: "error", diagnostics: statement.diagnostics };
  yield* execute(...sqlOf.dialect.createTemporary(actualTable, statement.value));
  const actual = yield* columnsOf(actualTable);
  const expected = yield* expectedRows(test, actual, sqlOf);
  if (!expected.ok) return { status: "error", diagnostics: expected.diagnostics };
  const { rows, columns } = expected.value;
  const there = yield* rowsOf(selectFrom(actualTable, columns));
  const difference = rowDifference(cellsOf(rows, columns), cellsOf(there, columns));
  if (difference.missing.length + difference.unexpected.length === 0)
    return { status: "pass", failures: 0, message: "" };
  const names = columns.map(({ name }) => name);
  return { status: "fail", failures: 1, message: describeDifference(names, difference) };
}
