import { describe, expect, it } from "vitest";
import { literalSettings, parseLiteralSettings, told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { type DeclaredSource, declareSources } from "./declare-sources.ts";
import { parseProperties } from "./parse-properties.ts";
import { parseYaml } from "./parse-yaml.ts";

interface Declared {
  readonly sources: readonly DeclaredSource[];
  readonly told: readonly string[];
}

function declare(files: Readonly<Record<string, string>>, settings = ""): Declared {
  const { parsed } = parseLiteralSettings(literalSettings + settings);
  if (parsed === undefined) throw new Error("the settings have a fault");
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const declarations = Object.entries(files).flatMap(([path, text]) => {
    const yaml = parseYaml({ path, text });
    if (!yaml.ok) throw new Error(yaml.diagnostics.map(told).join("\n"));
    return parseProperties(yaml.value, report).sources;
  });
  const context = { settings: parsed.settings, configs: parsed.configs.source, report };
  return { sources: declareSources(declarations, context), told: diagnostics.map(told) };
}

describe("a source table", () => {
  it("has dbt's names, and is where its source says", () => {
    const text =
      "sources: [{ name: raw, schema: landing, tables: [{ name: events, identifier: e2 }, { name: users }] }]\n";
    const { sources } = declare({ "models/staging/web/sources.yml": text });
    expect(sources.map(({ source }) => source)).toMatchObject([
      {
        uniqueId: "source.shop.raw.events",
        fqn: ["shop", "staging", "web", "raw", "events"],
        relation: { database: "shop", schema: "landing", identifier: "e2" },
        path: "models/staging/web/sources.yml",
        patchPath: "models/staging/web/sources.yml",
      },
      { uniqueId: "source.shop.raw.users", relation: { schema: "landing", identifier: "users" } },
    ]);
  });

  it.each([
    ["sources.yml", "", ["shop", "s", "t"]],
    ["models/sources.yml", "", ["shop", "s", "t"]],
    ["seeds/more/s.yml", "", ["shop", "more", "s", "t"]],
    ["src/sql/deep/s.yml", "model-paths: [src, src/sql]\n", ["shop", "deep", "s", "t"]],
  ])("declared in %s lies in the folders below its model path", (path, settings, fqn) => {
    const { sources } = declare({ [path]: "sources: [{ name: s, tables: [{ name: t }] }]\n" }, settings);
    expect(sources[0]?.source.fqn).toEqual(fqn);
  });

  it("is configured by the project file, then its source, then itself", () => {
    const { sources, told: all } = declare(
      {
        "sources.yml":
          "sources: [{ name: s, tags: [b], meta: { x: 1 }, tables: [{ name: t, config: { tags: c, meta: { x: 2 } } }] }]\n",
      },
      "sources: { shop: { s: { +tags: a, +meta: { y: 3 } } } }\n",
    );
    expect(all).toEqual([]);
    expect(sources[0]?.source).toMatchObject({ tags: ["a", "b", "c"], config: { meta: { x: 2, y: 3 } } });
  });

  it("that is switched off is there, but off, and nothing is asked of its ingest", () => {
    const { sources, told: all } = declare({
      "a.yml":
        "sources: [{ name: s, config: { enabled: false }, tables: [{ name: t, ingest: { from: a, to: b, id: c, event_time: d, file: e } }] }]\n",
      "b.yml": "sources: [{ name: s, tables: [{ name: t }] }]\n",
    });
    expect(sources.map(({ isEnabled, source }) => [isEnabled, source.ingest])).toEqual([
      [false, undefined],
      [true, undefined],
    ]);
    expect(all).toEqual([]);
  });

  it("may not be declared twice", () => {
    const { sources, told: all } = declare({
      "a.yml": "sources: [{ name: s, tables: [{ name: t }, { name: u }] }]\n",
      "b.yml": "sources: [{ name: s, tables: [{ name: v }, { name: t }] }]\n",
    });
    expect(all).toEqual([
      'error duplicate-name b.yml:1:52 «t» The source table "s.t" is declared twice. | It is declared here already. a.yml:1:39 «t»',
    ]);
    expect(sources.map(({ source }) => source.name)).toEqual(["t", "u", "v"]);
  });

  it("has a config that is checked", () => {
    const text =
      "sources: [{ name: s, config: { enabled: 'no', freshness: { warn_after: {} } }, tables: [{ name: t }] }]\n";
    expect(declare({ "a.yml": text }).told).toEqual([
      'error config-value a.yml:1:32 «enabled» The config "enabled" is true or false, found "no".',
    ]);
  });
});

const columns = `
          - { name: uuid, data_type: STRING }
          - { name: ts, data_type: timestamp }
          - { name: user }
          - { name: pull, data_type: string }
          - { name: dl_updated_at, description: Added. }`;

function ingested(ingest: string, ownColumns = columns): Declared {
  return declare({
    "s.yml": `sources:
  - name: s
    tables:
      - name: t
        ingest: ${ingest}
        columns: ${ownColumns}
`,
  });
}

describe("an ingested table", () => {
  it("gets its declared columns in their order, but for those that tsdbt adds", () => {
    const { sources, told: all } = ingested(
      "{ from: raw, to: staged, id: uuid, event_time: ts, file: pull, required: [user], keys: { ts: timestamp } }",
    );
    expect(all).toEqual([]);
    expect(sources[0]?.source.ingest).toEqual({
      source: "s.t",
      from: "raw",
      to: "staged",
      columns: [
        { role: "id", name: "uuid", key: "uuid", required: false },
        { role: "eventTime", name: "ts", key: "timestamp", required: false },
        { role: "text", name: "user", key: "user", required: true },
        { role: "file", name: "pull" },
      ],
    });
    expect(sources[0]?.source.columns.map(({ name }) => name)).toEqual(["uuid", "ts", "user", "pull", "dl_updated_at"]);
  });

  const sound = "from: raw, to: staged, id: uuid, event_time: ts, file: pull";

  it.each([
    [
      "{ from: raw, to: staged, id: uid, event_time: ts, file: pull }",
      'error unknown-column s.yml:5:46 «uid» There is no column "uid" among the table\'s columns. → Did you mean "uuid"?',
    ],
    [
      "{ from: raw, to: staged, id: uuid, event_time: moment, file: pull }",
      'error unknown-column s.yml:5:64 «moment» There is no column "moment" among the table\'s columns. → Declare it under "columns".',
    ],
    [
      `{ ${sound}, required: usr }`,
      'error unknown-column s.yml:5:90 «usr» There is no column "usr" among the table\'s columns. → Did you mean "user"?',
    ],
    [
      `{ ${sound}, keys: { usr: x } }`,
      'error unknown-column s.yml:5:88 «usr» There is no column "usr" among the table\'s columns. → Did you mean "user"?',
    ],
    [
      `{ ${sound}, keys: { dl_updated_at: x } }`,
      'error unknown-column s.yml:5:88 «dl_updated_at» There is no column "dl_updated_at" among the table\'s columns. → Declare it under "columns".',
    ],
    [
      "{ from: raw, to: staged, id: uuid, event_time: ts, file: uuid }",
      'error ingest-role s.yml:5:74 «uuid» The column "uuid" has another role already.',
    ],
    [
      `{ ${sound}, keys: { pull: x } }`,
      'error ingest-role s.yml:5:88 «pull» The column "pull" gets the pull\'s name, not a key of its records.',
    ],
    [
      `{ ${sound}, required: [pull] }`,
      'error ingest-role s.yml:5:91 «pull» The column "pull" gets the pull\'s name, not a key of its records.',
    ],
  ])("is told of a mistake in its mapping: %s", (ingest, expected) => {
    expect(ingested(ingest).told.filter((line) => !line.includes("ingest-type"))).toEqual([expected]);
  });

  it("is not staged by a mapping that lacks something", () => {
    const { sources, told: all } = ingested("{ from: raw }");
    expect(all.map((line) => line.replace(/^.* needs the key /u, ""))).toEqual([
      '"to".',
      '"id".',
      '"event_time".',
      '"file".',
    ]);
    expect(sources[0]?.source.ingest).toBeUndefined();
  });

  it("keeps values as text, and the event time as a TIMESTAMP", () => {
    const types =
      "[{ name: uuid, data_type: INT64 }, { name: ts, data_type: DATE }, { name: pull, data_type: VARCHAR }]";
    expect(ingested(`{ ${sound} }`, types).told).toEqual([
      'error ingest-type s.yml:6:44 «INT64» The column "uuid" is declared as INT64, but ingest keeps values as text. → Declare it as STRING and use safe_cast in a model.',
      'error ingest-type s.yml:6:76 «DATE» The column "ts" is declared as DATE, but the event time is a TIMESTAMP.',
    ]);
  });

  it("has no column that is named like one of tsdbt's but for its case", () => {
    const names = "[{ name: uuid }, { name: ts }, { name: pull }, { name: Position }]";
    expect(ingested(`{ ${sound} }`, names).told).toEqual([
      'error duplicate-column s.yml:6:73 «Position» tsdbt itself adds the column "position" to an ingested table.',
    ]);
  });

  it("is staged in a folder of its own", () => {
    const table = (name: string, to: string): string =>
      `{ name: ${name}, columns: [{ name: a }, { name: b }, { name: c }], ingest: { from: raw, to: ${to}, id: a, event_time: b, file: c } }`;
    const { told: all } = declare({
      "s.yml": `sources: [{ name: s, tables: [${table("t", "x/y")}, ${table("u", "./x/y/")}] }]\n`,
    });
    expect(all).toEqual([
      'error ingest-folder s.yml:1:243 «./x/y/» Another table is staged in "./x/y/" already. | The other table is staged here. s.yml:1:117 «x/y»',
    ]);
  });
});
