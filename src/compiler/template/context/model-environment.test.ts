import { describe, expect, it } from "vitest";
import { literalSettings, parseLiteralSettings, told } from "../../../../test/literal-project.ts";
import { spanText } from "../../../domain/source-file.ts";
import { originalPlace } from "../../../domain/sql.ts";
import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { macrosOfProject } from "./project-macros.ts";
import { modelEnvironment, type ProjectMacros, usesBrokenMacro } from "./model-environment.ts";
import type { ModelScope } from "./model-scope.ts";
import { type Recording, startRecording } from "./recording.ts";
import { relationValue } from "./relation-value.ts";

const settings = parseLiteralSettings(`${literalSettings}vars: { days: 30 }\n`).parsed?.settings;
if (settings === undefined) throw new Error("the settings have a fault");

const scope: Omit<ModelScope, "recording"> = {
  settings,
  inputs: { environment: { HOME: "/home", EMPTY: "" }, vars: {}, targetName: undefined },
  resource: {
    uniqueId: "model.shop.dau",
    name: "dau",
    packageName: "shop",
    fqn: ["shop", "dau"],
    path: "models/dau.sql",
  },
  dialect: "duckdb",
  relation: { database: "shop", schema: "marts", identifier: "dau" },
  mode: "full",
  phase: "compile",
  config: { materialized: "table", meta: { owner: "me" }, unique_key: null },
  reference: ({ name }) => relationValue({ database: "shop", schema: "main", identifier: name }, "duckdb"),
  source: ({ source, table }) => relationValue({ database: "shop", schema: source, identifier: table }, "duckdb"),
};

const noMacros = macrosOfProject("shop", new Map());

interface Rendered {
  /** The text, or what is told of the fault. */
  readonly text: string;
  readonly recording: Recording;
}

function render(template: string, given: Partial<ModelScope> = {}, macros: ProjectMacros = noMacros): Rendered {
  const recording = startRecording();
  const parsed = parseTemplate({ path: "models/dau.sql", text: template });
  const environment = modelEnvironment({ ...scope, ...given, recording }, macros);
  const rendered = parsed.ok ? renderTemplate(parsed.value, environment) : parsed;
  return { text: rendered.ok ? rendered.value.text : rendered.diagnostics.map(told).join("; "), recording };
}

function macrosOf(text: string): ProjectMacros {
  const parsed = parseTemplate({ path: "macros/m.sql", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  const macros = parsed.value.macros.map(
    (definition) => [definition.name, { uniqueId: `macro.shop.${definition.name}`, definition }] as const,
  );
  return macrosOfProject("shop", new Map(macros));
}

describe("references in a model", () => {
  it("become relations, and are recorded with their places", () => {
    const { text, recording } = render("{{ ref('a') }} {{ ref('pkg', 'b') }} {{ source('raw', 'c') }}");
    expect(text).toBe('"shop"."main"."a" "shop"."main"."b" "shop"."raw"."c"');
    expect(recording.refs.map(({ packageName, name, span }) => [packageName, name, spanText(span)])).toEqual([
      [undefined, "a", "ref('a')"],
      ["pkg", "b", "ref('pkg', 'b')"],
    ]);
    expect(recording.sources.map(({ source, table }) => [source, table])).toEqual([["raw", "c"]]);
  });

  it("may be given by name, for a source", () => {
    expect(render("{{ source(table_name='c', source_name='raw') }}").text).toBe('"shop"."raw"."c"');
  });

  it.each([
    [
      "{{ ref() }}",
      'error reference models/dau.sql:1:4 «ref()» "ref" takes the name of a model, with its package before it where it has to be told.',
    ],
    [
      "{{ ref('a', 'b', 'c') }}",
      "error reference models/dau.sql:1:4 «ref('a', 'b', 'c')» \"ref\" takes the name of a model, with its package before it where it has to be told.",
    ],
    [
      "{{ ref(name='a') }}",
      "error reference models/dau.sql:1:4 «ref(name='a')» \"ref\" takes the name of a model, with its package before it where it has to be told.",
    ],
    [
      "{{ ref(5) }}",
      'error reference models/dau.sql:1:4 «ref(5)» "ref" takes the name of the model as text, found a whole number.',
    ],
    [
      "{{ source('a') }}",
      'error missing-argument models/dau.sql:1:4 «source(\'a\')» "source" needs the argument "table_name".',
    ],
    [
      "{{ source('a', none) }}",
      "error reference models/dau.sql:1:4 «source('a', none)» \"source\" takes the name of the table as text, found none.",
    ],
  ])("with a fault are told: %s", (template, expected) => {
    expect(render(template).text).toBe(expected);
  });
});

describe("a relation in a template", () => {
  it.each([
    ["{{ this }}", '"shop"."marts"."dau"'],
    [
      "{{ this.database }} {{ this.schema }} {{ this.identifier }} {{ this.name }} {{ this.table }}",
      "shop marts dau dau dau",
    ],
    ["{{ this.project }} {{ this.dataset }}", "shop marts"],
    ["{{ this.render() }}", '"shop"."marts"."dau"'],
    ["{{ this == this }} {{ this == ref('dau') }} {{ this == 'x' }}", "True False False"],
    ["{{ schema }} {{ database }} {{ project_name }}", "marts shop shop"],
  ])("%s is %s", (template, expected) => {
    expect(render(template).text).toBe(expected);
  });

  it("has no attributes but its own", () => {
    expect(render("{{ this.constructor }}").text).toContain("models/dau.sql:1:");
    expect(render("{{ this.nope }}").text).toMatch(/^error \S+ /u);
  });

  it("is quoted in the author's dialect, its own quotes escaped", () => {
    const relation = { database: 'a"b', schema: "c`d", identifier: "e" };
    expect(render("{{ this }}", { relation }).text).toBe('"a""b"."c`d"."e"');
    expect(render("{{ this }}", { relation, dialect: "bigquery" }).text).toBe('`a"b`.`c\\`d`.`e`');
  });
});

describe("the run mode", () => {
  it("is what is_incremental() answers, and that it was asked is recorded", () => {
    expect(render("{{ is_incremental() }}")).toMatchObject({ text: "False", recording: { asksForRunMode: true } });
    expect(render("{{ is_incremental() }}", { mode: "incremental" }).text).toBe("True");
    expect(render("select 1").recording.asksForRunMode).toBe(false);
  });
});

describe("config in a template", () => {
  it("sets values by name and by a dictionary, each at its call, and prints nothing", () => {
    const { text, recording } = render("{{ config({'a': [1, 2.5]}, b='x') }}|{{ config(c=none) }}");
    expect(text).toBe("|");
    expect(recording.config.map(({ key, value, span }) => [key, value, spanText(span)])).toEqual([
      ["a", [1, 2.5], "config({'a': [1, 2.5]}, b='x')"],
      ["b", "x", "config({'a': [1, 2.5]}, b='x')"],
      ["c", null, "config(c=none)"],
    ]);
  });

  it("gives values back once they are known", () => {
    const template =
      "{{ config.get('materialized') }} {{ config.get('meta').owner }} {{ config.get('nope', 'x') }} {{ config.get('nope') }}";
    expect(render(template).text).toBe("table me x None");
    expect(render("{{ config.require('materialized') }}").text).toBe("table");
    expect(render("{{ config.get('constructor') }}").text).toBe("None");
    expect(render("{{ config.get('unique_key', 'x') }}").text).toBe("None");
  });

  it("gives nothing while they are gathered, and it is recorded that they were asked for", () => {
    const { text, recording } = render("[{{ config.get('a', 1) }}{{ config.require('b') }}]", { config: undefined });
    expect([text, recording.asksForConfig]).toEqual(["[]", true]);
    expect(render("{{ config(a=1) }}", { config: undefined }).recording.asksForConfig).toBe(false);
  });

  it.each([
    [
      "{{ config('a') }}",
      "error config models/dau.sql:1:4 «config('a')» \"config\" takes its values by name, or one dictionary.",
    ],
    [
      "{{ config({}, {}) }}",
      'error config models/dau.sql:1:4 «config({}, {})» "config" takes its values by name, or one dictionary.',
    ],
    [
      "{{ config.require('nope') }}",
      'error config models/dau.sql:1:4 «config.require(\'nope\')» "dau" has no config "nope".',
    ],
    [
      "{{ config.get(5) }}",
      'error config models/dau.sql:1:4 «config.get(5)» "config.get" takes the name of a config as text.',
    ],
  ])("with a fault is told: %s", (template, expected) => {
    expect(render(template).text).toBe(expected);
  });
});

describe("what a template says besides its text", () => {
  it("are messages, from log with info and from print", () => {
    const { text, recording } = render("{{ log('a') }}{{ log('b', info=true) }}{{ log([1], true) }}{{ print('c') }}");
    expect([text, recording.messages.map((message) => `${message.level} ${message.text}`)]).toEqual([
      "",
      ["debug a", "info b", "info [1]", "print c"],
    ]);
  });

  it("are warnings and errors, as sentences at the call", () => {
    const { recording } = render("{{ exceptions.warn('mind this') }}");
    expect(recording.warnings.map(told)).toEqual([
      "warning raised models/dau.sql:1:4 «exceptions.warn('mind this')» mind this.",
    ]);
    expect(render("{{ exceptions.raise_compiler_error('No such day!') }}").text).toBe(
      "error raised models/dau.sql:1:4 «exceptions.raise_compiler_error('No such day!')» No such day!",
    );
    expect(render("{{ exceptions.toString() }}").text).toMatch(/^error /u);
  });
});

describe("the macros of a project", () => {
  const macros = macrosOf("{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{% macro ref(x) %}mine{% endmacro %}");

  it("stand before tsdbt's own names, and those that were used are recorded", () => {
    const { text, recording } = render("{{ twice('a') }}{{ ref('b') }}{{ twice(1) }}", {}, macros);
    expect(text).toBe("aamine11");
    expect([...recording.macros]).toEqual(["macro.shop.twice", "macro.shop.ref"]);
    expect(recording.refs).toEqual([]);
  });

  it("see what a model sees", () => {
    const own = macrosOf("{% macro all() %}{{ this }} {{ var('days') }}{% endmacro %}");
    expect(render("{{ all() }}", {}, own).text).toBe('"shop"."marts"."dau" 30');
  });

  it("whose files have a fault give nothing, and it is known who used them", () => {
    const lost = { uniqueId: "macro.shop.lost", definition: undefined };
    const broken = macrosOfProject("shop", new Map([["lost", lost]]));
    const { text, recording } = render("[{{ lost(1, a=2) }}]", {}, broken);
    expect([text, usesBrokenMacro(recording, broken)]).toEqual(["[]", true]);
    expect(usesBrokenMacro(render("x", {}, broken).recording, broken)).toBe(false);
    expect(usesBrokenMacro(render("{{ twice(1) }}", {}, macros).recording, macros)).toBe(false);
  });
});

describe("a name that there is not", () => {
  it("is told, with a guess", () => {
    expect(render("{{ is_incrementl() }}").text).toContain('Did you mean "is_incremental"?');
    expect(render("{{ constructor }}").text).toMatch(/^error /u);
  });
});

describe("what is printed", () => {
  it("knows the call that it stands for", () => {
    const recording = startRecording();
    const parsed = parseTemplate({ path: "m.sql", text: "from {{ ref('a') }}" });
    if (!parsed.ok) throw new Error("the template has a fault");
    const rendered = renderTemplate(parsed.value, modelEnvironment({ ...scope, recording }, noMacros));
    const place = rendered.ok ? originalPlace(rendered.value, 5, 9)?.span : undefined;
    expect(place && spanText(place)).toBe("ref('a')");
  });
});
