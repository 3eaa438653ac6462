import { describe, expect, it } from "vitest";
import { sql, sqlFrom, sqlWithOrigins } from "../domain/sql.ts";
import { statementDiagnostic } from "./statement-diagnostic.ts";
import { StatementError } from "./warehouse.ts";

const file = { path: "models/dau.sql", text: "select event_tme from event_data" };
const statement = sql`create table dau as (\n${sqlFrom({ file, start: 0, end: file.text.length }, file.text)}\n)`;
const step = { name: "dau", path: "models/dau.sql" };
const offset = statement.text.indexOf("event_tme");

describe("a statement that the warehouse refuses", () => {
  it("is told at the author's own words, with the names that would do", () => {
    const refusal = new StatementError('Referenced column "event_tme" not found in FROM clause.', {
      statement,
      code: "refused",
      offset,
      length: 9,
      candidates: ["event_time", "event"],
    });
    expect(statementDiagnostic(refusal, step)).toEqual({
      code: "unknown-column",
      severity: "error",
      message: 'There is no column "event_tme" here.',
      span: { file, start: 7, end: 16 },
      related: [],
      hint: 'Did you mean "event_time" or "event"?',
    });
  });

  it.each([
    ['Referenced column "a "b" c" not found in FROM clause.', 'a "b" c'],
    ['Referenced column "x" was not found because the FROM clause is missing.', "x"],
    ['Table "event_data" does not have a column named "x".', "x"],
  ])("knows a missing column by %j", (message, column) => {
    const refusal = new StatementError(message, { statement, code: "refused", offset, length: 9 });
    expect(statementDiagnostic(refusal, step)).toMatchObject({
      code: "unknown-column",
      message: `There is no column "${column}" here.`,
    });
  });

  it("keeps the warehouse's sentence for anything else, and the calls of macros that led there", () => {
    const macro = { path: "macros/m.sql", text: "boom(x)" };
    const via = [{ file, start: 0, end: 6 }];
    const span = { file: macro, start: 0, end: 7 };
    const refusal = new StatementError("Scalar Function with name boom does not exist.", {
      statement: sqlWithOrigins("boom(x)", [{ at: 0, length: 7, span, via }]),
      code: "refused",
      offset: 0,
      length: 4,
    });
    expect(statementDiagnostic(refusal, step)).toEqual({
      code: "refused-statement",
      severity: "error",
      message: "Scalar Function with name boom does not exist.",
      span: { file: macro, start: 0, end: 4 },
      related: [{ message: "It was called here.", span: { file, start: 0, end: 6 } }],
      hint: undefined,
    });
  });

  it("is told by its step where the text is tsdbt's own or no place is known", () => {
    const message = "Could not convert string 'a' to INT32.";
    for (const at of [{ offset: 3, length: 5 }, {}])
      expect(statementDiagnostic(new StatementError(message, { statement, code: "refused", ...at }), step)).toEqual({
        code: "refused-statement",
        severity: "error",
        message: `Could not convert string 'a' to INT32, says the warehouse of "dau".`,
        hint: 'The statements are in the run folder under "models/dau.sql".',
      });
  });

  it("names a missing column where tsdbt's own text has it", () => {
    const refusal = new StatementError('Table "t" does not have a column named "id".', { statement, code: "refused" });
    expect(statementDiagnostic(refusal, { name: "dau", path: undefined })).toEqual({
      code: "unknown-column",
      severity: "error",
      message: 'There is no column "id", says the warehouse of "dau".',
      hint: undefined,
    });
  });
});
