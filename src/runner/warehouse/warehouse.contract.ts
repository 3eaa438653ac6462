import { afterEach, describe, expect, it } from "vitest";
import type { Relation } from "../../domain/relation.ts";
import { trustedSql } from "../../domain/sql.ts";
import { type Session, StatementError, type Warehouse } from "../warehouse.ts";

/** A warehouse under test: a fresh, empty one at each call, and the relation `table` in a schema that is there. */
export interface WarehouseUnderTest {
  readonly name: string;
  open(): Promise<Warehouse>;
  relation(table: string): Relation;
}

const nastyTexts: readonly string[] = [
  "it's",
  'a "quoted" word',
  "line\nbreak",
  "é 😀",
  "back\\slash",
  "-- no comment",
  ";",
  "''",
];

/** What every adapter of the warehouse port promises, whatever engine stands behind it. */
export function describeWarehouse(subject: WarehouseUnderTest): void {
  describe(`the warehouse port on ${subject.name}`, () => {
    const open: (Warehouse | Session)[] = [];
    const sessionOf = async (warehouse: Warehouse): Promise<Session> => {
      const session = await warehouse.session();
      open.push(session);
      return session;
    };
    const start = async (): Promise<{ readonly warehouse: Warehouse; readonly session: Session }> => {
      const warehouse = await subject.open();
      open.push(warehouse);
      return { warehouse, session: await sessionOf(warehouse) };
    };
    const run = async (session: Session, ...statements: readonly string[]): Promise<number | undefined> => {
      const answer = await session.answer({ kind: "execute", statements: statements.map(trustedSql) });
      return answer.kind === "execute" ? answer.rowCount : undefined;
    };
    afterEach(() => {
      for (const each of open.splice(0).reverse()) each.close();
    });

    it("executes all statements of a unit or none", async () => {
      const { session } = await start();
      await run(session, "create table kept (x bigint)", "insert into kept values (1), (2)");
      await expect(
        run(
          session,
          "insert into kept values (3)",
          "create table lost (x bigint)",
          "insert into kept values ('no number')",
        ),
      ).rejects.toThrow(StatementError);
      expect((await session.rows(trustedSql("select count(*) as n from kept"))).rows).toEqual([{ n: 2 }]);
      await expect(session.rows(trustedSql("select * from lost"))).rejects.toThrow(StatementError);
    });

    it("counts the rows that the last statement changed", async () => {
      const { session } = await start();
      expect(await run(session, "create table t (x bigint)", "insert into t values (1), (2), (3)")).toBe(3);
    });

    it("shows tables and views with their columns, and nothing for a schema that is not there", async () => {
      const { warehouse, session } = await start();
      const { database, schema } = subject.relation("t");
      await run(session, 'create table t (a bigint, "B c" varchar)', "create view v as select a from t");
      const shown = await warehouse.inspect([{ database, schema }]);
      expect(
        shown.map(({ relation, kind, columns }) => [relation.identifier, kind, columns.map(({ name }) => name)]).sort(),
      ).toEqual([
        ["t", "table", ["a", "B c"]],
        ["v", "view", ["a"]],
      ]);
      expect(await warehouse.inspect([{ database, schema: "no_such_schema" }])).toEqual([]);
    });

    it("answers with the columns of a table, in order", async () => {
      const { session } = await start();
      await run(session, "create table t (b bigint, a varchar)");
      const answer = await session.answer({ kind: "columns", relation: subject.relation("t"), isStable: false });
      expect(answer.kind === "columns" ? answer.columns.map(({ name }) => name) : []).toEqual(["b", "a"]);
    });

    it("keeps a temporary table to its session", async () => {
      const { warehouse, session } = await start();
      await run(session, 'create temporary table "staged rows" (k bigint)');
      const other = await sessionOf(warehouse);
      const ask = { kind: "columns", relation: { temporary: "staged rows" }, isStable: false } as const;
      expect(await session.answer(ask)).toMatchObject({ columns: [{ name: "k" }] });
      expect(await other.answer(ask)).toMatchObject({ columns: [] });
    });

    it("gives values exactly", async () => {
      const { session } = await start();
      const query = `select 9007199254740993 as big, cast('0.1' as decimal(38, 9)) as exact, cast(null as bigint) as nothing,
        date '2022-10-31' as day, timestamptz '2022-10-31 23:59:59.123456+00' as instant, true as yes, [1, 2] as list`;
      expect((await session.rows(trustedSql(query))).rows).toEqual([
        {
          big: "9007199254740993",
          exact: "0.100000000",
          nothing: null,
          day: "2022-10-31",
          instant: "2022-10-31 23:59:59.123456+00",
          yes: true,
          list: [1, 2],
        },
      ]);
    });

    it("carries any text there and back", async () => {
      const { session } = await start();
      for (const text of nastyTexts) {
        const { rows } = await session.rows(trustedSql(`select '${text.replaceAll("'", "''")}' as t`));
        expect(rows).toEqual([{ t: text }]);
      }
    });

    it("limits the rows that it reads", async () => {
      const { session } = await start();
      await run(session, "create table t as select 1 as x union all select 2 union all select 3");
      expect((await session.rows(trustedSql("select x from t order by x"), 2)).rows).toEqual([{ x: 1 }, { x: 2 }]);
    });

    it("says where in a statement a refused name stands, in UTF-16 units", async () => {
      const { session } = await start();
      const text = "select 'é 😀' as t, nothing_here from (select 1 as something)";
      const refusal = await session.rows(trustedSql(text)).catch((cause: unknown) => cause);
      expect(refusal).toBeInstanceOf(StatementError);
      expect(refusal).toMatchObject({
        code: "refused",
        offset: text.indexOf("nothing_here"),
        length: "nothing_here".length,
      });
    });

    it("is usable after a refusal", async () => {
      const { session } = await start();
      await expect(run(session, "insert into nowhere values (1)")).rejects.toThrow(StatementError);
      expect(await run(session, "create table t (x bigint)", "insert into t values (1)")).toBe(1);
    });

    it("runs nothing more once it is interrupted", async () => {
      const { session } = await start();
      session.interrupt();
      await expect(run(session, "create table t (x bigint)")).rejects.toMatchObject({ code: "interrupted" });
    });
  });
}
