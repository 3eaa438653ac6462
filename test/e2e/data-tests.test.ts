import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Called, succeed, tsdbt } from "./binary.ts";
import { projectOf, query } from "./example-project.ts";
import { runResults } from "./run-results.ts";

const files = {
  "project.yml":
    "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\nvars: { most: 2 }\ndata_tests: { +tags: checked }\n",
  "seeds/raw.csv": "id,name,Order\n1,a,x\n2,b,\n3,,z\n",
  "models/items.sql": "select * from {{ ref('raw') }}",
  "models/off.sql": "{{ config(enabled=false) }} select 1 as id",
  "macros/tests.sql":
    "{% test at_most(model, column_name, most, strict=false) %}{{ config(severity='warn') }}\nselect * from {{ model }} where {{ column_name }} {{ '>=' if strict else '>' }} {{ most }}\n{% endtest %}",
  "tests/generic/equal_rows.sql":
    "{% test equal_rows(model, compare_model) %}\nselect 1 as n from (select count(*) as c from {{ model }}) a, (select count(*) as c from {{ compare_model }}) b where a.c <> b.c\n{% endtest %}",
  "tests/none_negative.sql": "select * from {{ ref('items') }} where id < 0",
  "tests/more/few.sql":
    "{{ config(fail_calc='sum(id)', error_if='> 100', warn_if='> 5', store_failures=true) }}\nselect id from {{ source('main_raw', 'raw') }}",
  "models/items.yml": `
sources:
  - name: main_raw
    schema: main
    tables:
      - name: raw
        columns: [{ name: id, data_tests: [unique, { not_null: { config: { severity: warn } } }] }]
seeds:
  - name: raw
    columns: [{ name: id, data_tests: [unique] }]
models:
  - name: off
    columns: [{ name: id, data_tests: [unique] }]
  - name: items
    data_tests:
      - equal_rows: { arguments: { compare_model: ref('raw') } }
    columns:
      - name: id
        data_tests:
          - unique
          - at_most: { arguments: { most: "{{ var('most') }}" }, config: { tags: [own] } }
          - at_most: { name: strictly, arguments: { most: 3, strict: true }, config: { severity: error, limit: 1, store_failures_as: view } }
          - shop.at_most: { arguments: { most: 9 } }
          - accepted_values: { arguments: { values: [1, 2, 3], quote: false } }
      - name: name
        data_tests:
          - not_null: { config: { store_failures: true } }
          - not_null: { name: somewhere, config: { where: id < 3 } }
          - not_null: { name: enough, config: { error_if: "> 5", warn_if: "> 5" } }
          - relationships: { arguments: { to: ref('raw'), field: name } }
      - name: Order
        quote: true
        data_tests: [not_null]
`,
};

/** Status and failures of each test, by its name. */
function byName(project: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    runResults(project).map(({ uniqueId, status, failures }) => [
      uniqueId.split(".")[2] ?? "",
      `${status} ${String(failures)}`,
    ]),
  );
}

describe("tests on data", () => {
  let project = "";
  let called: Called = { code: null, out: "", err: "" };

  beforeAll(async () => {
    project = projectOf(files);
    await succeed(project, "seed");
    await succeed(project, "run");
    called = await tsdbt(project, "test");
  });

  it("end as dbt's do", () => {
    expect(byName(project)).toEqual({
      accepted_values_items_id__False__1__2__3: "pass 0",
      at_most_items_id___var_most_: "warn 1",
      enough: "pass 0",
      equal_rows_items_ref_raw_: "pass 0",
      few: "warn 6",
      none_negative: "pass 0",
      not_null_items__Order_: "fail 1",
      not_null_items_name: "fail 1",
      relationships_items_name__name__ref_raw_: "pass 0",
      shop_at_most_items_id__9: "pass 0",
      somewhere: "pass 0",
      source_not_null_main_raw_raw_id: "pass 0",
      source_unique_main_raw_raw_id: "pass 0",
      strictly: "fail 1",
      unique_items_id: "pass 0",
      unique_raw_id: "pass 0",
    });
    expect(called.code).toBe(1);
    expect(called.out).toContain("Done. PASS=11 WARN=2 ERROR=3 SKIP=0");
    expect(called.out).toContain("FAIL 1 strictly");
  });

  it("keep the rows that fail them, and tell where", async () => {
    const names = new Map(runResults(project).map((each) => [each.uniqueId.split(".")[2] ?? "", each.relationName]));
    expect(names.get("few")).toBe('"shop"."main_dbt_test__audit"."few"');
    expect(names.get("strictly")).toBe('"shop"."main_dbt_test__audit"."strictly"');
    expect(names.get("enough")).toBeNull();
    expect(called.out).toContain('select * from "shop"."main_dbt_test__audit"."not_null_items_name"');
    const kept = await query(
      project,
      "select table_name as name, table_type as kind from information_schema.tables where table_schema = 'main_dbt_test__audit' order by 1",
      "shop",
    );
    expect(kept).toEqual([
      { name: "few", kind: "BASE TABLE" },
      { name: "not_null_items_name", kind: "BASE TABLE" },
      { name: "strictly", kind: "VIEW" },
    ]);
    expect(await query(project, "select id from main_dbt_test__audit.not_null_items_name", "shop")).toEqual([
      { id: 3 },
    ]);
  });

  it.each([
    [["--select", "items"], 12],
    [["--select", "test_type:singular"], 2],
    [["--select", "test_type:generic"], 14],
    [["--select", "test_name:at_most"], 3],
    [["--select", "tag:own"], 1],
    [["--select", "source:main_raw"], 3],
    [["--select", "strictly", "none_negative"], 2],
    [["--select", "tag:checked", "--exclude", "items"], 4],
  ])("are selected by %j", async (args, count) => {
    const { out } = await succeed(project, "ls", "--resource-type", "test", ...args);
    expect(out.trim().split("\n")).toHaveLength(count);
  });

  it("keep their rows where the call says so, and replace them the next time", async () => {
    await tsdbt(project, "test", "--store-failures", "--select", "not_null_items__Order_");
    const text = 'select id from main_dbt_test__audit."not_null_items__Order_"';
    expect(await query(project, text, "shop")).toEqual([{ id: 2 }]);
    writeFileSync(join(project, "seeds/raw.csv"), "id,name,Order\n1,a,x\n");
    await succeed(project, "seed");
    await succeed(project, "test", "--store-failures", "--select", "not_null_items__Order_");
    expect(await query(project, text, "shop")).toEqual([]);
  });
});
