import { join } from "node:path";
import { expect, it } from "vitest";
import { loadParser } from "../../src/compiler/googlesql/parser.ts";
import { expectGolden } from "../expect-golden.ts";

/** What the parser is ever given: names, calls and literals are placeholders, and these are the clauses around them. */
const texts = [
  "SELECT i_1, 2 AS i_3 FROM i_4",
  "SELECT DISTINCT i_1.i_2.i_3 FROM i_4.i_5 AS i_6",
  "SELECT * EXCEPT (i_1, i_2) REPLACE (3 AS i_4), i_5.* FROM i_5",
  "SELECT AS STRUCT i_1",
  "WITH RECURSIVE i_1 AS (SELECT 2 UNION ALL SELECT i_3 FROM i_1) SELECT * FROM i_1",
  "SELECT i_1 FROM i_2 INNER JOIN i_3 USING (i_4) LEFT JOIN i_5 ON i_6 = i_7 CROSS JOIN i_8 FULL JOIN i_9 ON i_1",
  "SELECT i_1 FROM i_2, UNNEST(i_3) AS i_4 WITH OFFSET AS i_5",
  "SELECT i_1 FROM (SELECT 1) AS i_2 WHERE i_3 AND NOT i_4 OR i_5 IS NULL",
  "SELECT i_1, f_2(*) FROM i_3 GROUP BY i_1, 2 HAVING f_2(*) > 4 ORDER BY 1 DESC NULLS LAST LIMIT 5 OFFSET 6",
  "SELECT i_1 FROM i_2 GROUP BY ROLLUP(i_1, i_3)",
  "SELECT f_1(i_2) OVER (PARTITION BY i_3 ORDER BY i_4 DESC ROWS BETWEEN 5 PRECEDING AND CURRENT ROW) FROM i_6",
  "SELECT f_1(i_2) OVER i_3 FROM i_4 QUALIFY f_1(i_2) OVER i_3 = 5 WINDOW i_3 AS (PARTITION BY i_6)",
  "SELECT i_1 IN (2, 3), i_1 NOT IN (SELECT i_4), i_1 BETWEEN 5 AND 6, i_1 IS NOT DISTINCT FROM i_7",
  "SELECT CASE i_1 WHEN 2 THEN 3 ELSE 4 END, CASE WHEN i_5 THEN 6 END",
  "SELECT EXISTS (SELECT 1), (SELECT i_2), f_3(i_4)[i_5]",
  "SELECT i_1 + i_2 * -3 || i_4 & 5 << 6",
  "SELECT 1 UNION DISTINCT SELECT 2 EXCEPT DISTINCT SELECT 3",
  "SELECT * FROM i_1 PIVOT (f_2(i_3) AS i_4 FOR i_5 IN ('6' AS i_7, 8))",
  "SELECT * FROM i_1 UNPIVOT (i_2 FOR i_3 IN (i_4, i_5 AS '6'))",
  "SELECT * FROM i_1 TABLESAMPLE SYSTEM (10 PERCENT)",
];

it("gives the trees that the reader was written for", async () => {
  const parse = await loadParser();
  const trees = texts.map((text) => `${text}\n${JSON.stringify(parse(text))}\n`);
  expectGolden(join(import.meta.dirname, "goldens/parser.txt"), trees.join("\n"));
});

it("says where it stops", async () => {
  const parse = await loadParser();
  expect(parse("SELECT i_1 FROM WHERE i_2")).toMatchObject({ ok: false, at: expect.any(Number) as number });
});
