import { describe, expect, it } from "vitest";
import { compileLiteral, nativeSettings } from "../../../test/literal-project.ts";

/** A project with tests of all shapes. dbt reads the same files, with a profile in place of the targets. */
const files = {
  "project.yml": `${nativeSettings}
model-paths: [models, src/more]
data_tests:
  shop:
    +tags: [dt]
    staging:
      +severity: warn
`,
  "models/users.sql": "select 1 as id, 'a' as name, 'DE' as country, 1.5 as price",
  "models/staging/deep/stg_orders_with_a_long_name.sql": "select * from {{ ref('users') }}",
  "src/more/nested.sql": "select 1 as id",
  "seeds/countries.csv": "code,name\nDE,Germany\n",
  "macros/tests.sql": `
{% test odd_shape(model, column_name, mapping=none, nested=none, number=none, flag=none, note=none, cols=none) %}
select * from {{ model }} where false
{% endtest %}
{% macro test_old_style(model, column_name) %}
select * from {{ model }} where false
{% endmacro %}
{% test row_level(model, expression=none, columns=none) %}
select * from {{ model }} where false
{% endtest %}
`,
  "seeds/props.yml": `
seeds:
  - name: countries
    columns:
      - name: code
        data_tests: [unique, not_null]
`,
  "models/staging/sources.yml": String.raw`
version: 2
sources:
  - name: raw
    schema: landing
    tags: [srctag]
    tables:
      - name: events
        config: {tags: [tabletag]}
        data_tests:
          - row_level: {arguments: {expression: "a > 1"}}
        columns:
          - name: uuid
            tags: [coltag]
            data_tests:
              - unique
              - not_null: {config: {severity: error, where: "uuid <> 'x'"}}
              - relationships:
                  arguments: {to: ref('users'), field: id}
`,
  "src/more/nested.yml": `
sources:
  - name: deepsrc
    tables:
      - name: t
        columns: [{name: a, data_tests: [not_null]}]
models:
  - name: nested
    columns: [{name: id, data_tests: [not_null]}]
`,
  "models/props.yml": String.raw`
models:
  - name: users
    data_tests:
      - row_level: { arguments: { expression: "price >= 0 and name <> 'it''s' \"q\" \\ back" }, config: { tags: one } }
      - row_level: { name: my_custom_name, arguments: { expression: "1=1" } }
      - row_level:
          name: a_custom_name_that_is_very_much_longer_than_sixty_three_characters_in_all
          description: hello
          arguments: { expression: "1=1" }
      - row_level: { arguments: { columns: [id, name] } }
      - { test_name: row_level, name: by_test_name, arguments: { expression: "2=2" } }
      - row_level: { arguments: { expression: "multi\nline\ttab\rcr" } }
      - row_level: { arguments: { expression: "Grüße 日本 \u00a0 😀 \x01" } }
      - unique: { arguments: { column_name: "id || name" } }
      - dbt.unique: { arguments: { column_name: price } }
      - shop.row_level: { arguments: { expression: "3=3" } }
    columns:
      - name: id
        data_tests:
          - unique
          - not_null
          - old_style
          - odd_shape: { arguments: { number: 1 } }
          - odd_shape: { arguments: { number: 1.0 } }
          - odd_shape: { arguments: { number: 1.50 } }
          - odd_shape: { arguments: { number: 1e3 } }
          - odd_shape: { arguments: { number: 1.0e+20 } }
          - odd_shape: { arguments: { number: 0.00001 } }
          - odd_shape: { arguments: { number: 1152921504606846977 } }
          - odd_shape: { arguments: { number: -0.0 } }
          - odd_shape: { arguments: { number: 1_000 } }
          - odd_shape: { arguments: { number: 010 } }
          - odd_shape: { arguments: { number: 0x1F } }
          - odd_shape: { arguments: { number: 10:30 } }
          - odd_shape: { arguments: { flag: true } }
          - odd_shape: { arguments: { flag: "off" } }
          - odd_shape: { arguments: { flag: off } }
          - odd_shape: { arguments: { flag: y } }
          - odd_shape: { arguments: { flag: null } }
          - odd_shape: { arguments: { mapping: { b: 2, a: [1, true, null, x] } } }
          - odd_shape: { arguments: { mapping: { q: "it's", r: 'say "hi"', s: "both ' and \"" } } }
          - odd_shape: { arguments: { nested: [[1, 2], [a, "b c"], { k: v, j: 1.0 }] } }
          - odd_shape: { arguments: { nested: [] } }
          - odd_shape: { arguments: { mapping: {} } }
          - odd_shape: { arguments: { note: "" } }
          - odd_shape: { arguments: { note: 2024-01-05 } }
          - odd_shape: { arguments: { note: 2024-01-05 10:00:00 } }
          - odd_shape: { arguments: { note: "{{ var('own', 1) }}" } }
          - odd_shape: { arguments: { number: 3, note: z, cols: [b, a], flag: false } }
          - odd_shape: { number: 42, config: { alias: short_alias } }
          - odd_shape:
              arguments: { number: 7 }
              config: { severity: warn, where: "id > 1", limit: 10, warn_if: ">5", fail_calc: "sum(id)", tags: [t1, t2] }
      - name: country
        tags: [ct]
        quote: true
        data_tests:
          - accepted_values: { arguments: { values: [DE, FR, "it's", 1, 2.5, true] } }
          - accepted_values: { arguments: { values: [1, 2], quote: false }, config: { severity: warn } }
          - relationships: { arguments: { to: ref('countries'), field: code } }
  - name: stg_orders_with_a_long_name
    columns:
      - name: a_long_column_name_too
        config: { tags: [cc] }
        data_tests:
          - not_null
          - accepted_values: { arguments: { values: [placed, shipped, completed, return_pending, returned] } }
          - accepted_values: { arguments: { values: [placed, shipped] }, config: { alias: mine } }
`,
};

/**
 * What dbt-core 1.11.16 with dbt-duckdb 1.11.1 says of them: unique id, alias (= for the name), the folders in the fqn (. for
 * none), tags, severity, what it depends on.
 */
const asDbt = `
a_custom_name_that_is_very_much_longer_than_sixty_three_characters_in_all.1289ab1262 | = | . | dt | error | model.shop.users
accepted_values_stg_orders_with_a_long_name_a_long_column_name_too__placed__shipped.5929864650 | mine | . | cc dt | error | model.shop.stg_orders_with_a_long_name
accepted_values_stg_orders_with_a_long_name_a_long_column_name_too__placed__shipped__completed__return_pending__returned.e854b91373 | accepted_values_stg_orders_wit_95a11d3c2e75ef01734a9e8c9b334bb8 | . | cc dt | error | model.shop.stg_orders_with_a_long_name
accepted_values_users__country___DE__FR__it_s__1__2_5__True.5947e8160b | = | . | ct dt | error | model.shop.users
accepted_values_users__country___False__1__2.40132425da | = | . | ct dt | warn | model.shop.users
by_test_name.aab6a8f367 | = | . | dt | error | model.shop.users
dbt_unique_users_price.fbfc07111d | = | . | dt | error | model.shop.users
my_custom_name.13cca35b6b | = | . | dt | error | model.shop.users
not_null_countries_code.c12fd633e2 | = | . | dt | error | seed.shop.countries
not_null_nested_id.458c470108 | = | more | dt | error | model.shop.nested
not_null_stg_orders_with_a_long_name_a_long_column_name_too.135ce98dfb | = | . | cc dt | error | model.shop.stg_orders_with_a_long_name
not_null_users_id.4db5ed5c63 | = | . | dt | error | model.shop.users
odd_shape_users_b__a__id__False__z__3.245fbb787b | = | . | dt | error | model.shop.users
odd_shape_users_id.022ef7a5be | = | . | dt | error | model.shop.users
odd_shape_users_id.82f88152cf | = | . | dt | error | model.shop.users
odd_shape_users_id__.a2afa6bbaf | = | . | dt | error | model.shop.users
odd_shape_users_id__1.39f6443d6a | = | . | dt | error | model.shop.users
odd_shape_users_id__1000.a83609e947 | = | . | dt | error | model.shop.users
odd_shape_users_id__1152921504606846977.e1b74ac4ee | = | . | dt | error | model.shop.users
odd_shape_users_id__1_0.09ba92c2b4 | = | . | dt | error | model.shop.users
odd_shape_users_id__1_5.1475123e1c | = | . | dt | error | model.shop.users
odd_shape_users_id__1e3.cc97e0fc37 | = | . | dt | error | model.shop.users
odd_shape_users_id__1e_05.6d7cd7d1d8 | = | . | dt | error | model.shop.users
odd_shape_users_id__1e_20.7c74a4f6a1 | = | . | dt | error | model.shop.users
odd_shape_users_id__2024_01_05.3a72f30dae | = | . | dt | error | model.shop.users
odd_shape_users_id__2024_01_05_10_00_00.8dc703c92b | = | . | dt | error | model.shop.users
odd_shape_users_id__2___1_True_None_x_.2c778995aa | = | . | dt | error | model.shop.users
odd_shape_users_id__31.d7713c5417 | = | . | dt | error | model.shop.users
odd_shape_users_id__42.527bb4d1b2 | short_alias | . | dt | error | model.shop.users
odd_shape_users_id__630.ae22f12611 | = | . | dt | error | model.shop.users
odd_shape_users_id__7.98e6e98943 | = | . | t1 t2 dt | warn | model.shop.users
odd_shape_users_id__8.ad9f86b2be | = | . | dt | error | model.shop.users
odd_shape_users_id__False.82583e982e | = | . | dt | error | model.shop.users
odd_shape_users_id__None.fcc7e700b2 | = | . | dt | error | model.shop.users
odd_shape_users_id__True.d47bf68513 | = | . | dt | error | model.shop.users
odd_shape_users_id___0_0.fa70a5e6d6 | = | . | dt | error | model.shop.users
odd_shape_users_id___1_2____a_b_c____k_v_j_1_0_.d1106958d6 | = | . | dt | error | model.shop.users
odd_shape_users_id___var_own_1_.8724f1ce53 | = | . | dt | error | model.shop.users
odd_shape_users_id__it_s__say_hi___both_and_.ea71065654 | = | . | dt | error | model.shop.users
odd_shape_users_id__off.90c12b79a7 | = | . | dt | error | model.shop.users
odd_shape_users_id__y.e0a7f4231a | = | . | dt | error | model.shop.users
old_style_users_id.4e46a7d562 | = | . | dt | error | model.shop.users
relationships_users__country___code__ref_countries_.048e9ee631 | = | . | ct dt | error | seed.shop.countries model.shop.users
row_level_users_Gr_e_.1bc4911f45 | = | . | dt | error | model.shop.users
row_level_users_id__name.49abe4c2f2 | = | . | dt | error | model.shop.users
row_level_users_multi_line_tab_cr.d8eb06df5e | = | . | dt | error | model.shop.users
row_level_users_price_0_and_name_it_s_q_back.573df71d0e | = | . | one dt | error | model.shop.users
shop_row_level_users_3_3.f2f9a3c857 | = | . | dt | error | model.shop.users
source_not_null_deepsrc_t_a.5d01a6f8ae | = | more | dt | error | source.shop.deepsrc.t
source_not_null_raw_events_uuid.2f386c0367 | = | staging | coltag srctag dt | error | source.shop.raw.events
source_relationships_raw_events_uuid__id__ref_users_.94bc5de013 | = | staging | coltag srctag dt | warn | source.shop.raw.events model.shop.users
source_row_level_raw_events_a_1.a1bce0b24e | = | staging | srctag dt | warn | source.shop.raw.events
source_unique_raw_events_uuid.dcdfe81897 | = | staging | coltag srctag dt | warn | source.shop.raw.events
unique_countries_code.c4a1f6d0dd | = | . | dt | error | seed.shop.countries
unique_users_id.ec952d9777 | = | . | dt | error | model.shop.users
unique_users_id_name.9c3de0ef18 | = | . | dt | error | model.shop.users
`;

describe("the tests of a project", () => {
  const { project, told } = compileLiteral(files);

  it("have no fault", () => {
    expect(told).toEqual([]);
  });

  it("have dbt's ids, names, places, tags and dependencies", () => {
    const ours = project.tests.map(({ uniqueId, name, alias, fqn, tags, severity, dependsOn }) =>
      [
        uniqueId.replace("test.shop.", ""),
        alias === name ? "=" : alias,
        fqn.length === 2 ? "." : fqn.slice(1, -1).join("/"),
        tags.join(" "),
        severity,
        dependsOn.join(" "),
      ].join(" | "),
    );
    expect(ours.sort()).toEqual(asDbt.trim().split("\n").sort());
  });

  it("are attached to resources that lie where dbt has them", () => {
    const places = [...project.models, ...project.seeds, ...project.sources].map(({ fqn }) => fqn.join("/"));
    expect(places.sort()).toEqual([
      "shop/countries",
      "shop/deepsrc/t",
      "shop/nested",
      "shop/staging/deep/stg_orders_with_a_long_name",
      "shop/staging/raw/events",
      "shop/users",
    ]);
  });
});
