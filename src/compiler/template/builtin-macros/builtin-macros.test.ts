import { describe, expect, it } from "vitest";
import { renderInContext } from "../../../../test/context/render-in-context.ts";
import type { DialectName } from "../../../domain/settings.ts";
import { builtinMacro, builtinMacroNames } from "./builtin-macros.ts";

/** The text in both dialects, white space squeezed: what it has to say is SQL. */
function inBoth(expression: string): readonly string[] {
  return (["duckdb", "bigquery"] as const).map((dialect: DialectName) =>
    renderInContext(`{{ ${expression} }}`, { scope: { dialect } }).replaceAll(/\s+/gu, " ").trim(),
  );
}

describe("dbt's cross-database macros", () => {
  it.each([
    ["dbt.any_value('x')", "arbitrary(x)", "any_value(x)"],
    ["dbt.bool_or('x')", "bool_or(x)", "logical_or(x)"],
    ["dbt.array_construct([1, 2])", "array[ 1 , 2 ]", "[ 1 , 2 ]"],
    ["dbt.array_construct()", "array[]::INT[]", "array<INT64>[]"],
    ["dbt.array_append('a', 1)", "array_append(a, 1)", "array_concat(a, [ 1 ])"],
    ["dbt.array_concat('a', 'b')", "array_cat(a, b)", "array_concat(a, b)"],
    ["dbt.cast('a', 'int')", "cast(a as int)", "cast(a as int)"],
    ["dbt.safe_cast('a', dbt.type_int())", "cast(a as INT)", "safe_cast(a as INT64)"],
    ["dbt.cast_bool_to_text('a')", "cast(a as TEXT)", "cast(a as STRING)"],
    ["dbt.concat(['a', 'b'])", "a || b", "a || b"],
    ["dbt.hash('a')", "md5(cast(a as TEXT))", "to_hex(md5(cast(a as STRING)))"],
    ["dbt.length('a')", "length(a)", "length(a)"],
    ["dbt.replace('a', 'b', 'c')", "replace(a, b, c)", "replace(a, b, c)"],
    ["dbt.right('a', 2)", "right(a, 2)", "case when 2 = 0 then '' else substr(a, -1 * (2)) end"],
    ["dbt.position('a', 'b')", "position(a in b)", "strpos(b, a)"],
    ["dbt.split_part('a', \"','\", 2)", "string_split(a, ',')[ 2 ]", "split(a, ',')[safe_offset(1)]"],
    [
      "dbt.split_part('a', \"','\", -1)",
      "string_split(a, ',')[ -1 ]",
      "split(a, ',')[safe_offset( array_length(split(a, ',')) -1 )]",
    ],
    ['dbt.escape_single_quotes("it\'s")', "it''s", "it\\'s"],
    ["dbt.string_literal('a')", "'a'", "'''a'''"],
    ["dbt.listagg('a')", "string_agg(a, ',')", "string_agg(a, ',')"],
    [
      "dbt.listagg('a', \"'|'\", 'order by a', 3)",
      "list_aggr((array_agg(a order by a))[1:3], 'string_agg', '|')",
      "string_agg(a, '|' order by a limit 3)",
    ],
    ["dbt.except()", "except", "except distinct"],
    ["dbt.intersect()", "intersect", "intersect distinct"],
    ["dbt.equals('a', 'b')", "(a = b)", "(a = b)"],
    ["dbt.date(2020, 1, 2)", "make_date(2020, 1, 2)", "date(2020, 1, 2)"],
    ["dbt.date_trunc('day', 'x')", "date_trunc('day', x)", "timestamp_trunc(cast(x as timestamp), day)"],
    [
      "dbt.dateadd('quarter', 1, 'x')",
      "(x + (cast(1 as bigint) * 3) * interval 1 month)",
      "datetime_add(cast(x as datetime), interval 1 quarter)",
    ],
    [
      "dbt.datediff('a', 'b', 'hour')",
      "(date_diff('hour', a::timestamp, b::timestamp))",
      "datetime_diff(cast(b as datetime), cast(a as datetime), hour)",
    ],
    ["dbt.current_timestamp()", "now()", "current_timestamp()"],
    ["dbt.snapshot_get_time()", "now()::timestamp", "current_timestamp()"],
    ["dbt.get_powers_of_two(5)", "3", "3"],
    [
      "dbt.type_numeric() ~ dbt.type_boolean() ~ dbt.type_bigint()",
      "numeric(28,6)BOOLEANbigint",
      "numericbooleanbigint",
    ],
    [
      "dbt.partition_range('20240228,20240301')",
      "['20240228', '20240229', '20240301']",
      "['20240228', '20240229', '20240301']",
    ],
    ["generate_schema_name('x') ~ generate_schema_name()", "main_xmain", "main_xmain"],
    ["generate_alias_name(none, {'name': 'n', 'version': '1.2'}) ~ generate_alias_name('a', {})", "n_v1_2a", "n_v1_2a"],
    ["generate_database_name('d') ~ generate_database_name()", "dshop", "dshop"],
    ["get_where_subquery(this)", '"shop"."marts"."dau"', '"shop"."marts"."dau"'],
    [
      "get_insert_into_sql('t', 's', [api.Column('a', 'INT')])",
      'insert into t ("a") ( select "a" from s )',
      "insert into t (`a`) ( select `a` from s )",
    ],
  ])("%s", (expression, duckdb, bigquery) => {
    expect(inBoth(expression)).toEqual([duckdb, bigquery.replaceAll('"shop"."marts"."dau"', "`shop`.`marts`.`dau`")]);
  });

  it("are sound templates, each found by its name", () => {
    expect([...builtinMacroNames()].filter((name) => builtinMacro(name) === undefined)).toEqual([]);
    expect(builtinMacro("constructor")).toBeUndefined();
  });

  it("tell what they cannot take", () => {
    expect(renderInContext("{{ dbt.get_powers_of_two(0) }}")).toContain("The upper bound has to be positive.");
    expect(renderInContext("{{ dbt.dates_in_range('20240102', '20240101') }}")).toContain(
      "The end date lies before the start date 20240102.",
    );
  });
});
