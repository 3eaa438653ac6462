import { describe, expect, it } from "vitest";
import { packageOf, renderInContext } from "../../../../test/context/render-in-context.ts";
import type { ProjectMacros } from "./project-macros.ts";

function expectTexts(cases: readonly (readonly [template: string, text: string])[]): void {
  const found = cases.map(([template]) => [template, renderInContext(template)]);
  expect(found).toEqual(cases);
}

describe("what a template knows of its call", () => {
  it("is the logical time, the id, the options", () => {
    expectTexts([
      ["{{ run_started_at }}", "2024-02-29 12:30:45+00:00"],
      [
        "{{ run_started_at.strftime('%Y%m%d') }} {{ run_started_at.isoformat() }}",
        "20240229 2024-02-29T12:30:45+00:00",
      ],
      [
        "{{ invocation_id }} {{ flags.WHICH }} {{ flags.FULL_REFRESH }} {{ flags.STORE_FAILURES }}",
        "1234 run True False",
      ],
      ["{{ invocation_args_dict.vars.a }} {{ dbt_metadata_envs }} {{ thread_id }}", "1 {'TEAM': 'core'} Thread-1"],
      ["{{ execute }} {{ project_name }} {{ selected_resources }}", "True shop []"],
      ["{{ dbt_version.split('.')[0] }} {{ should_full_refresh() }} {{ dbt.should_store_failures() }}", "1 True False"],
    ]);
  });
});

describe("Python's modules", () => {
  it("have dates and times", () => {
    const dt = "{% set dt = modules.datetime %}";
    expectTexts([
      [`${dt}{{ dt.date(2024, 2, 28) + dt.timedelta(days=2) }}`, "2024-03-01"],
      [`${dt}{{ (dt.date(2024, 3, 1) - dt.date(2024, 2, 1)).days }}`, "29"],
      [`${dt}{{ dt.datetime(2024, 1, 2, 3, 4, 5, 6) }}`, "2024-01-02 03:04:05.000006"],
      [
        `${dt}{{ [dt.date(2024, 1, 2), dt.datetime(2024, 1, 2)] }}`,
        "[datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 0, 0)]",
      ],
      [`${dt}{{ dt.datetime.strptime('2024-01-31 10:00', '%Y-%m-%d %H:%M').date() }}`, "2024-01-31"],
      [`${dt}{{ dt.datetime.now() }} {{ dt.date.today() }}`, "2024-02-29 12:30:45 2024-02-29"],
      [
        `${dt}{{ dt.datetime(2024, 1, 2) < dt.datetime(2024, 1, 3) }} {{ dt.date(2024, 1, 2) == dt.date(2024, 1, 2) }}`,
        "True True",
      ],
      [
        `${dt}{{ dt.timedelta(hours=25, minutes=-1) }} {{ dt.timedelta(hours=36).total_seconds() }}`,
        "1 day, 0:59:00 129600.0",
      ],
      [
        `${dt}{{ dt.datetime(2024, 7, 4, 12).strftime('%a %d %b %j %U %W %V %p %I') }}`,
        "Thu 04 Jul 186 26 27 27 PM 12",
      ],
      [`${dt}{{ dt.date(2024, 12, 30).isocalendar() }} {{ dt.date(2024, 12, 30).weekday() }}`, "(2025, 1, 1) 0"],
      [`${dt}{{ {dt.date(2024, 1, 1): 'a'}[dt.date(2024, 1, 1)] }}`, "a"],
      [
        "{{ modules.pytz.timezone('Europe/Berlin').localize(modules.datetime.datetime(2024, 7, 1, 12)) }}",
        "2024-07-01 12:00:00+02:00",
      ],
      ["{{ run_started_at.astimezone(modules.pytz.timezone('America/New_York')) }}", "2024-02-29 07:30:45-05:00"],
      ["{{ run_started_at.replace(day=1, hour=0, minute=0).timestamp() }}", "1706745645.0"],
    ]);
  });

  it("have patterns", () => {
    expectTexts([
      ["{{ modules.re.sub('[aeiou]', '', 'template') }}", "tmplt"],
      ["{{ modules.re.match('(?P<year>\\d+)-(\\d+)', '2024-02').group('year') }}", "2024"],
      ["{{ modules.re.match('b', 'ab') }} {{ modules.re.search('b', 'ab').start() }}", "None 1"],
      [
        "{{ modules.re.findall('(\\w)(\\d)', 'a1 b2') }} {{ modules.re.split(',\\s*', 'a, b,c') }}",
        "[('a', '1'), ('b', '2')] ['a', 'b', 'c']",
      ],
      ["{{ modules.re.sub('(\\w+) (\\w+)', '\\\\2 \\\\g<1>', 'a b') }}", "b a"],
      [
        "{{ modules.re.compile('A', modules.re.IGNORECASE).fullmatch('a').group() }} {{ modules.re.escape('a.b') }}",
        "a a\\.b",
      ],
    ]);
  });

  it("have combinations", () => {
    expectTexts([
      ["{{ modules.itertools.product([1, 2], ['a']) | list }}", "[(1, 'a'), (2, 'a')]"],
      ["{{ modules.itertools.combinations([1, 2, 3], 2) | list }}", "[(1, 2), (1, 3), (2, 3)]"],
      [
        "{{ modules.itertools.chain([1], [2, 3]) | list }} {{ modules.itertools.zip_longest([1, 2], [3]) | list }}",
        "[1, 2, 3] [(1, 3), (2, None)]",
      ],
    ]);
  });
});

describe("functions that make values of values", () => {
  it("read and write JSON and YAML, or give the default", () => {
    expectTexts([
      ["{{ fromjson('{\"a\": [1, 2.5]}')['a'] }} {{ fromjson('{', 'x') }}", "[1, 2.5] x"],
      [
        "{{ tojson({'b': 1, 'a': none}) }} {{ tojson({'b': 1, 'a': 2}, sort_keys=true) }}",
        '{"b": 1, "a": null} {"a": 2, "b": 1}',
      ],
      ["{{ fromyaml('a: [1, x]')['a'] }} {{ fromyaml('a: [', 'd') }}", "[1, 'x'] d"],
      ["{{ toyaml({'a': [1, 'yes'], 'b': {'c': ''}}) }}", "a:\n- 1\n- 'yes'\nb:\n  c: ''\n"],
    ]);
  });

  it("make sets, pairs, hashes, differences", () => {
    expectTexts([
      ["{{ set([1, 2, 2]) }} {{ set(5, 'x') }} {{ set([1, 2]) - set([1]) }} {{ 1 in set([1]) }}", "{1, 2} x {2} True"],
      [
        "{{ zip([1, 2], ['a', 'b']) | list }} {{ zip(1, default='x') }} {{ zip_strict([1], [2]) | list }}",
        "[(1, 'a'), (2, 'b')] x [(1, 2)]",
      ],
      ["{{ local_md5('a') }}", "0cc175b9c0f1b6a831c399e269772661"],
      ["{{ diff_of_two_dicts({'a': ['x', 'y'], 'b': ['z']}, {'A': ['X']}) }}", "{'a': ['y'], 'b': ['z']}"],
    ]);
    expect(renderInContext("{{ set_strict(5) }}")).toContain("One cannot loop over a whole number.");
  });
});

describe("relations and columns that a template makes", () => {
  it("print as dbt's do", () => {
    const made = "{% set r = api.Relation.create(database='d', schema='s', identifier='i', type='view') %}";
    expectTexts([
      [`${made}{{ r }} {{ r.type }} {{ r.is_view }} {{ r.is_table }}`, '"d"."s"."i" view True False'],
      [`${made}{{ r.include(database=false) }} {{ r.quote(identifier=false) }}`, '"s"."i" "d"."s".i'],
      [
        `${made}{{ r.incorporate(path={'identifier': 'z'}, type='table') }} {{ r.replace_path(schema='t') }}`,
        '"d"."s"."z" "d"."t"."i"',
      ],
      [
        `${made}{{ r.without_identifier() }} {{ r.information_schema('tables') }}`,
        '"d"."s" "d".INFORMATION_SCHEMA.tables',
      ],
      [
        "{{ api.Relation.create(schema='s', identifier='i') }} {{ this.incorporate(type='table').type }}",
        '"s"."i" table',
      ],
      [
        "{{ api.Column('x', 'varchar').data_type }} {{ api.Column('x', 'varchar', 20).data_type }}",
        "character varying(256) character varying(20)",
      ],
      ["{{ api.Column('a b', 'INTEGER').quoted }} {{ api.Column('x', 'INTEGER').is_number() }}", '"a b" True'],
      [
        "{{ api.Column.translate_type('string') }} {{ api.Column.numeric_type('decimal', 10, 2) }}",
        "TEXT decimal(10,2)",
      ],
      ["{{ adapter.type() }} {{ adapter.quote('a') }} {{ adapter.quote_seed_column('a', false) }}", 'duckdb "a" a'],
    ]);
  });
});

describe("config, builtins and context", () => {
  it("are there by dbt's names", () => {
    expectTexts([
      [
        "{{ config.meta_get('owner') }} {{ config.meta_get('x', 'y') }} {{ config.persist_relation_docs() }}",
        "me y True",
      ],
      [
        "{{ builtins.ref('a') }} {{ context['this'] }} {{ context.get('nope', 'x') }}",
        '"shop"."main"."a" "shop"."marts"."dau" x',
      ],
      ["{{ model.unique_id }} {{ model.config.materialized }} {{ graph.nodes }}", "model.shop.dau table {}"],
      ["{{ render('{{ 1 + 1 }} {{ this.schema }}') }} {{ var.has_var('days') }}", "2 marts True"],
    ]);
    expect(renderInContext("{{ config.meta_require('x') }}")).toContain('The meta of "dau" has no "x".');
    expect(renderInContext("{{ exceptions.raise_database_error('No') }}")).toContain("No.");
    expect(renderInContext("{{ exceptions.missing_config(model, 'unique_key') }}")).toContain(
      'The config "unique_key" is missing.',
    );
  });
});

describe("macros of packages", () => {
  const macros: ProjectMacros = {
    root: "shop",
    packages: new Map([
      [
        "shop",
        packageOf("shop", "{% macro own() %}mine{% endmacro %}{% macro default__star() %}replaced{% endmacro %}"),
      ],
      [
        "kit",
        packageOf(
          "kit",
          `{% macro star() %}{{ return(adapter.dispatch('star', 'kit')()) }}{% endmacro %}
{% macro default__star() %}plain{% endmacro %}
{% macro pick() %}{{ return(adapter.dispatch('pick', 'kit')()) }}{% endmacro %}
{% macro default__pick() %}any{% endmacro %}{% macro duckdb__pick() %}duck{% endmacro %}
{% macro own() %}kit's{% endmacro %}{% macro calls() %}{{ own() }}{% endmacro %}`,
        ),
      ],
    ]),
    searchOrders: new Map(),
  };
  const render = (template: string, given: ProjectMacros = macros): string =>
    renderInContext(template, { macros: given });

  it("are called by the package's name, and a bare name is the project's", () => {
    expect(render("{{ kit.own() }} {{ own() }} {{ shop.own() }} {{ kit.calls() }}")).toBe("kit's mine mine mine");
    expect(render("{{ calls() }}")).toContain('There is no function or macro "calls".');
    expect(render("{{ kit.nope() }}")).toContain('There is no method "nope" on the package "kit".');
  });

  it("are dispatched to the project, then to the package, by the dialect first", () => {
    expect(render("{{ kit.star() }} {{ kit.pick() }}")).toBe("replaced duck");
    const searchOrders = new Map([["kit", ["kit", "shop"]]]);
    expect(render("{{ kit.star() }}", { ...macros, searchOrders })).toBe("plain");
    expect(render("{{ adapter.dispatch('nope', 'kit')() }}")).toContain(
      'Looked for "shop.duckdb__nope", "shop.default__nope", "kit.duckdb__nope", "kit.default__nope".',
    );
    expect(render("{{ adapter.dispatch('kit.star')() }}")).toContain("Write adapter.dispatch('star', 'kit').");
  });

  it("may replace those that come with tsdbt, which stay at hand as dbt's", () => {
    const own = packageOf(
      "shop",
      "{% macro default__length(e) %}len({{ e }}){% endmacro %}{% macro is_incremental() %}maybe{% endmacro %}",
    );
    const given: ProjectMacros = { root: "shop", packages: new Map([["shop", own]]), searchOrders: new Map() };
    expect(
      render("{{ length('a') }} {{ dbt.length('a') }} {{ is_incremental() }} {{ dbt.is_incremental() }}", given),
    ).toBe("len(a) len(a) maybe False");
  });
});

describe("while a template is parsed", () => {
  it("what the warehouse knows is unknown, and its parts are", () => {
    const parse = (template: string): string => renderInContext(template, { scope: { phase: "parse" } });
    expect(
      parse("{{ execute }} [{{ run_query('select 1').columns[0].values() }}] {{ run_query('select 1')[1:] }}"),
    ).toBe("False [] ");
    expect(
      parse(
        "{% for c in adapter.get_columns_in_relation(this) %}x{% endfor %}{{ adapter.get_relation('a', 'b', 'c').name }}|",
      ),
    ).toBe("|");
    expect(parse("{% call statement('x') %}{{ ref('a') }}{% endcall %}[{{ load_result('x').data }}]")).toBe("[]");
    expect(parse("[{{ run_query('select 1').x + 1 }}]")).toBe("[]");
    expect(parse("{{ run_query('select 1').x | int }}")).toContain("Put what uses an answer of the warehouse into");
  });
});
