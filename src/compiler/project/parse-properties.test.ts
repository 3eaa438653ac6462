import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { spanText } from "../../domain/source-file.ts";
import { parseProperties, type Properties } from "./parse-properties.ts";
import { parseYaml } from "./parse-yaml.ts";

function parse(text: string): { readonly properties: Properties; readonly told: readonly string[] } {
  const parsed = parseYaml({ path: "p.yml", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  const diagnostics: Diagnostic[] = [];
  const properties = parseProperties(parsed.value, (each) => diagnostics.push(each));
  return { properties, told: diagnostics.map(told) };
}

describe("what a property file declares", () => {
  it("are models and seeds with columns, tests and config", () => {
    const { properties, told: all } = parse(`
version: 2
models:
  - name: dau
    description: Daily active users.
    docs: { show: false }
    tags: daily
    meta: { owner: me }
    config: { materialized: table, tags: [core] }
    columns:
      - name: cnt
        description: Users.
        data_type: INT64
        quote: true
        tags: [a]
        meta: { x: 1 }
        config: { tags: b, meta: { y: 2 }, owner: me }
        data_tests: [not_null]
    data_tests:
      - unique: { arguments: { column_name: cnt } }
seeds:
  - name: countries
`);
    expect(all).toEqual([]);
    const [dau] = properties.models;
    expect(dau?.name.value).toBe("dau");
    expect(dau?.description).toBe("Daily active users.");
    expect(dau?.config.map(({ key, value, span }) => [key, value, spanText(span)])).toEqual([
      ["tags", "daily", "daily"],
      ["meta", { owner: "me" }, "{ owner: me }"],
      ["materialized", "table", "materialized"],
      ["tags", ["core"], "tags"],
    ]);
    expect(dau?.columns).toMatchObject([
      {
        name: "cnt",
        description: "Users.",
        dataType: { value: "INT64" },
        tags: ["b", "a"],
        meta: { x: 1, y: 2 },
        tests: [{ test: "not_null", column: { name: { value: "cnt" }, isQuoted: true, tags: ["b", "a"] } }],
      },
    ]);
    expect(dau?.tests).toMatchObject([{ test: "unique", column: undefined }]);
    expect(properties.seeds).toMatchObject([{ name: { value: "countries" }, description: "", columns: [], tests: [] }]);
  });

  it("are sources, one table each, with what their source says for all", () => {
    const { properties, told: all } = parse(`
sources:
  - name: raw
    database: lake
    schema: landing
    description: All that comes in.
    config: { enabled: true }
    loader: a pipe
    tables:
      - name: events
        identifier: events_v2
        description: Clicks.
        config: { tags: [x] }
        columns: [{ name: id, data_tests: [unique] }]
        data_tests: [some_test]
      - name: users
  - name: other
    tables: [{ name: t }]
`);
    expect(all).toEqual([]);
    expect(properties.sources).toMatchObject([
      {
        source: { value: "raw" },
        table: { value: "events" },
        sourceDescription: "All that comes in.",
        description: "Clicks.",
        database: "lake",
        schema: "landing",
        identifier: "events_v2",
        sourceConfig: [{ key: "enabled", value: true }],
        tableConfig: [{ key: "tags", value: ["x"] }],
        columns: [{ name: "id", tests: [{ test: "unique" }] }],
        tests: [{ test: "some_test" }],
      },
      { table: { value: "users" }, schema: "landing", identifier: "users", description: "" },
      { table: { value: "t" }, database: undefined, schema: "other", identifier: "t", ingest: undefined },
    ]);
  });

  it("is what ingest is asked for", () => {
    const { properties } = parse(`
sources:
  - name: s
    tables:
      - name: t
        ingest: { from: raw, to: staged, id: uuid, event_time: ts, file: f, required: user, keys: { ts: timestamp } }
`);
    expect(properties.sources[0]?.ingest).toMatchObject({
      from: { value: "raw" },
      to: { value: "staged" },
      id: { value: "uuid" },
      eventTime: { value: "ts" },
      file: { value: "f" },
      required: [{ value: "user" }],
      keys: [{ column: { value: "ts" }, key: "timestamp" }],
    });
  });

  it("may be nothing", () => {
    expect(parse("").properties).toEqual({
      models: [],
      seeds: [],
      snapshots: [],
      sources: [],
      tests: [],
      unitTests: [],
      analyses: [],
      exposures: [],
      groups: [],
    });
    expect(parse("models:\nsources: []\n").told).toEqual([]);
  });

  it("may be names that YAML would take for something else", () => {
    const { properties } = parse("models: [{ name: on, columns: [{ name: no }, { name: 1.0 }] }]\n");
    expect(properties.models[0]?.name.value).toBe("on");
    expect(properties.models[0]?.columns.map(({ name }) => name)).toEqual(["no", "1.0"]);
  });
});

describe("a property file with a fault", () => {
  it.each([
    ["- a\n", "error yaml-type p.yml:1:1 «- a\n» Expected a property file, found a list."],
    [
      "modles: []\n",
      'error unknown-key p.yml:1:1 «modles» There is no key "modles" in a property file. → Did you mean "models"?',
    ],
    ["models: { name: a }\n", "error yaml-type p.yml:1:9 «{ name: a }» Expected a list, found a mapping."],
    ["models: [a]\n", 'error yaml-type p.yml:1:10 «a» Expected a model, found "a".'],
    ["seeds: [~]\n", "error yaml-type p.yml:1:9 «~» Expected a seed, found nothing."],
    ["models: [{ description: x }]\n", 'error missing-key p.yml:1:12 «description» A model needs the key "name".'],
    ["seeds: [{ config: {} }]\n", 'error missing-key p.yml:1:11 «config» A seed needs the key "name".'],
    [
      "models: [{ name: a, decription: x }]\n",
      'error unknown-key p.yml:1:21 «decription» There is no key "decription" in a model. → Did you mean "description"?',
    ],
    ["models: [{ name: a, description: ~ }]\n", "error yaml-type p.yml:1:34 «~» Expected text, found nothing."],
    ["models: [{ name: a, config: x }]\n", 'error yaml-type p.yml:1:29 «x» Expected a mapping, found "x".'],
    [
      "models: [{ name: a, columns: { x: 1 } }]\n",
      "error yaml-type p.yml:1:30 «{ x: 1 }» Expected a list, found a mapping.",
    ],
    [
      "models: [{ name: a, columns: [{ nme: x }] }]\n",
      'error unknown-key p.yml:1:33 «nme» There is no key "nme" in a column. → Did you mean "name"?',
    ],
    ["models: [{ name: a, columns: [x] }]\n", 'error yaml-type p.yml:1:31 «x» Expected a column, found "x".'],
    [
      "models: [{ name: a, columns: [{ name: x, quote: 'yes' }] }]\n",
      "error yaml-type p.yml:1:49 «'yes'» Expected true or false, found \"yes\".",
    ],
    [
      "models: [{ name: a, columns: [{ name: x, config: { tgs: [] } }] }]\n",
      'error unknown-key p.yml:1:52 «tgs» There is no key "tgs" in the config of a column. → Did you mean "tags"?',
    ],
    [
      "models: [{ name: a, columns: [{ name: x }, { name: X }] }]\n",
      'error duplicate-column p.yml:1:52 «X» The column "X" is described twice. | It is described here already. p.yml:1:39 «x»',
    ],
    ["sources: [{ tables: [] }]\n", 'error missing-key p.yml:1:13 «tables» A source needs the key "name".'],
    [
      "sources: [{ name: s, shema: x }]\n",
      'error unknown-key p.yml:1:22 «shema» There is no key "shema" in a source. → Did you mean "schema"?',
    ],
    [
      "sources: [{ name: s, tables: [{ name: t, identifer: x }] }]\n",
      'error unknown-key p.yml:1:42 «identifer» There is no key "identifer" in a source table. → Did you mean "identifier"?',
    ],
    [
      "sources: [{ name: s, tables: [{ identifier: x }] }]\n",
      'error missing-key p.yml:1:33 «identifier» A source table needs the key "name".',
    ],
    [
      "sources: [{ name: s, tables: [{ name: t, ingest: ~ }] }]\n",
      "error yaml-type p.yml:1:50 «~» Expected an ingest mapping, found nothing.",
    ],
    [
      "functions: []\n",
      'warning unsupported-key p.yml:1:1 «functions» tsdbt does not honour "functions" yet; it is passed over.',
    ],
    [
      "sources: [{ name: s, quoting: {} }]\n",
      'warning unsupported-key p.yml:1:22 «quoting» tsdbt does not honour "quoting" yet; it is passed over.',
    ],
  ])("is told: %j", (text, expected) => {
    expect(parse(text).told).toEqual([expected]);
  });

  it("is told in each of its mistakes, and what is right is there", () => {
    const { properties, told: all } = parse(`
models:
  - name: a
    colums: []
  - descripton: b
  - name: c
    columns:
      - name: x
      - descriptio: y
`);
    expect(all).toEqual([
      'error unknown-key p.yml:4:5 «colums» There is no key "colums" in a model. → Did you mean "columns"?',
      'error unknown-key p.yml:5:5 «descripton» There is no key "descripton" in a model. → Did you mean "description"?',
      'error missing-key p.yml:5:5 «descripton» A model needs the key "name".',
      'error unknown-key p.yml:9:9 «descriptio» There is no key "descriptio" in a column. → Did you mean "description"?',
      'error missing-key p.yml:9:9 «descriptio» A column needs the key "name".',
    ]);
    expect(properties.models.map(({ name }) => name.value)).toEqual(["a", "c"]);
    expect(properties.models[1]?.columns.map(({ name }) => name)).toEqual(["x"]);
  });

  it("is told for each key that an ingest mapping lacks or does not know", () => {
    const { told: all } = parse(
      "sources: [{ name: s, tables: [{ name: t, ingest: { frm: raw, fil: f, keys: { a: [] } } }] }]\n",
    );
    expect(all).toEqual([
      'error unknown-key p.yml:1:52 «frm» There is no key "frm" in an ingest mapping. → Did you mean "from"?',
      'error unknown-key p.yml:1:62 «fil» There is no key "fil" in an ingest mapping. → Did you mean "file"?',
      'error missing-key p.yml:1:52 «frm» An ingest mapping needs the key "to".',
      'error missing-key p.yml:1:52 «frm» An ingest mapping needs the key "id".',
      'error missing-key p.yml:1:52 «frm» An ingest mapping needs the key "event_time".',
      "error yaml-type p.yml:1:81 «[]» Expected text, found a list.",
    ]);
  });
});
