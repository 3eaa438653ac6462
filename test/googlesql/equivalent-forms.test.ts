import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTranslator, type Translator } from "../../src/compiler/googlesql/translator.ts";
import { translateText } from "./judge-case.ts";
import { areSameRows, type PlainResult } from "./plain-rows.ts";
import { openWarehouse, type Warehouse } from "./warehouse.ts";

let translator: Translator;
let warehouse: Warehouse;

beforeAll(async () => {
  [translator, warehouse] = await Promise.all([openTranslator(), openWarehouse()]);
});

afterAll(() => {
  warehouse.close();
});

/** The rows that a query gives, or that it fails. */
async function outcome(query: string): Promise<PlainResult["rows"] | "failure"> {
  const result = translateText(translator, query, { find: () => undefined, names: () => [] });
  if (!result.ok) throw new Error(`${query}\n${result.diagnostics.map(({ message }) => message).join("\n")}`);
  try {
    return (await warehouse.answer(result.value.statements, result.value.uses)).rows;
  } catch {
    return "failure";
  }
}

const values = {
  INT64: ["NULL", "0", "1", "-7", "3", "9223372036854775807"],
  FLOAT64: ["NULL", "0.0", "1.5", "-2.25", "CAST('nan' AS FLOAT64)", "CAST('inf' AS FLOAT64)", "1e300"],
  STRING: ["NULL", "''", "'a'", "'B'", "'naïve'", "'%_'", "'👍 x'"],
  BOOL: ["NULL", "TRUE", "FALSE"],
  DATE: ["NULL", "DATE '2024-02-29'", "DATE '1969-12-31'", "DATE '2023-01-01'", "DATE '2023-12-31'"],
};

type TypeName = keyof typeof values;

const columns: readonly (readonly [name: string, type: TypeName])[] = [
  ["i", "INT64"],
  ["j", "INT64"],
  ["f", "FLOAT64"],
  ["g", "FLOAT64"],
  ["s", "STRING"],
  ["u", "STRING"],
  ["b", "BOOL"],
  ["d", "DATE"],
];

const row = fc.tuple(...columns.map(([, type]) => fc.constantFrom(...values[type])));

/** A table `t` of up to five rows, with a number for each. */
const table = fc.array(row, { minLength: 1, maxLength: 5 }).map((rows) => {
  const [first, ...others] = rows.map((cells, index) => [String(index), ...cells]);
  const fields = columns.map(([name, type], index) => `CAST(${first?.[index + 1] ?? "NULL"} AS ${type}) AS ${name}`);
  const structs = [`STRUCT(0 AS id, ${fields.join(", ")})`, ...others.map((cells) => `(${cells.join(", ")})`)];
  return `t AS (SELECT * FROM UNNEST([${structs.join(", ")}]))`;
});

function leaf(type: TypeName): fc.Arbitrary<string> {
  const names = columns.flatMap(([name, other]) => (other === type ? [name] : []));
  return fc.constantFrom(...names, ...names, ...values[type].filter((value) => value !== "NULL"));
}

const comparable = fc.constantFrom<TypeName>("INT64", "FLOAT64", "STRING", "DATE");

/** A condition over the columns of `t`, of one or two comparisons. */
const condition: fc.Arbitrary<string> = fc.letrec<{ all: string; one: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 2 },
    tie("one"),
    fc.tuple(tie("all"), fc.constantFrom("AND", "OR"), tie("all")).map((parts) => `(${parts.join(" ")})`),
    tie("all").map((part) => `(NOT ${part})`),
  ),
  one: comparable.chain((type) =>
    fc
      .tuple(leaf(type), fc.constantFrom("=", "<>", "<", "<=", ">", ">="), leaf(type))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
  ),
})).all;

/** Two expressions over a row of `t` that mean the same. */
const pair: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(comparable, condition)
  .chain(([type, test]) =>
    fc.tuple(fc.constant(test), leaf(type), leaf(type), leaf(type), leaf("INT64"), leaf("INT64"), leaf("STRING")),
  )
  .chain(([test, x, y, z, n, m, s]) =>
    fc.constantFrom<readonly [string, string]>(
      [`IF(${test}, ${x}, ${y})`, `CASE WHEN ${test} THEN ${x} ELSE ${y} END`],
      [`CASE ${x} WHEN ${y} THEN 1 WHEN ${z} THEN 2 END`, `CASE WHEN ${x} = ${y} THEN 1 WHEN ${x} = ${z} THEN 2 END`],
      [`IFNULL(${x}, ${y})`, `COALESCE(${x}, ${y})`],
      [`COALESCE(${x}, ${y}, ${z})`, `IF(${x} IS NOT NULL, ${x}, IF(${y} IS NULL, ${z}, ${y}))`],
      [`NULLIF(${x}, ${y})`, `IF(${x} = ${y}, NULL, ${x})`],
      [`${x} IN (${y}, ${z})`, `(${x} = ${y} OR ${x} = ${z})`],
      [`${x} NOT IN (${y}, ${z})`, `(${x} <> ${y} AND ${x} <> ${z})`],
      [`${x} IN UNNEST([${y}, ${z}])`, `${x} IN (${y}, ${z})`],
      [`${x} IN (SELECT v FROM UNNEST([${y}, ${z}]) AS v)`, `${x} IN (${y}, ${z})`],
      [`${x} BETWEEN ${y} AND ${z}`, `(${y} <= ${x} AND ${x} <= ${z})`],
      [`${x} NOT BETWEEN ${y} AND ${z}`, `NOT (${x} >= ${y} AND ${x} <= ${z})`],
      [`(${x} > ${y})`, `(${y} < ${x})`],
      [`NOT ${test}`, `IF(${test}, FALSE, IF(${test} IS NULL, NULL, TRUE))`],
      [`${test} IS TRUE`, `COALESCE(${test}, FALSE)`],
      [`GREATEST(${x}, ${y}) = ${x}`, `GREATEST(${y}, ${x}) = ${x}`],
      [`EXISTS (SELECT 1 FROM UNNEST([${x}]) AS v WHERE v = ${y})`, `COALESCE(${x} = ${y}, FALSE)`],
      [`SAFE_DIVIDE(${n}, ${m})`, `IF(${m} = 0, NULL, ${n} / ${m})`],
      [`SAFE_ADD(${n}, ${m})`, `SAFE_SUBTRACT(${n}, SAFE_NEGATE(${m}))`],
      [`SAFE_CAST(${n} AS STRING)`, `CAST(${n} AS STRING)`],
      [`SAFE_CAST(${s} AS INT64) IS NULL`, `IFNULL(SAFE_CAST(${s} AS INT64), NULL) IS NULL`],
      [`MOD(${n}, 3)`, `${n} - 3 * DIV(${n}, 3)`],
      [`LEFT(${s}, 2)`, `SUBSTR(${s}, 1, 2)`],
      [`STARTS_WITH(${s}, 'a')`, `LEFT(${s}, 1) = 'a'`],
      [`STRPOS(${s}, 'a') > 0`, `${s} LIKE '%a%'`],
      [`CONCAT(${s}, '-', ${s})`, `${s} || '-' || ${s}`],
      [`CHAR_LENGTH(${s})`, `ARRAY_LENGTH(SPLIT(${s}, '')) - IF(${s} = '', 1, 0)`],
      [`REGEXP_CONTAINS(${s}, '^a')`, `STARTS_WITH(${s}, 'a')`],
      ["DATE_ADD(d, INTERVAL 1 DAY)", "d + 1"],
      ["DATE_TRUNC(d, YEAR)", "DATE(EXTRACT(YEAR FROM d), 1, 1)"],
      ["LAST_DAY(d)", "DATE_SUB(DATE_ADD(DATE_TRUNC(d, MONTH), INTERVAL 1 MONTH), INTERVAL 1 DAY)"],
      ["EXTRACT(DAYOFWEEK FROM d)", "DATE_DIFF(d, DATE_TRUNC(d, WEEK), DAY) + 1"],
      ["FORMAT_DATE('%Y-%m-%d', d)", "CAST(d AS STRING)"],
    ),
  );

/** Two queries over `t` that mean the same. */
const queries: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(condition, comparable)
  .chain(([test, type]) => fc.tuple(fc.constant(test), leaf(type), fc.constantFrom("i", "s", "b", "d")))
  .chain(([test, x, key]) =>
    fc.constantFrom<readonly [string, string]>(
      [
        `SELECT id FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY id) = 1`,
        `SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY id) AS n FROM t) WHERE n = 1`,
      ],
      [
        `SELECT l.id, r.id AS other, ${key} FROM t AS l JOIN t AS r USING (${key})`,
        `SELECT l.id, r.id AS other, l.${key} FROM t AS l JOIN t AS r ON l.${key} = r.${key}`,
      ],
      [
        `SELECT ${key}, l.id FROM t AS l FULL JOIN (SELECT ${key} FROM t WHERE ${test}) AS r USING (${key})`,
        `SELECT COALESCE(l.${key}, r.${key}), l.id FROM t AS l FULL JOIN (SELECT ${key} FROM t WHERE ${test}) AS r ON l.${key} = r.${key}`,
      ],
      [`SELECT DISTINCT ${key} FROM t`, `SELECT ${key} FROM t GROUP BY ${key}`],
      [`SELECT ${key}, COUNT(*) FROM t GROUP BY 1`, `SELECT ${key} AS k, COUNT(*) FROM t GROUP BY k`],
      [`SELECT COUNTIF(${test}) FROM t`, `SELECT COUNT(IF(${test}, 1, NULL)) FROM t`],
      [`SELECT id FROM t WHERE ${test}`, `SELECT id FROM t WHERE IF(${test}, TRUE, FALSE)`],
      [
        `SELECT id FROM t WHERE ${key} IN (SELECT ${key} FROM t WHERE ${test})`,
        `SELECT id FROM t AS o WHERE EXISTS (SELECT 1 FROM t WHERE ${test} AND ${key} = o.${key})`,
      ],
      [
        `SELECT ${key} FROM t EXCEPT DISTINCT SELECT ${key} FROM t WHERE ${test}`,
        `SELECT DISTINCT ${key} FROM t AS o WHERE NOT EXISTS (SELECT 1 FROM t WHERE ${test} AND ${key} IS NOT DISTINCT FROM o.${key})`,
      ],
      [
        `SELECT id, COUNT(${x}) OVER (PARTITION BY ${key}) FROM t`,
        `SELECT id, (SELECT COUNT(${x}) FROM t WHERE ${key} IS NOT DISTINCT FROM o.${key}) FROM t AS o`,
      ],
      [
        `SELECT ${key}, MAX(id) FROM t GROUP BY ROLLUP(${key})`,
        `SELECT ${key}, MAX(id) FROM t GROUP BY ${key} UNION ALL SELECT NULL, MAX(id) FROM t`,
      ],
      [
        "SELECT id, v FROM t, UNNEST([i, j]) AS v WHERE v > 0",
        "SELECT id, i FROM t WHERE i > 0 UNION ALL SELECT id, j FROM t WHERE j > 0",
      ],
      [
        "SELECT MIN(f) FROM t",
        "SELECT f FROM (SELECT f FROM t WHERE f IS NOT NULL ORDER BY f LIMIT 1) RIGHT JOIN (SELECT 1) ON TRUE",
      ],
    ),
  );

async function expectSame(queriesOfOne: readonly [string, string]): Promise<void> {
  const [left, right] = [await outcome(queriesOfOne[0]), await outcome(queriesOfOne[1])];
  if (left === "failure" || right === "failure") expect(left).toEqual(right);
  else if (!areSameRows(left, right, "unordered")) expect(left).toEqual(right);
}

describe("forms that mean the same", () => {
  it("give the same value in each row", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(pair, { minLength: 4, maxLength: 4 }), async (source, pairs) => {
        for (const [left, right] of pairs)
          await expectSame([`WITH ${source} SELECT id, ${left} FROM t`, `WITH ${source} SELECT id, ${right} FROM t`]);
      }),
      { numRuns: 80 },
    );
  });

  it("give the same rows", async () => {
    await fc.assert(
      fc.asyncProperty(table, queries, async (source, [left, right]) => {
        await expectSame([`WITH ${source} ${left}`, `WITH ${source} ${right}`]);
      }),
      { numRuns: 150 },
    );
  });
});
