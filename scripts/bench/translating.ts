import { openTranslator } from "../../src/compiler/googlesql/translator.ts";
import { sqlFrom } from "../../src/domain/sql.ts";
import { measure, type Timing } from "./measure.ts";

/** A query of 25 lines as analysts write them: two CTEs, a join, a window, dates, conditions and JSON. */
const text = `WITH paid AS (
  SELECT
    order_id,
    customer_id,
    DATE_TRUNC(DATE(created_at, 'America/New_York'), WEEK(MONDAY)) AS week,
    SAFE_CAST(JSON_VALUE(payload, '$.total') AS NUMERIC) AS total
  FROM orders
  WHERE status = 'paid'
    AND created_at >= TIMESTAMP_SUB(TIMESTAMP '2024-03-01 00:00:00+00', INTERVAL 30 DAY)
),
weekly AS (
  SELECT customer_id, week, SUM(total) AS total, COUNT(DISTINCT order_id) AS orders
  FROM paid
  GROUP BY customer_id, week
)
SELECT
  c.name,
  w.week,
  ROUND(w.total / NULLIF(w.orders, 0), 2) AS per_order,
  SUM(w.total) OVER (PARTITION BY c.customer_id ORDER BY w.week) AS running,
  FORMAT_DATE('%G-W%V', w.week) AS label,
  IF(w.total > 100, 'large', 'small') AS size
FROM weekly AS w
LEFT JOIN customers AS c USING (customer_id)
QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY w.week DESC) <= 4`;

const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orders: { order_id: "INT64", customer_id: "INT64", created_at: "TIMESTAMP", status: "STRING", payload: "STRING" },
  customers: { customer_id: "INT64", name: "STRING" },
};

/** Times the translation of the query a hundred times over, the parser being warm. */
export async function benchTranslating(): Promise<readonly Timing[]> {
  const translator = await openTranslator();
  const catalog = {
    find: (path: readonly string[]) => {
      const columns = tables[path.at(-1) ?? ""];
      return columns === undefined
        ? undefined
        : { relation: path, columns: Object.entries(columns).map(([name, type]) => ({ name, type })) };
    },
    names: () => Object.keys(tables),
  };
  const work = (): void => {
    for (let round = 0; round < 100; round += 1) {
      const source = sqlFrom({ file: { path: "bench.sql", text }, start: 0, end: text.length }, text);
      const result = translator.translateQuery(source, { catalog });
      if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
    }
  };
  return measure([{ name: "a query of 25 lines, a hundred times", work }], 9);
}
