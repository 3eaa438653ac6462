import { describe, expect, it } from "vitest";
import { tsdbt, succeed } from "./binary.ts";
import { projectOf, query } from "./example-project.ts";

const seeds = { "seeds/pay.csv": "id,method,amount\n1,card,10\n2,cash,20\n3,card,5\n" };

const pivot = `{{ config(materialized='table') }}
{% set methods = run_query("select distinct method from " ~ ref('pay') ~ " order by 1").columns[0].values() %}
select id
{%- for m in methods %}, sum(case when method = '{{ m }}' then amount end) as {{ m }}{% endfor %}
from {{ ref('pay') }} group by id
`;

const incremental = `{{ config(materialized='incremental', unique_key='id') }}
select * from {{ ref('pay') }}
{% if is_incremental() %}
where id > {{ run_query('select max(id) from ' ~ this).columns[0].values()[0] - 1 }}
{% endif %}
`;

const below = `select {% for c in adapter.get_columns_in_relation(ref('pivoted')) -%}
  {{ c.quoted }}{{ ', ' if not loop.last }}
{%- endfor %} from {{ ref('pivoted') }}
`;

function shop(dialect: "duckdb" | "bigquery"): string {
  return projectOf({
    ...seeds,
    "project.yml": `name: shop\ndialect: ${dialect}\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n`,
    "models/pivoted.sql": pivot,
    "models/added.sql": incremental,
    "models/below.sql": below,
    "models/deeper.sql": "select cash, id + 1 as next from {{ ref('below') }}\n",
    "models/shop.yml": `models:
  - name: deeper
    columns:
      - name: next
        data_tests: [not_null]
`,
  });
}

describe.each(["duckdb", "bigquery"] as const)("models that ask the warehouse, in the dialect %s", (dialect) => {
  it("are compiled at their own turn in a run, in both run modes", async () => {
    const folder = shop(dialect);
    await succeed(folder, "build");
    const second = await succeed(folder, "build");
    expect(second.out).toContain("OK created sql incremental model main.added");
    expect(second.out).toMatch(/main\.added \.+ \[OK \(\d rows?\)/u);
    expect(second.out).toContain("PASS=6");
    expect(await query(folder, "select * from deeper order by next", "shop")).toEqual([
      { cash: null, next: 2 },
      { cash: 20, next: 3 },
      { cash: null, next: 4 },
    ]);
  });

  it("are compiled by compile and show where there is a warehouse", async () => {
    const folder = shop(dialect);
    await succeed(folder, "build");
    const { out } = await succeed(folder, "compile", "--select", "pivoted", "added");
    expect(out).toContain("sum(case when method = 'card' then amount end) as card");
    expect(out).toContain("where id > 2");
    expect((await succeed(folder, "show", "--select", "below")).out).toContain("| card | cash |");
  });

  it("are planned up to their first question", async () => {
    const folder = shop(dialect);
    const { out } = await succeed(folder, "plan");
    expect(out).toContain("then: depends on what the warehouse answers");
  });
});

describe("a question that the warehouse refuses", () => {
  it("is told at its place in the model", async () => {
    const folder = projectOf({
      "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n",
      "models/asks.sql": "select {{ run_query('select max(idd) from (select 1 as id)').rows[0][0] }} as x\n",
    });
    const { code, err, out } = await tsdbt(folder, "run");
    expect(code).toBe(1);
    expect(out + err).toContain("models/asks.sql:1:11");
    expect(out + err).toContain('There is no column "idd" here.');
  });
});
