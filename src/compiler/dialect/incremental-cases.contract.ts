import { plainMerge } from "../../domain/incremental.ts";
import type { Relation } from "../../domain/relation.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { DialectCase, ModelDialectUnderTest } from "./dialect-cases.contract.ts";

/** Cases of the verbs that bring rows into a table that stands. */
export function incrementalCases({ dialect, database, types }: ModelDialectUnderTest): readonly DialectCase[] {
  const orders: Relation = { database, schema: "shop", identifier: "orders" };
  const staged = { temporary: "orders__dbt_tmp" };
  const plain = { predicates: [], clauses: plainMerge };
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
  return [
    {
      verb: "repeatedKeys",
      of: "one column",
      before: [
        ...table("(1, 'a'), (2, 'b'), (null, 'c')"),
        ...temporary("(1, 'a'), (1, 'b'), (3, 'c'), (3, 'd'), (null, 'e'), (null, 'f'), (2, 'g')"),
      ],
      statements: [dialect.repeatedKeys(orders, staged, ["id"])],
      shows: { query: dialect.repeatedKeys(orders, staged, ["id"]), rows: [{ key: "1", copies: 2 }] },
    },
    {
      verb: "repeatedKeys",
      of: "two columns",
      before: [
        ...table("(1, 'a'), (1, 'b'), (2, null)"),
        ...temporary("(1, 'a'), (1, 'a'), (1, 'a'), (1, 'b'), (2, null), (2, null)"),
      ],
      statements: [dialect.repeatedKeys(orders, staged, ["id", "name"])],
      shows: { query: dialect.repeatedKeys(orders, staged, ["id", "name"]), rows: [{ key: "1, a", copies: 3 }] },
    },
    {
      verb: "merge",
      of: "one key",
      before: [...table("(1, 'a'), (2, 'b'), (null, 'c')"), ...temporary("(2, 'B'), (3, 'd'), (null, 'e')")],
      statements: dialect.merge(orders, staged, { ...plain, uniqueKey: ["id"], columns: ["id", "name"] }),
      shows: {
        query: everything,
        rows: [
          { id: null, name: "c" },
          { id: null, name: "e" },
          { id: 1, name: "a" },
          { id: 2, name: "B" },
          { id: 3, name: "d" },
        ],
      },
    },
    {
      verb: "merge",
      of: "two keys",
      before: [
        ...schema,
        ...dialect.replaceTable(orders, undefined, {
          query: trustedSql("select 1 as id, 'a' as name, 1 as x, 1 as y"),
        }),
        ...dialect.createTemporary(
          staged,
          trustedSql("select 1 as id, 'a' as name, 1 as x, 2 as y union all select 1, 'b', 3, 3"),
        ),
      ],
      statements: dialect.merge(orders, staged, {
        ...plain,
        uniqueKey: ["id", "name"],
        columns: ["id", "name", "x", "y"],
      }),
      shows: {
        query: everything,
        rows: [
          { id: 1, name: "a", x: 1, y: 2 },
          { id: 1, name: "b", x: 3, y: 3 },
        ],
      },
    },
    {
      verb: "merge",
      of: "keys alone",
      before: [...table("(1, 'a')"), ...temporary("(1, 'a'), (1, 'b')")],
      statements: dialect.merge(orders, staged, { ...plain, uniqueKey: ["id", "NAME"], columns: ["id", "name"] }),
      shows: {
        query: everything,
        rows: [
          { id: 1, name: "a" },
          { id: 1, name: "b" },
        ],
      },
    },
    {
      verb: "merge",
      of: "with clauses",
      before: [
        ...table("(1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')"),
        ...temporary("(1, 'A'), (2, null), (5, 'e'), (6, null)"),
      ],
      statements: dialect.merge(orders, staged, {
        uniqueKey: ["id"],
        predicates: [trustedSql("DBT_INTERNAL_DEST.id < 9")],
        columns: ["id", "name"],
        clauses: [
          {
            when: "matched",
            conditions: [trustedSql("DBT_INTERNAL_SOURCE.name is null")],
            action: { kind: "delete" },
          },
          {
            when: "matched",
            conditions: [],
            action: {
              kind: "update",
              include: [],
              exclude: [],
              set: [{ column: trustedSql("name"), value: trustedSql("DBT_INTERNAL_SOURCE.name || '!'") }],
            },
          },
          {
            when: "not matched",
            conditions: [trustedSql("DBT_INTERNAL_SOURCE.name is not null")],
            action: { kind: "insert" },
          },
          { when: "not matched", conditions: [], action: { kind: "doNothing" } },
          {
            when: "not matched by source",
            conditions: [trustedSql("DBT_INTERNAL_DEST.id = 4")],
            action: { kind: "delete" },
          },
        ],
      }),
      shows: {
        query: everything,
        rows: [
          { id: 1, name: "A!" },
          { id: 3, name: "c" },
          { id: 5, name: "e" },
        ],
      },
    },
    {
      verb: "deleteInsert",
      of: "by columns",
      before: [
        ...table("(1, 'a'), (2, 'b'), (null, 'c')"),
        ...temporary("(1, 'A'), (2, 'B'), (2, 'bb'), (null, 'd'), (3, 'e')"),
      ],
      statements: dialect.deleteInsert(orders, staged, {
        uniqueKey: ["id"],
        keyExpression: undefined,
        predicates: [trustedSql("id <> 1")],
        columns: ["id", "name"],
      }),
      shows: {
        query: everything,
        rows: [
          { id: null, name: "c" },
          { id: null, name: "d" },
          { id: 1, name: "A" },
          { id: 1, name: "a" },
          { id: 2, name: "B" },
          { id: 2, name: "bb" },
          { id: 3, name: "e" },
        ],
      },
    },
    {
      verb: "deleteInsert",
      of: "by an expression",
      before: [...table("(1, null), (2, 'b')"), ...temporary("(1, null), (2, 'c')")],
      statements: dialect.deleteInsert(orders, staged, {
        uniqueKey: [],
        keyExpression: trustedSql("id, name"),
        predicates: [],
        columns: ["id", "name"],
      }),
      shows: {
        query: everything,
        rows: [
          { id: 1, name: null },
          { id: 2, name: "b" },
          { id: 2, name: "c" },
        ],
      },
    },
    {
      verb: "alterColumns",
      before: table("(1, '2')"),
      statements: dialect.alterColumns(orders, {
        added: [{ name: "new one", type: "DATE" }],
        removed: ["id"],
        retyped: [{ name: "name", type: types.number }],
      }),
      shows: { query: sql`select * from ${dialect.relation(orders)}`, rows: [{ name: 2, "new one": null }] },
    },
    {
      verb: "append",
      before: [...table("(1, 'a')"), ...temporary("(1, 'a'), (null, 'b')")],
      statements: dialect.append(orders, staged, ["name", "id"]),
      shows: {
        query: everything,
        rows: [
          { id: null, name: "b" },
          { id: 1, name: "a" },
          { id: 1, name: "a" },
        ],
      },
    },
    {
      verb: "replaceBatch",
      before: [
        ...schema,
        ...dialect.replaceTable(orders, undefined, {
          query: trustedSql(
            "select * from (values (1, timestamp '2024-01-01 23:59:59'), (2, timestamp '2024-01-02 00:00:00'), (3, timestamp '2024-01-02 12:00:00'), (4, timestamp '2024-01-03 00:00:00')) as v (id, seen)",
          ),
        }),
        ...dialect.createTemporary(
          staged,
          trustedSql(
            "select * from (values (5, timestamp '2024-01-02 08:00:00'), (6, timestamp '2024-01-03 00:00:00')) as v (id, seen)",
          ),
        ),
      ],
      statements: dialect.replaceBatch(orders, staged, {
        eventTime: "seen",
        batch: { startMs: Date.parse("2024-01-02T00:00Z"), endMs: Date.parse("2024-01-03T00:00Z") },
        predicates: [trustedSql("id <> 3")],
        columns: ["id", "seen"],
      }),
      shows: {
        query: sql`select id from ${dialect.relation(orders)} order by 1`,
        rows: [{ id: 1 }, { id: 3 }, { id: 4 }, { id: 5 }],
      },
    },
  ];
}
