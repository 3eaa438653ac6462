import type { Random } from "../sample/random.ts";
import { clauseColumns, clauseShapes, clauseWords } from "./clause-shapes.ts";
import { fillShape } from "./generate-expression.ts";
import type { GeneratedQuery } from "./generate-queries.ts";

const cells: readonly (readonly [name: string, type: string, values: readonly string[]])[] = [
  ["i", "INT64", ["0", "1", "1", "2", "-3", "7"]],
  ["f", "FLOAT64", ["0.0", "1.5", "-2.25", "1.5", "CAST('nan' AS FLOAT64)", "1e10"]],
  ["n", "NUMERIC", ["NUMERIC '1.5'", "NUMERIC '0'", "NUMERIC '-19.99'", "NUMERIC '0.000000001'"]],
  ["s", "STRING", ["'a'", "'b'", "'a'", "'B'", "'é'", "''"]],
  ["b", "BOOL", ["TRUE", "FALSE"]],
  ["d", "DATE", ["DATE '2024-02-29'", "DATE '2023-12-31'", "DATE '2024-01-01'", "DATE '2023-01-01'"]],
  ["dt", "DATETIME", ["DATETIME '2024-02-29 23:59:59.5'", "DATETIME '2023-01-01 00:00:00'"]],
  ["ts", "TIMESTAMP", ["TIMESTAMP '2024-03-10 07:00:00+00'", "TIMESTAMP '2023-12-31 23:30:00+00'"]],
  ["l", "ARRAY<INT64>", ["[1, 2, 3]", "[]", "[2, NULL]", "[5, 5, -1]"]],
  ["st", "STRUCT<a INT64, b STRING>", ["STRUCT(1, 'x')", "STRUCT(2, 'y')", "STRUCT(NULL, 'x')"]],
];

function table(random: Random, columns: readonly string[], size: number): string {
  const chosen = cells.filter(([name]) => columns.includes(name));
  const rows = Array.from({ length: size }, (_, index) => {
    const values = chosen.map(([name, type, literals]) => {
      const value = random.chance(0.15) ? "NULL" : random.pick(literals);
      return index === 0 ? `CAST(${value} AS ${type}) AS ${name}` : value;
    });
    return index === 0 ? `STRUCT(0 AS id, ${values.join(", ")})` : `(${index}, ${values.join(", ")})`;
  });
  return `(SELECT * FROM UNNEST([${rows.join(", ")}]))`;
}

/** A query with clauses over two small tables. */
export function generateClauses(random: Random): GeneratedQuery {
  const nested: string[] = [];
  const column = (type: string): string | undefined => {
    const names = clauseColumns[type];
    return names === undefined || random.chance(0.3) ? undefined : random.pick(names);
  };
  const words = (text: string): string =>
    text.replaceAll(/\{(?<word>\w+)\}/gu, (hole, word: string) => {
      const choices = clauseWords[word];
      return choices === undefined ? hole : words(random.pick(choices));
    });
  const shape = fillShape(words(random.pick(clauseShapes)), { random, column, nested });
  const t = table(
    random,
    cells.map(([name]) => name),
    1 + random.below(6),
  );
  const u = table(random, ["i", "s"], 1 + random.below(4));
  const tables = `t AS ${t}, u AS (SELECT *, id * 2 AS v FROM ${u})`;
  const opening = /^WITH (?<recursive>RECURSIVE )?/u.exec(shape);
  const rest = opening === null ? ` ${shape}` : `, ${shape.slice(opening[0].length)}`;
  const sql = `WITH ${opening?.groups?.["recursive"] ?? ""}${tables}${rest}`;
  return {
    sql,
    parts: nested.filter((text) => !/\b[xo]\b/u.test(text)).map((text) => `WITH ${tables} SELECT ${text} AS x FROM t`),
  };
}
