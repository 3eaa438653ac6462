import type { Contract } from "../../domain/contract.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Row } from "../../domain/script.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { Dialect } from "./dialect.ts";
import type { LedgerDialect } from "./ledger-dialect.ts";

/** The dialect that cases are made of: a warehouse's database, and the folder or bucket that its staged objects lie in. */
export interface DialectUnderTest {
  readonly dialect: Dialect;
  readonly ledgerDialect: LedgerDialect;
  readonly database: string;
  /** What the warehouse calls the types of whole numbers and of texts. */
  readonly types: { readonly number: string; readonly text: string };
  readonly store: string;
}

/** What the cases of models are made of. */
export type ModelDialectUnderTest = Omit<DialectUnderTest, "ledgerDialect" | "store">;

/** A verb with arguments that show something of it. What it needs is made by `before`; what it does is seen by `shows`. */
export interface DialectCase {
  readonly verb: keyof Dialect | keyof LedgerDialect;
  /** What of the verb is shown, for its golden's name; absent where there is nothing to tell apart. */
  readonly of?: string;
  readonly before: readonly Sql[];
  readonly statements: readonly Sql[];
  /** A query and its rows; for verbs that are queries, of their own. */
  readonly shows: { readonly query: Sql; readonly rows: readonly Row[] };
}

/** Cases of every verb of the warehouse's statements. */
export function dialectCases({ dialect, database, types }: ModelDialectUnderTest): readonly DialectCase[] {
  const orders: Relation = { database, schema: "shop", identifier: "orders" };
  const staged = { temporary: "orders__dbt_tmp" };
  const query = trustedSql("select 1 as id, 'a' as name -- the first of all");
  const rule = { name: undefined, expression: undefined, columns: [], to: undefined, toColumns: [] };
  const contract: Contract = {
    columns: [
      {
        name: "id",
        type: types.number,
        constraints: [
          { ...rule, kind: "not_null" },
          { ...rule, kind: "unique" },
        ],
      },
      {
        name: "name",
        type: types.text,
        constraints: [{ ...rule, kind: "check", expression: trustedSql("name <> ''") }],
      },
    ],
    constraints: [
      { ...rule, kind: "primary_key", name: "orders key", columns: ["id", "name"] },
      { ...rule, kind: "check", expression: trustedSql("id > 0") },
    ],
  };
  const everything = sql`select * from ${dialect.relation(orders)} order by 1, 2`;
  const schema = dialect.createSchema(orders);
  const table = (values: string): readonly Sql[] => [
    ...schema,
    ...dialect.replaceTable(orders, undefined, {
      query: trustedSql(`select * from (values ${values}) as v (id, name)`),
    }),
  ];
  const temporary = (values: string): readonly Sql[] =>
    dialect.createTemporary(staged, trustedSql(`select * from (values ${values}) as v (id, name)`));
  const first = [{ id: 1, name: "a" }];
  const how = { dialect: "bigquery", namesAre: "quoted" } as const;
  const rows = { ...how, columns: [{ name: "id", type: "INT64" }], rows: [["1"], [null]] };
  return [
    {
      verb: "relation",
      before: table("(1, 'a')"),
      statements: [sql`select * from ${dialect.relation(orders)}`],
      shows: { query: everything, rows: first },
    },
    {
      verb: "createSchema",
      before: [],
      statements: schema,
      shows: { query: trustedSql("select 1 as x"), rows: [{ x: 1 }] },
    },
    {
      verb: "replaceTable",
      of: "over nothing",
      before: schema,
      statements: dialect.replaceTable(orders, undefined, { query }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "replaceTable",
      of: "over a table",
      before: table("('old', 'table')"),
      statements: dialect.replaceTable(orders, "table", { query }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "replaceTable",
      of: "over a view",
      before: [...schema, ...dialect.replaceView(orders, undefined, { query: trustedSql("select 0 as x") })],
      statements: dialect.replaceTable(orders, "view", { query }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "replaceContracted",
      before: table("('old', 'table')"),
      statements: dialect.replaceContracted(orders, "table", {
        contract,
        query: trustedSql("select 'a' as name, 1 as id"),
      }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "contractQuery",
      before: schema,
      statements: [dialect.contractQuery(contract)],
      shows: { query: dialect.contractQuery(contract), rows: [{ id: null, name: null }] },
    },
    {
      verb: "comment",
      before: table("(1, 'a')"),
      statements: dialect.comment(orders, "table", {
        relation: "It's all orders.",
        columns: [{ name: "id", text: "the number" }],
      }),
      shows: {
        query: trustedSql("select comment from duckdb_columns() where table_name = 'orders' and column_name = 'id'"),
        rows: [{ comment: "the number" }],
      },
    },
    {
      verb: "replaceView",
      of: "over nothing",
      before: schema,
      statements: dialect.replaceView(orders, undefined, { query }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "replaceView",
      of: "over a table",
      before: table("('old', 'table')"),
      statements: dialect.replaceView(orders, "table", { query }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "replaceView",
      of: "over a view",
      before: [...schema, ...dialect.replaceView(orders, undefined, { query: trustedSql("select 0 as x") })],
      statements: dialect.replaceView(orders, "view", { query }),
      shows: { query: everything, rows: first },
    },
    {
      verb: "createFunctions",
      of: "of which one is no macro",
      before: schema,
      statements: dialect.createFunctions(orders, ["gsql_unicode_lower", "gsql_sign"]),
      shows: { query: trustedSql('select "main".gsql_sign(-5) as x'), rows: [{ x: -1 }] },
    },
    {
      verb: "replaceTableByRows",
      of: "over nothing",
      before: schema,
      statements: dialect.replaceTableByRows(orders, undefined, {
        ...how,
        columns: [
          { name: "id", type: "INT64" },
          { name: "text", type: "STRING" },
          { name: "price", type: "NUMERIC" },
          { name: "ratio", type: "FLOAT64" },
          { name: "paid", type: "BOOL" },
          { name: "day", type: "DATE" },
          { name: "at", type: "DATETIME" },
          { name: "instant", type: "TIMESTAMP" },
          { name: "time", type: "TIME" },
          { name: "data", type: "JSON" },
        ],
        rows: [
          [
            "1",
            "it's",
            "0.10",
            "1e3",
            "true",
            "2024-02-29",
            "2024-02-29 01:02:03",
            "2024-02-29 00:00:00+00",
            "23:59:59",
            "[1]",
          ],
          ["9007199254740993", "", "-1", ".5", "FALSE", null, null, "2024-02-29 01:00:00+01", null, "null"],
          [null, null, null, null, null, null, null, null, null, null],
        ],
      }),
      shows: {
        query: everything,
        rows: [
          {
            id: null,
            text: null,
            price: null,
            ratio: null,
            paid: null,
            day: null,
            at: null,
            instant: null,
            time: null,
            data: null,
          },
          {
            id: 1,
            text: "it's",
            price: "0.100000000",
            ratio: 1000,
            paid: true,
            day: "2024-02-29",
            at: "2024-02-29 01:02:03",
            instant: "2024-02-29 00:00:00+00",
            time: "23:59:59",
            data: "[1]",
          },
          {
            id: "9007199254740993",
            text: "",
            price: "-1.000000000",
            ratio: 0.5,
            paid: false,
            day: null,
            at: null,
            instant: "2024-02-29 00:00:00+00",
            time: null,
            data: "null",
          },
        ],
      },
    },
    {
      verb: "replaceTableByRows",
      of: "over a table",
      before: table("('old', 'table')"),
      statements: dialect.replaceTableByRows(orders, "table", { ...rows, rows: [] }),
      shows: { query: sql`select * from ${dialect.relation(orders)}`, rows: [] },
    },
    {
      verb: "replaceTableByRows",
      of: "over a view",
      before: [...schema, ...dialect.replaceView(orders, undefined, { query: trustedSql("select 0 as x") })],
      statements: dialect.replaceTableByRows(orders, "view", rows),
      shows: { query: sql`select * from ${dialect.relation(orders)} order by 1`, rows: [{ id: null }, { id: 1 }] },
    },
    {
      verb: "replaceTableByRows",
      of: "whose types are the engine's own",
      before: schema,
      statements: dialect.replaceTableByRows(orders, undefined, {
        dialect: "duckdb",
        namesAre: "bare",
        columns: [{ name: "moment", type: "timestamp" }],
        rows: [["2024-02-29 01:02:03"]],
      }),
      shows: {
        query: sql`select typeof("moment") as "type" from ${dialect.relation(orders)}`,
        rows: [{ type: "TIMESTAMP" }],
      },
    },
    {
      verb: "unreadableTexts",
      before: [],
      statements: [dialect.unreadableTexts({ type: "INT64", dialect: "bigquery" }, ["1", "x", "it's", " 2 "])],
      shows: {
        query: dialect.unreadableTexts({ type: "INT64", dialect: "bigquery" }, ["1", "x", "it's", " 2 "]),
        rows: [{ row: 1 }, { row: 2 }],
      },
    },
    {
      verb: "describeColumns",
      before: [
        ...table("(1, 'a')"),
        ...dialect.comment(orders, "table", { relation: "all of them", columns: [{ name: "id", text: "the key" }] }),
      ],
      statements: [dialect.describeColumns([orders])],
      shows: {
        query: dialect.describeColumns([orders]),
        rows: [
          {
            database,
            schema: "shop",
            relation: "orders",
            kind: "table",
            relation_comment: "all of them",
            name: "id",
            position: 1,
            type: "INTEGER",
            comment: "the key",
          },
          {
            database,
            schema: "shop",
            relation: "orders",
            kind: "table",
            relation_comment: "all of them",
            name: "name",
            position: 2,
            type: "VARCHAR",
            comment: null,
          },
        ],
      },
    },
    {
      verb: "createTemporary",
      before: [],
      statements: dialect.createTemporary(staged, query),
      shows: { query: trustedSql(`select id, name from ${staged.temporary}`), rows: first },
    },
    {
      verb: "readTemporary",
      before: temporary("(1, 'a')"),
      statements: [dialect.readTemporary(staged, ["name", "id"])],
      shows: { query: dialect.readTemporary(staged, ["name", "id"]), rows: first },
    },
    {
      verb: "dropTemporary",
      before: temporary("(1, 'a')"),
      statements: dialect.dropTemporary([staged]),
      shows: { query: trustedSql("select 1 as x"), rows: [{ x: 1 }] },
    },
    {
      verb: "retypeTemporary",
      before: temporary("(1, 'a')"),
      statements: dialect.retypeTemporary(staged, [{ name: "id", type: types.text }]),
      shows: { query: trustedSql(`select id, name from ${staged.temporary}`), rows: [{ id: "1", name: "a" }] },
    },
  ];
}
