import { describe, expect, it } from "vitest";
import { type LiteralInputs, literalSettings, parseLiteralSettings } from "../../../test/literal-project.ts";
import type { Settings } from "../../domain/settings.ts";
import { yamlData } from "./parse-yaml.ts";

function settings(text: string, inputs?: LiteralInputs): Settings {
  const { parsed, told } = parseLiteralSettings(text, inputs);
  if (parsed === undefined || told.length > 0) throw new Error(told.join("\n"));
  return parsed.settings;
}

function faults(text: string, inputs?: LiteralInputs): readonly string[] {
  return parseLiteralSettings(text, inputs).told;
}

const setup = { configOptions: {}, extensions: [], attachments: [], settings: {} };
const target = {
  type: "duckdb",
  name: "dev",
  path: "data/shop.duckdb",
  database: "shop",
  schema: "main",
  threads: 1,
  setup,
};

describe("the settings of a project file", () => {
  it("have defaults", () => {
    expect(settings(literalSettings)).toEqual({
      name: "shop",
      profileName: "shop",
      version: undefined,
      dialect: "bigquery",
      modelPaths: ["models"],
      macroPaths: ["macros"],
      seedPaths: ["seeds"],
      testPaths: ["tests"],
      snapshotPaths: ["snapshots"],
      analysisPaths: ["analyses"],
      packagesPath: "dbt_packages",
      targetPath: "target",
      cleanTargets: ["target"],
      vars: {},
      target,
      ledgerSchema: "_tsdbt",
    });
  });

  it("are what the file says", () => {
    const text = `
name: größe_2
version: 1.0
config-version: 2
dialect: duckdb
target: prod
targets:
  dev: { type: duckdb, path: dev.db }
  prod: { type: duckdb, path: prod.db, schema: marts, threads: 8 }
model-paths: [models, ./more/models/]
macro-paths: macros
seed-paths: [data]
target-path: out
ledger-schema: ledger
vars: { days: 30 }
require-dbt-version: ">=1.7"
`;
    expect(settings(text)).toEqual({
      name: "größe_2",
      profileName: "größe_2",
      version: "1.0",
      dialect: "duckdb",
      modelPaths: ["models", "more/models"],
      macroPaths: ["macros"],
      seedPaths: ["data"],
      testPaths: ["tests"],
      snapshotPaths: ["snapshots"],
      analysisPaths: ["analyses"],
      packagesPath: "dbt_packages",
      targetPath: "out",
      cleanTargets: ["out"],
      vars: { days: 30 },
      target: { type: "duckdb", name: "prod", path: "prod.db", database: "prod", schema: "marts", threads: 8, setup },
      ledgerSchema: "ledger",
    });
  });

  it("have the target that the command line names", () => {
    const text =
      "name: shop\ntarget: a\ntargets: { a: { type: duckdb, path: a.db }, b: { type: duckdb, path: b.db } }\n";
    expect(settings(text).target.name).toBe("a");
    expect(settings(text, { targetName: "b" }).target.name).toBe("b");
  });

  it("keep the configs of each type of resource as they are", () => {
    const { parsed } = parseLiteralSettings(
      `${literalSettings}models: { shop: { +enabled: true } }\ntests: { +severity: warn }\n`,
    );
    expect(parsed?.configs.model && yamlData(parsed.configs.model)).toEqual({ shop: { "+enabled": true } });
    expect(parsed?.configs.test && yamlData(parsed.configs.test)).toEqual({ "+severity": "warn" });
    expect(parsed?.configs.seed).toBeUndefined();
  });

  it("render the target with what comes from outside, and everything else with the target too", () => {
    const text = `
name: shop
target: "{{ env_var('WHERE', 'dev') }}"
targets:
  dev: { type: duckdb, path: "{{ var('file') }}.db", threads: "{{ var('threads') }}" }
  prod: { type: duckdb, path: prod.db, schema: live }
target-path: "target/{{ target.name }}"
models:
  +enabled: "{{ target.schema == 'live' }}"
  +post-hook: "select {{ this }}"
vars:
  later: "{{ target.schema }}"
`;
    const inputs = { vars: { file: "x", threads: 3 } };
    expect(settings(text, inputs)).toMatchObject({
      target: { path: "x.db", threads: 3 },
      targetPath: "target/dev",
      vars: { later: "{{ target.schema }}" },
    });
    const { parsed } = parseLiteralSettings(text, { ...inputs, environment: { WHERE: "prod" } });
    expect(parsed?.configs.model && yamlData(parsed.configs.model)).toEqual({
      "+enabled": true,
      "+post-hook": "select {{ this }}",
    });
  });
});

describe("the targets that are not asked for", () => {
  it("may be incomplete, and ask for what is not set here", () => {
    const text = `name: shop
target: dev
targets:
  dev: { type: duckdb, path: a.db }
  prod: { type: bigquery, project: "{{ env_var('PROD') }}" }
`;
    expect(settings(text).target.name).toBe("dev");
    expect(faults(text, { targetName: "prod" })).toHaveLength(3);
  });
});

describe("a project file with a fault", () => {
  const dev = "targets: { dev: { type: duckdb, path: a.db } }\n";

  it.each([
    ["- a\n", "error yaml-type project.yml:1:1 «- a\n» Expected a project file, found a list."],
    [dev, 'error missing-key project.yml:1:1 «targets» A project file needs the key "name".'],
    [
      `nme: shop\n${dev}`,
      'error unknown-key project.yml:1:1 «nme» There is no key "nme" in a project file. → Did you mean "name"?',
    ],
    [
      `name: sh op\n${dev}`,
      'error project-name project.yml:1:7 «sh op» A project\'s name is made of letters, digits and "_", found "sh op".',
    ],
    [
      `name: 2shop\n${dev}`,
      'error project-name project.yml:1:7 «2shop» A project\'s name is made of letters, digits and "_", found "2shop". → It begins with a letter.',
    ],
    [`name: dbt\n${dev}`, 'error project-name project.yml:1:7 «dbt» The name "dbt" is reserved.'],
    [`name: [a]\n${dev}`, "error yaml-type project.yml:1:7 «[a]» Expected text, found a list."],
    [
      `name: shop\n${dev}model_paths: [a]\n`,
      'error unknown-key project.yml:3:1 «model_paths» There is no key "model_paths" in a project file. → Did you mean "model-paths"?',
    ],
    [
      `name: shop\n${dev}dialect: postgres\n`,
      'error yaml-type project.yml:3:10 «postgres» Expected one of "bigquery", "duckdb", found "postgres".',
    ],
    [
      `name: shop\n${dev}model-paths: [../models]\n`,
      'error project-path project.yml:3:15 «../models» The folder "../models" is not below the project\'s own.',
    ],
    [
      `name: shop\n${dev}seed-paths: /data\n`,
      'error project-path project.yml:3:13 «/data» The folder "/data" is not below the project\'s own.',
    ],
    [`name: shop\n${dev}vars: [a]\n`, "error yaml-type project.yml:3:7 «[a]» Expected a mapping, found a list."],
    ["name: shop\n", 'error no-target project.yml:1:1 «» The project has no targets. → Add one under "targets".'],
    ["name: shop\ntargets: [a]\n", "error yaml-type project.yml:2:10 «[a]» Expected a mapping, found a list."],
    [
      "name: shop\ntargets: { a: {}, b: {} }\n",
      'error no-target project.yml:1:1 «» The project has several targets and names none as its default. → Add "target: a" or pass --target.',
    ],
    [
      `name: shop\ntarget: dve\n${dev}`,
      'error unknown-target project.yml:2:9 «dve» There is no target "dve" in the project. → Did you mean "dev"?',
    ],
    [`name: shop\ntarget: []\n${dev}`, "error yaml-type project.yml:2:9 «[]» Expected text, found a list."],
    ["name: shop\ntargets: { a: ~ }\n", "error yaml-type project.yml:2:15 «~» Expected a target, found nothing."],
    [
      "name: shop\ntargets: { a: { path: x } }\n",
      'error missing-key project.yml:2:17 «path» A target needs the key "type".',
    ],
    [
      "name: shop\ntargets: { a: { type: bigquery, project: p } }\n",
      'error missing-key project.yml:2:15 «{ type: bigquery, project: p }» A target of BigQuery needs "dataset".',
    ],
    [
      "name: shop\ntargets: { a: { type: duckbd, path: x } }\n",
      'error target-type project.yml:2:23 «duckbd» A target has the type "duckdb" or "bigquery", found "duckbd". → Did you mean "duckdb"?',
    ],
    [
      "name: shop\ntargets: { a: { type: duckdb, path: x, thread: 2 } }\n",
      'error unknown-key project.yml:2:40 «thread» There is no key "thread" in a target. → Did you mean "threads"?',
    ],
    [
      "name: shop\ntargets: { a: { type: duckdb, path: x, threads: 0 } }\n",
      "error yaml-type project.yml:2:49 «0» Expected a whole number of at least 1, found 0.",
    ],
    [
      "name: shop\ntargets: { a: { type: duckdb, path: data/ } }\n",
      "error target-path project.yml:2:37 «data/» The path of a DuckDB target is that of a file.",
    ],
    [
      "name: shop\ntargets: { a: { type: duckdb, path: \"{{ env_var('F') }}\" } }\n",
      "error unknown-env-var project.yml:2:37 «\"{{ env_var('F') }}\"» The environment variable \"F\" is not set. → Set it, or give a default: env_var('F', '…').",
    ],
    [
      `name: "{{ var('n') }}"\n${dev}`,
      'error unknown-var project.yml:1:7 «"{{ var(\'n\') }}"» The variable "n" has no value. → Give it one under "vars" in the project file, by --vars \'{"n": …}\', or as the default of var().',
    ],
    ["name: shop\na: 1\na: 2\n", "error yaml-syntax project.yml:3:1 «a» This key is in the mapping already."],
  ])("is told and gives no settings: %j", (text, expected) => {
    const { parsed, told } = parseLiteralSettings(text);
    expect(parsed).toBeUndefined();
    expect(told).toEqual([expected]);
  });

  it("is told for a target that only the command line names", () => {
    expect(faults(literalSettings, { targetName: "prod" })).toEqual([
      'error unknown-target nowhere There is no target "prod" in the project. → The targets are "dev".',
    ]);
    expect(faults(literalSettings, { targetName: "constructor" })).toHaveLength(1);
    expect(faults("name: shop\n", { targetName: "prod" })).toEqual([
      'error unknown-target nowhere There is no target "prod" in the project. → There is none yet.',
    ]);
  });

  it("is told in each of its mistakes", () => {
    expect(faults("name: 1a\ndialct: x\ntargets: { a: { type: duckdb, path: x, schem: y } }\nvars: 5\n")).toEqual([
      'error unknown-key project.yml:3:40 «schem» There is no key "schem" in a target. → Did you mean "schema"?',
      "error yaml-type project.yml:4:7 «5» Expected a mapping, found 5.",
      'error unknown-key project.yml:2:1 «dialct» There is no key "dialct" in a project file. → Did you mean "dialect"?',
      'error project-name project.yml:1:7 «1a» A project\'s name is made of letters, digits and "_", found "1a". → It begins with a letter.',
    ]);
  });

  it("is warned of what is not honoured yet, and gives its settings all the same", () => {
    const { parsed, told } = parseLiteralSettings(`${literalSettings}quoting: x\nfunctions: {}\n`);
    expect(parsed?.settings.name).toBe("shop");
    expect(told).toEqual([
      'warning unsupported-key project.yml:4:1 «quoting» tsdbt does not honour "quoting" yet; it is passed over.',
      'warning unsupported-key project.yml:5:1 «functions» tsdbt does not honour "functions" yet; it is passed over.',
    ]);
  });
});
