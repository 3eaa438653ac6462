import type { StatementResult } from "../../../domain/script.ts";
import { sqlFrom, type Sql, trimSql, trustedSql } from "../../../domain/sql.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { callValue } from "../evaluate/call-value.ts";
import { raise } from "../template-error.ts";
import { isTrue } from "../values/collection.ts";
import { fromData } from "../values/convert-data.ts";
import { dict } from "../values/dict.ts";
import { printValue } from "../values/print-value.ts";
import { type HostObject, list, orElse, tuple, type Value } from "../values/value.ts";
import type { ModelScope } from "./model-scope.ts";
import { namedAttributes } from "./named-attributes.ts";
import { tableValue } from "./table-value.ts";
import { unknownValue } from "./unknown-value.ts";
import { askStatement, noWarehouse } from "./warehouse-access.ts";

/** What statements of one evaluation gave, by name, as `load_result` finds them. */
export type StatementResults = Map<string, Value>;

const emptyTable: StatementResult = { columns: [], rows: [], rowCount: undefined };

/** The text of a statement, with its origins or else from its call. */
export function statementText(value: Value, call: Pick<Call, "span">): Sql {
  const text = typeof value === "object" && value?.kind === "text" ? value.sql : sqlFrom(call.span, printValue(value));
  return trimSql(text);
}

function responseValue({ rowCount }: StatementResult): HostObject {
  const message = "OK";
  const attributes = namedAttributes({
    _message: message,
    code: null,
    rows_affected: rowCount ?? null,
    query_id: null,
  });
  return { kind: "object", typeName: "a response", print: () => message, ...attributes };
}

function resultValue(response: Value, given: { readonly data: Value; readonly table: Value }): Value {
  return dict([
    ["response", response],
    ["data", given.data],
    ["table", given.table],
  ]);
}

/** Has a statement run, in the transaction that a materialization has begun or begins with it. */
export function runStatement(
  { warehouse = noWarehouse, transaction }: ModelScope,
  statement: Sql,
  begins: "begins" | "autocommit",
): StatementResult {
  if (begins === "begins" && transaction !== undefined && !transaction.isOpen) {
    askStatement({ ...warehouse, prepare: (text) => ({ statement: text, uses: [] }) }, trustedSql("begin"));
    transaction.isOpen = true;
  }
  return askStatement(warehouse, statement);
}

function textOfBlock(call: Call): Value {
  const caller = call.named.get("caller");
  if (caller === undefined)
    return raise("missing-argument", '"statement" needs a block: {% call statement(…) %} … {% endcall %}.');
  return callValue(caller, { ...call, positional: [], named: new Map() });
}

function dataOf({ rows }: StatementResult): Value {
  return list(rows.map((row) => tuple(row.map(fromData))));
}

/** The functions that send statements and look at what came of them. */
export function statementFunctions(scope: ModelScope): Readonly<Record<string, Value>> {
  const results: StatementResults = new Map();
  const isParsing = scope.phase === "parse";
  const unknown = (): Value => {
    scope.recording.lacksAnswers = true;
    return unknownValue;
  };
  const statement = callable("statement", (call) => {
    const named = new Map([...call.named].filter(([name]) => name !== "caller"));
    const bound = bindArguments({ ...call, named }, { optional: ["name", "fetch_result", "auto_begin", "language"] });
    const text = statementText(textOfBlock(call), call);
    if (isParsing) return "";
    const begins = isTrue(bound.auto_begin ?? true) ? "begins" : "autocommit";
    const result = runStatement(scope, text, begins);
    if (bound.name !== undefined && bound.name !== null) {
      const isFetched = isTrue(bound.fetch_result ?? false);
      const shown = isFetched ? result : emptyTable;
      const table = tableValue(shown);
      results.set(printValue(bound.name), resultValue(responseValue(result), { data: dataOf(shown), table }));
    }
    return "";
  });
  const runQuery = callable("run_query", (call) => {
    const { sql } = bindArguments(call, { required: ["sql"] });
    if (isParsing) return unknown();
    return tableValue(runStatement(scope, statementText(sql, call), "autocommit"));
  });
  const load = callable("load_result", (call) => {
    const name = printValue(bindArguments(call, { required: ["name"] }).name);
    if (isParsing) return unknown();
    const found = results.get(name);
    if (found === undefined) return null;
    if (found === taken)
      return raise("statement-result", `The result of the statement "${name}" has been loaded already.`, {
        hint: "Keep it in a variable.",
      });
    if (name !== "main") results.set(name, taken);
    return found;
  });
  const store = callable("store_result", (call) => {
    const bound = bindArguments(call, { required: ["name", "response"], optional: ["agate_table"] });
    const table = orElse(bound.agate_table, () => null);
    results.set(printValue(bound.name), resultValue(bound.response, { data: list([]), table }));
    return "";
  });
  const storeRaw = callable("store_raw_result", (call) => {
    const bound = bindArguments(call, {
      required: ["name"],
      optional: ["message", "code", "rows_affected", "agate_table"],
    });
    const response = namedAttributes({
      _message: orElse(bound.message, () => ""),
      code: orElse(bound.code, () => ""),
      rows_affected: orElse(bound.rows_affected, () => null),
    });
    const value: HostObject = {
      kind: "object",
      typeName: "a response",
      print: () => printValue(orElse(bound.message, () => "")),
      ...response,
    };
    const table = orElse(bound.agate_table, () => null);
    results.set(printValue(bound.name), resultValue(value, { data: list([]), table }));
    return "";
  });
  return {
    statement,
    run_query: runQuery,
    load_result: load,
    store_result: store,
    store_raw_result: storeRaw,
    noop_statement: callable("noop_statement", (call) => {
      const bound = bindArguments(
        { ...call, named: new Map([...call.named].filter(([name]) => name !== "caller")) },
        { optional: ["name", "message", "code", "rows_affected", "res"] },
      );
      textOfBlock(call);
      const message = orElse(bound.message, () => "");
      const value: HostObject = {
        kind: "object",
        typeName: "a response",
        print: () => printValue(message),
        ...namedAttributes({ _message: message }),
      };
      if (bound.name !== undefined && bound.name !== null)
        results.set(printValue(bound.name), resultValue(value, { data: list([]), table: null }));
      return "";
    }),
  };
}

/** Stands for a result that has been loaded. */
const taken: Value = { kind: "namespace", attributes: new Map() };
