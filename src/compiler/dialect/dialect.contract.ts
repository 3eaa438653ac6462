import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectGolden } from "../../../test/expect-golden.ts";
import { plainMerge } from "../../domain/incremental.ts";
import { type Sql, sql } from "../../domain/sql.ts";
import type { Warehouse } from "../../runner/warehouse.ts";
import {
  type DialectCase,
  dialectCases,
  type DialectUnderTest,
  type ModelDialectUnderTest,
} from "./dialect-cases.contract.ts";
import { incrementalCases } from "./incremental-cases.contract.ts";
import { snapshotCases } from "./snapshot-cases.contract.ts";
import { ledgerCases, stagedObjects } from "./ledger-cases.contract.ts";

/** A dialect, and the warehouse that is to understand it: a fresh, empty one at each call. */
export interface DialectSubject extends Pick<DialectUnderTest, "dialect" | "ledgerDialect" | "database" | "types"> {
  readonly name: string;
  /** Names that an author may choose for schemas, tables and columns, as nasty as the warehouse allows. */
  readonly names: readonly string[];
  readonly open: () => Promise<Warehouse>;
}

const texts: readonly string[] = [
  "it's",
  'a "quoted" word',
  "line\nbreak",
  "é 😀",
  "\\n",
  "-- ;",
  "''",
  "$1 {{ x }} %s",
];

/** What gives no statements of its own. */
export const silentVerbs: ReadonlySet<string> = new Set([
  "language",
  "unit",
  "temporary",
  "commentedColumn",
  "partitions",
  "stagingColumns",
  "fileLoads",
]);

function casesOf(under: DialectUnderTest): readonly DialectCase[] {
  return [...modelCases(under), ...ledgerCases(under)];
}

/** The cases of all verbs by which models, seeds, snapshots and tests are built. */
export function modelCases(under: ModelDialectUnderTest): readonly DialectCase[] {
  return [...dialectCases(under), ...incrementalCases(under), ...snapshotCases(under)];
}

function kebab(text: string): string {
  return text
    .replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
    .replaceAll(" ", "-")
    .replace(/^-/u, "");
}

/** The name of a case's golden. */
export function goldenName({ verb, of }: DialectCase): string {
  return `${kebab(of === undefined ? verb : `${verb} ${of}`)}.sql`;
}

/** What a case's golden says. */
export function goldenText(statements: readonly Sql[]): string {
  return `${statements.map(({ text }) => text).join(";\n\n")};\n`;
}

/** What every dialect promises: each verb's statements are those of its golden, and its warehouse does by them what they say. */
export function describeDialect({ name, dialect, ledgerDialect, database, types, names, open }: DialectSubject): void {
  const goldens = join(import.meta.dirname, "goldens", name);
  const store = mkdtempSync(join(tmpdir(), `tsdbt-${name}-store-`));
  const named = { dialect, ledgerDialect, database, types, store: "/store/" };
  const real = casesOf({ ...named, store: `${store}/` });

  describe(`the statements of ${name}`, () => {
    beforeAll(() => {
      for (const [object, text] of Object.entries(stagedObjects)) writeFileSync(join(store, object), text);
    });
    afterAll(() => {
      rmSync(store, { recursive: true });
    });

    it.each(casesOf(named).map((each) => [goldenName(each), each] as const))("are those of %s", (golden, each) => {
      expectGolden(join(goldens, golden), goldenText(each.statements));
    });

    it.each(real.map((each) => [goldenName(each), each] as const))("do what %s says", async (_, each) => {
      const warehouse = await open();
      const session = await warehouse.session();
      try {
        if (each.before.length > 0) await session.answer({ kind: "execute", statements: each.before });
        await session.answer({ kind: "execute", statements: each.statements });
        expect((await session.rows(each.shows.query)).rows).toEqual(each.shows.rows);
      } finally {
        session.close();
        warehouse.close();
      }
    });

    it.each(names)("take the name %j for schemas, tables and columns, and any text for cells", async (nasty) => {
      const warehouse = await open();
      const session = await warehouse.session();
      const relation = { database, schema: nasty, identifier: nasty };
      const view = { ...relation, identifier: `${nasty} v` };
      const staged = { temporary: nasty };
      const columns = [nasty, `${nasty} 2`];
      const read = async (query: Sql): Promise<readonly unknown[]> =>
        (await session.rows(query)).rows.map((row) => columns.map((column) => row[column]));
      const all = sql`select * from ${dialect.relation(relation)} order by 1`;
      const cells = texts.map((text, index) => [String(index), text]);
      const content = {
        dialect: "bigquery" as const,
        namesAre: "quoted" as const,
        columns: columns.map((column, index) => ({ name: column, type: index === 0 ? "INT64" : "STRING" })),
        rows: cells,
      };
      try {
        const merged = { uniqueKey: [nasty], columns, predicates: [], clauses: plainMerge };
        await session.answer({
          kind: "execute",
          statements: [...dialect.createSchema(relation), ...dialect.replaceTableByRows(relation, undefined, content)],
        });
        expect(await read(all)).toEqual(texts.map((text, index) => [index, text]));
        await session.answer({ kind: "execute", statements: dialect.createTemporary(staged, all) });
        expect(await read(dialect.repeatedKeys(relation, staged, columns))).toEqual([]);
        const again = await session.answer({ kind: "execute", statements: dialect.merge(relation, staged, merged) });
        expect(again).toEqual({ kind: "execute", rowCount: 0 });
        await session.answer({
          kind: "execute",
          statements: [
            ...dialect.replaceTable(relation, "table", { query: sql`select * from (${all}) where false` }),
            ...dialect.merge(relation, staged, merged),
            ...dialect.append(relation, staged, columns),
            ...dialect.replaceView(view, undefined, { query: all }),
          ],
        });
        expect(await read(sql`select * from ${dialect.relation(view)} order by 1`)).toEqual(
          texts.flatMap((text, index) => [
            [index, text],
            [index, text],
          ]),
        );
        expect(await read(dialect.repeatedKeys(relation, staged, columns))).toEqual([]);
        const shown = await warehouse.inspect([relation]);
        expect(shown.map((each) => each.relation.identifier).sort()).toEqual([nasty, `${nasty} v`].sort());
        expect(shown.map((each) => each.columns.map((column) => column.name))).toEqual([columns, columns]);
      } finally {
        session.close();
        warehouse.close();
      }
    });

    it("have a golden for every verb, and no other goldens", () => {
      const verbs = [...Object.keys(dialect), ...Object.keys(ledgerDialect)].filter((verb) => !silentVerbs.has(verb));
      expect([...new Set(real.map(({ verb }): string => verb))].sort()).toEqual(verbs.sort());
      expect(readdirSync(goldens).sort()).toEqual(real.map(goldenName).sort());
    });
  });
}
