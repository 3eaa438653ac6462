import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/compiler/googlesql/emit/context.ts";
import { openTranslator, type Translator } from "../../src/compiler/googlesql/translator.ts";
import { spanText } from "../../src/domain/source-file.ts";
import { originalPlace, sqlFrom } from "../../src/domain/sql.ts";
import { parseCorpus } from "./corpus-case.ts";
import { translateText } from "./judge-case.ts";
import { openWarehouse, type Warehouse } from "./warehouse.ts";

const texts = parseCorpus(readFileSync(join(import.meta.dirname, "corpus.json"), "utf8")).map((item) => item.sql);

const tables: Catalog = {
  find: (path) =>
    path.at(-1) === "orders"
      ? {
          relation: ["orders"],
          columns: [
            { name: "order_id", type: "INT64" },
            { name: "customer_id", type: "INT64" },
            { name: "status", type: "STRING" },
            { name: "amount", type: "NUMERIC" },
            { name: "order_date", type: "DATE" },
          ],
        }
      : undefined,
  names: () => ["orders"],
};

let translator: Translator;
let warehouse: Warehouse;

beforeAll(async () => {
  [translator, warehouse] = await Promise.all([openTranslator(), openWarehouse()]);
});

afterAll(() => {
  warehouse.close();
});

/** A text of the corpus with a few of its pieces left out, doubled, exchanged or replaced by something strange. */
const broken: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(),
        fc.constantFrom("drop", "double", "swap", "(", ")", "'", "`", ",", "@", "/*", "🙂", "SELECT", ";", "\u0000"),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, changes]) => {
    const pieces: string[] = text.match(/\s+|\w+|'[^']*'|[^\w\s]/gu) ?? [];
    for (const [first, second, change] of changes) {
      const [at, other] = [first % pieces.length, second % pieces.length];
      const [one = "", two = ""] = [pieces[at], pieces[other]];
      if (change === "drop") pieces[at] = "";
      else if (change === "double") pieces[at] = `${one} ${one}`;
      else if (change === "swap") [pieces[at], pieces[other]] = [two, one];
      else pieces[at] = change;
    }
    return pieces.join("");
  });

describe("any text", () => {
  it("is translated or refused with a reason and a place in it, and breaks nothing", () => {
    fc.assert(
      fc.property(fc.oneof(broken, fc.string(), fc.string({ unit: "grapheme" })), (text) => {
        const result = translateText(translator, text, tables);
        if (result.ok) return;
        expect(result.diagnostics.length).toBeGreaterThan(0);
        for (const { code, message, span } of result.diagnostics) {
          expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
          expect(message).toMatch(/^[^\s].*\.$/su);
          expect(span?.file.text).toBe(text);
          expect(span?.start).toBeGreaterThanOrEqual(0);
          expect(span?.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** Names that mean something to one of the dialects, or that only a quoted name can be. */
const names = fc.uniqueArray(
  fc.constantFrom(
    "select",
    "order",
    "pivot",
    "main",
    "value",
    "offset",
    "rowid",
    "a b",
    "é",
    'q"x',
    "Ｘ",
    "window",
    "i_1",
    "f_2",
    "NULL",
    "position",
    "unnest",
    "q",
    "given",
    "gsql_fail",
    "$1",
    "0x",
    "e",
    "a.b".replace(".", "-"),
  ),
  { minLength: 4, maxLength: 4, selector: (name) => name.toLowerCase() },
);

/** A query over a table and columns of these names. */
function queryOver([table = "", column = "", alias = "", field = ""]: readonly string[]): string {
  const [t, c, a, f] = [table, column, alias, field].map((name) => `\`${name}\``);
  return `WITH ${t} AS (SELECT 1 AS ${c}, [STRUCT(2 AS ${f}), STRUCT(3 AS ${f})] AS ${a} UNION ALL SELECT 5, NULL)
    SELECT ${t}.${c}, x.${f} AS ${a}, COUNT(*) OVER (PARTITION BY ${t}.${c}) AS n, STRUCT(${c} AS ${f}).${f} AS s,
      ARRAY(SELECT y.${f} + ${t}.${c} FROM UNNEST(${t}.${a}) AS y ORDER BY y.${f} DESC) AS l,
      SAFE_CAST(MAX(CAST(${c} AS STRING)) OVER () AS INT64) AS m
    FROM ${t} LEFT JOIN UNNEST(${t}.${a}) AS x
    QUALIFY ROW_NUMBER() OVER (PARTITION BY ${c} ORDER BY x.${f}) <= 2
    ORDER BY ${c}, x.${f}`;
}

describe("names", () => {
  it("may be anything, as long as each stands for itself", async () => {
    const plain = translateText(translator, queryOver(["t", "c", "a", "f"]), tables);
    if (!plain.ok) throw new Error(plain.diagnostics.map(({ message }) => message).join("\n"));
    const expected = await warehouse.answer(plain.value.statements, plain.value.uses);
    await fc.assert(
      fc.asyncProperty(names, async (chosen) => {
        const result = translateText(translator, queryOver(chosen), tables);
        if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
        const { rows } = await warehouse.answer(result.value.statements, result.value.uses);
        expect(rows).toEqual(expected.rows);
      }),
      { numRuns: 60 },
    );
  });

  it("of the author's are quoted wherever they are written", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^zz[a-z]{3,8}$/u), (name) => {
        const text = queryOver([`${name}1`, `${name}2`, `${name}3`, `${name}4`]);
        const result = translateText(translator, text, tables);
        const bare = result.ok ? result.value.statements.join("\n").replaceAll(/"[^"]*"/gu, "") : "";
        expect(result.ok).toBe(true);
        expect(bare).not.toContain(name);
      }),
      { numRuns: 40 },
    );
  });
});

describe("places", () => {
  it("lead from every piece of a statement that came from the author back to it", () => {
    for (const text of texts) {
      const source = sqlFrom({ file: { path: "case.sql", text }, start: 0, end: text.length }, text);
      const result = translator.translateQuery(source, { catalog: tables });
      if (!result.ok) continue;
      const { statement } = result.value;
      for (const [name] of statement.text.matchAll(/(?<="orders"\.")\w+(?=")/gu)) {
        const at = statement.text.indexOf(`"orders"."${name}"`);
        const place = originalPlace(statement, at);
        expect(place === undefined ? "" : spanText(place.span)).toMatch(/\S/u);
      }
    }
  });
});
