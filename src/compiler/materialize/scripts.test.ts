import { describe, expect, it } from "vitest";
import { answerScript } from "../../../test/answer-script.ts";
import { incrementalOf, modelOf, queryOf, relationOf, seedOf } from "../../../test/literal-resources.ts";
import { type Sql, trustedSql } from "../../domain/sql.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { LedgerDialect } from "../dialect/ledger-dialect.ts";
import { addRows, type IncrementalModel, rebuild } from "./incremental.ts";
import { seed } from "./seed.ts";
import { table } from "./table.ts";
import { view } from "./view.ts";

function says(verb: string): () => readonly Sql[] {
  return () => [trustedSql(verb)];
}

/** A dialect whose statements are the names of its verbs and what matters of their arguments. */
const dialect: Dialect = {
  language: "duckdb",
  unit: ({ recorded, defined, rows }) => [...recorded, ...defined, ...rows],
  temporary: ({ identifier }, suffix) => ({ temporary: `${identifier}${suffix}` }),
  readTemporary: ({ temporary }) => trustedSql(`readTemporary ${temporary}`),
  dropTemporary: () => [],
  commentedColumn: (name) => name,
  relation: () => trustedSql("relation"),
  createSchema: says("createSchema"),
  replaceTable: (_, existing, { query }) => [trustedSql(`replaceTable over ${String(existing)}: ${query.text}`)],
  replaceView: (_, existing, { query }) => [trustedSql(`replaceView over ${String(existing)}: ${query.text}`)],
  createFunctions: (_, functions) =>
    functions.filter((name) => !name.startsWith("native")).map((name) => trustedSql(`createFunctions ${name}`)),
  replaceTableByRows: (_, existing) => [trustedSql(`replaceTableByRows over ${String(existing)}`)],
  unreadableTexts: ({ type }, texts) => trustedSql(`unreadableTexts ${texts.join(", ")} as ${type}`),
  createTemporary: ({ temporary }, query) => [trustedSql(`createTemporary ${temporary}: ${query.text}`)],
  retypeTemporary: (_, retyped) => retyped.map(({ name, type }) => trustedSql(`retypeTemporary ${name} to ${type}`)),
  repeatedKeys: (_, __, keys) => trustedSql(`repeatedKeys ${keys.join(", ")}`),
  merge: (_, __, { uniqueKey, columns }) => [trustedSql(`merge ${columns.join(", ")} on ${uniqueKey.join(", ")}`)],
  replaceContracted: (_, existing, { query }) => [
    trustedSql(`replaceContracted over ${String(existing)}: ${query.text}`),
  ],
  contractQuery: () => trustedSql("contract"),
  comment: (_, kind, { relation, columns: noted }) => [
    trustedSql(`comment ${kind} ${relation ?? ""}; ${noted.map(({ name }) => name).join(", ")}`),
  ],
  alterColumns: (_, { added, removed, retyped }) =>
    [...added, ...removed, ...retyped].length === 0
      ? []
      : [
          trustedSql(
            `alterColumns +${added.map(({ name }) => name).join()} -${removed.join()} ~${retyped.map(({ name, type }) => `${name} ${type}`).join()}`,
          ),
        ],
  deleteInsert: (_, __, { uniqueKey, keyExpression, columns }) => [
    trustedSql(`deleteInsert ${columns.join(", ")} on ${keyExpression?.text ?? uniqueKey.join(", ")}`),
  ],
  describeColumns: () => trustedSql("describeColumns"),
  latestState: () => trustedSql("latestState"),
  snapshotQuery: (_, query, now) => trustedSql(`snapshotQuery at ${now}: ${query.text}`),
  stageSnapshot: (_, __, { checked, isWidened }) => [
    trustedSql(`stageSnapshot by ${checked.join(", ")}${isWidened ? ", widened" : ""}`),
  ],
  applySnapshot: says("applySnapshot"),
  replaceBatch: (_, __, { eventTime }) => [trustedSql(`replaceBatch by ${eventTime}`)],
  append: (_, __, columns) => [trustedSql(`append ${columns.join(", ")}`)],
};

const ledgerDialect: LedgerDialect = {
  create: says("create"),
  lastLoadTime: () => trustedSql("lastLoadTime"),
  windows: () => trustedSql("windows"),
  knownTables: () => trustedSql("knownTables"),
  departures: () => trustedSql("departures"),
  rejected: () => trustedSql("rejected"),
  recordRebuilt: says("recordRebuilt"),
  recordMerged: says("recordMerged"),
  forget: (_, { uniqueId }) => [trustedSql(`forget ${uniqueId}`)],
  stagingColumns: () => [],
  createStaging: says("createStaging"),
  fileLoads: () => [],
  loadWindows: says("loadWindows"),
  recordFingerprints: says("recordFingerprints"),
};

const sql = { dialect, ledgerDialect, ledger: relationOf(""), runId: "run", now: 0 };
const file = { path: "models/orders.sql", text: "select …" };
const place = { file, start: 0, end: 0 };
const columns = [
  { name: "id", type: "BIGINT" },
  { name: "name", type: "VARCHAR" },
];
const refreshHint = "Run with --full-refresh to build the table with the model's columns.";

function orders(given: Parameters<typeof incrementalOf>[0] = {}): IncrementalModel {
  const materialization = incrementalOf(given);
  const model = modelOf("orders", {
    file,
    dialect: "bigquery",
    materialization,
    full: queryOf("all"),
    incremental: queryOf("newer"),
  });
  const record = { uniqueId: model.uniqueId, relation: model.relation, sources: [], followsMovesOf: [] };
  return { model, materialization, record };
}

const created = "createTemporary orders__dbt_tmp: newer";

const standing = { kind: undefined, isRelaid: false, isKnown: false } as const;

describe("the scripts of materializations", () => {
  it("put tables, views and seeds in place in one unit, and have the ledger forget what is no longer incremental", () => {
    const model = modelOf("orders", { full: queryOf("all") });
    expect(answerScript(table(model, { ...standing, kind: "view", isKnown: true }, sql), 3)).toEqual({
      asked: [["forget model.shop.orders", "replaceTable over view: all"]],
      ended: { status: "success", message: "OK", rowCount: 3, warnings: [] },
    });
    expect(answerScript(view({ model, functions: ["f"] }, { ...standing, isKnown: true }, sql), 0)).toEqual({
      asked: [["forget model.shop.orders", "createFunctions f", "replaceView over undefined: all"]],
      ended: { status: "success", message: "OK", rowCount: undefined, warnings: [] },
    });
    expect(answerScript(seed(seedOf("days"), { ...standing, kind: "table" }, sql), 1)).toEqual({
      asked: [["replaceTableByRows over table"]],
      ended: { status: "success", message: "INSERT 2", rowCount: 2, warnings: [] },
    });
  });

  it("ask first whether a seed's cells can be read as the types that the author gives", () => {
    const given = {
      file: { path: "seeds/days.csv", text: "id,day\n1,x\n2,\n" },
      columns: [
        { name: "id", type: "STRING" },
        { name: "day", type: "DATE" },
      ],
      typed: ["id", "day"],
      rows: [
        ["1", "x"],
        ["2", null],
      ],
    };
    expect(answerScript(seed(seedOf("days", given), standing, sql), { rows: [] }, 2)).toMatchObject({
      asked: ["unreadableTexts x as DATE", ["replaceTableByRows over undefined"]],
      ended: { status: "success" },
    });
    expect(answerScript(seed(seedOf("days", given), standing, sql), { rows: [{ row: 0 }] }).ended).toEqual({
      status: "error",
      diagnostics: [
        {
          code: "seed-cell",
          severity: "error",
          message: 'The type DATE of the column "day" cannot read "x".',
          span: { file: given.file, start: 9, end: 10 },
        },
      ],
    });
  });

  it("tell of a view that no other program can read", () => {
    const { ended } = answerScript(view({ model: modelOf("orders"), functions: ["native_f"] }, standing, sql), 0);
    expect(ended).toMatchObject({ status: "success", warnings: [{ code: "unshared-view" }] });
  });

  it("build an incremental model anew by its full query, and have the ledger remember it", () => {
    expect(answerScript(rebuild(orders(), { ...standing, kind: "table" }, sql), 7)).toEqual({
      asked: [["recordRebuilt", "replaceTable over table: all"]],
      ended: { status: "success", message: "OK", rowCount: 7, warnings: [] },
    });
  });

  it("merge on a key once its rows are known to be unique", () => {
    const script = addRows(orders({ uniqueKey: ["ID"] }), columns, sql);
    expect(answerScript(script, 2, { columns }, { rows: [] }, 2)).toEqual({
      asked: [[created], "columns of orders__dbt_tmp", "repeatedKeys ID", ["recordMerged", "merge id, name on ID"]],
      ended: { status: "success", message: "OK", rowCount: 2, warnings: [] },
    });
  });

  it("append without a key, or where that is the strategy, and look for no repeated keys", () => {
    for (const given of [{}, { uniqueKey: ["id"], strategy: "append" }] as const)
      expect(answerScript(addRows(orders(given), columns, sql), 2, { columns }, 2).asked).toEqual([
        [created],
        "columns of orders__dbt_tmp",
        ["recordMerged", "append id, name"],
      ]);
  });

  it("delete and insert by columns or by an expression, and append without a key", () => {
    const keyExpression = trustedSql("lower(name)");
    for (const [given, verb] of [
      [{ uniqueKey: ["id"] }, "deleteInsert id, name on id"],
      [{ keyExpression }, "deleteInsert id, name on lower(name)"],
      [{}, "append id, name"],
    ] as const)
      expect(
        answerScript(addRows(orders({ ...given, strategy: "delete+insert" }), columns, sql), 2, { columns }, 2)
          .asked[2],
      ).toEqual(["recordMerged", verb]);
  });

  it.each([
    ["append_new_columns", "alterColumns +day - ~", "append id, day"],
    ["sync_all_columns", "alterColumns +day -name ~id VARCHAR", "append id, day"],
  ] as const)("alter the table before rows come in, where %s", (onSchemaChange, altered, appended) => {
    const staged = [
      { name: "id", type: "VARCHAR" },
      { name: "day", type: "DATE" },
    ];
    const given = answerScript(
      addRows(orders({ onSchemaChange }), columns, sql),
      2,
      { columns: staged },
      ...(onSchemaChange === "append_new_columns" ? [0, 2] : [2]),
    );
    expect(given.asked.at(-1)).toEqual(["recordMerged", altered, appended]);
    expect(given.ended).toMatchObject({ status: "success", warnings: [] });
  });

  it("use the full query where there is no other", () => {
    const { model, ...rest } = orders();
    const script = addRows({ ...rest, model: { ...model, incremental: undefined } }, columns, sql);
    expect(answerScript(script, 2, { columns }, 2).asked[0]).toEqual(["createTemporary orders__dbt_tmp: all"]);
  });

  it("stop at repeated keys, name them and change nothing", () => {
    const script = addRows(orders({ uniqueKey: ["id", "name"] }), columns, sql);
    const rows = [
      { key: "1, a", copies: 2 },
      { key: "2, b", copies: 3 },
    ];
    expect(answerScript(script, 2, { columns }, { rows })).toEqual({
      asked: [[created], "columns of orders__dbt_tmp", "repeatedKeys id, name"],
      ended: {
        status: "error",
        diagnostics: [
          {
            code: "repeated-key",
            severity: "error",
            message: 'The query of "orders" has several rows for one unique_key: (1, a), (2, b).',
            span: place,
            hint: "Make the rows unique, for example with qualify row_number() over (partition by …) = 1.",
          },
        ],
      },
    });
  });

  it("keep the table's columns where a change of them is to be ignored, and say so", () => {
    const staged = [
      { name: "id", type: "VARCHAR" },
      { name: "day", type: "DATE" },
    ];
    expect(answerScript(addRows(orders(), columns, sql), 2, { columns: staged }, 0, 2)).toEqual({
      asked: [[created], "columns of orders__dbt_tmp", ["retypeTemporary id to BIGINT"], ["recordMerged", "append id"]],
      ended: {
        status: "success",
        message: "OK",
        rowCount: 2,
        warnings: [
          {
            code: "schema-change",
            severity: "warning",
            message:
              'The table of "orders" keeps its columns: the model adds "day"; the model lacks "name"; ' +
              '"id" is VARCHAR in the model and BIGINT in the table.',
            span: place,
            hint: refreshHint,
          },
        ],
      },
    });
  });

  it.each([
    ["adds", [...columns, { name: "day", type: "DATE" }], 'the model adds "day"'],
    ["lacks", [{ name: "id", type: "BIGINT" }], 'the model lacks "name"'],
    [
      "retypes",
      [
        { name: "id", type: "BIGINT" },
        { name: "name", type: "DATE" },
      ],
      '"name" is DATE in the model and VARCHAR in the table',
    ],
  ] as const)("stop where the model %s a column and that is to fail", (_, staged, difference) => {
    const script = addRows(orders({ onSchemaChange: "fail" }), columns, sql);
    expect(answerScript(script, 2, { columns: staged })).toEqual({
      asked: [[created], "columns of orders__dbt_tmp"],
      ended: {
        status: "error",
        diagnostics: [
          {
            code: "schema-change",
            severity: "error",
            message: `The columns of "orders" are not those of memory.main.orders: ${difference}.`,
            span: place,
            hint: refreshHint,
          },
        ],
      },
    });
  });

  it("stop where no column is left in common, even where changes are ignored", () => {
    const script = addRows(orders(), columns, sql);
    expect(answerScript(script, 2, { columns: [{ name: "day", type: "DATE" }] }).ended).toMatchObject({
      status: "error",
      diagnostics: [{ code: "schema-change" }],
    });
  });

  it.each([
    ["nam", 'is not a column of the query of "orders"', 'Did you mean "name"?'],
    ["id, name", 'is not a column of the query of "orders"', 'Write a list of columns: ["id", "name"].'],
    ["day", "is not a column of the table memory.main.orders", refreshHint],
    ["something_else", 'is not a column of the query of "orders"', undefined],
  ])("stop at the unique_key %j, which %s", (key, message, hint) => {
    const script = addRows(orders({ uniqueKey: ["id", key] }), columns, sql);
    expect(answerScript(script, 2, { columns: [...columns, { name: "day", type: "DATE" }] }).ended).toEqual({
      status: "error",
      diagnostics: [
        { code: "unknown-key", severity: "error", message: `The unique_key "${key}" ${message}.`, span: place, hint },
      ],
    });
  });
});
