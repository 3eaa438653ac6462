import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Inputs, Settings } from "../../domain/settings.ts";
import { parseProjectHead } from "../parse-project.ts";

interface Parsed {
  readonly settings: Settings | undefined;
  readonly told: readonly string[];
}

function parse(project: string, profiles: string | undefined, given: Partial<Inputs> = {}): Parsed {
  const diagnostics: Diagnostic[] = [];
  const head = {
    kind: "dbt",
    project: { path: "dbt_project.yml", text: project },
    profiles: profiles === undefined ? undefined : { path: "~/.dbt/profiles.yml", text: profiles },
    profilesFolders: ["/here", "~/.dbt"],
  } as const;
  const inputs = { environment: {}, vars: {}, targetName: undefined, ...given };
  const settings = parseProjectHead(head, inputs, (each) => diagnostics.push(each))?.settings;
  return { settings, told: diagnostics.map(told) };
}

const project = "name: shop\nprofile: jaffle\n";
const profiles = `
config: { use_colors: true }
jaffle:
  target: dev
  outputs:
    dev: { type: duckdb, path: "{{ env_var('DB', 'dev.duckdb') }}", schema: "{{ var('schema', 'main') }}" }
    prod: { type: duckdb, path: prod.duckdb, threads: "{{ env_var('THREADS') }}" }
    cloud: { type: bigquery, method: oauth, project: p, dataset: d }
other:
  outputs:
    default: { type: duckdb }
    ci: { type: duckdb, path: ci.db }
`;

describe("the target of a dbt project", () => {
  it("is the default one of its profile, whose dialect is the project's", () => {
    const { settings, told: faults } = parse(project, profiles);
    expect(faults).toEqual([]);
    expect(settings).toMatchObject({
      profileName: "jaffle",
      dialect: "duckdb",
      target: { name: "dev", path: "dev.duckdb", database: "dev", schema: "main" },
    });
  });

  it("is the one that the command line names, of the profile that it names", () => {
    const target = (given: Partial<Inputs>): unknown => parse(project, profiles, given).settings?.target;
    expect(target({ targetName: "prod", environment: { THREADS: "4" } })).toMatchObject({ name: "prod", threads: 4 });
    expect(target({ vars: { schema: "mine" } })).toMatchObject({ schema: "mine" });
    expect(target({ profileName: "other" })).toMatchObject({ name: "default", path: ":memory:", database: "memory" });
  });

  it("has what dbt-duckdb's profiles may ask for", () => {
    const { settings, told: faults } = parse(
      project,
      `jaffle:
  outputs:
    dev:
      type: duckdb
      path: a.duckdb
      database: lake
      settings: { memory_limit: 1GB, threads: 2 }
      config_options: { allow_unsigned_extensions: true }
      extensions: [parquet, { name: h3, repo: community }]
      attach: [{ path: other.duckdb, alias: lake, read_only: true }, { path: x.sqlite, type: sqlite, options: { a: 1 } }]
`,
    );
    expect(faults).toEqual([]);
    expect(settings?.target).toMatchObject({
      database: "lake",
      setup: {
        settings: { memory_limit: "1GB", threads: 2 },
        configOptions: { allow_unsigned_extensions: true },
        extensions: [
          { name: "parquet", repository: undefined },
          { name: "h3", repository: "community" },
        ],
        attachments: [
          { path: "other.duckdb", alias: "lake", options: { read_only: true } },
          { path: "x.sqlite", alias: undefined, options: { a: 1, type: "sqlite" } },
        ],
      },
    });
  });
});

describe("a dbt project whose target cannot be found is told", () => {
  const at = "dbt_project.yml:2:10 «jaffle»";
  const file = "~/.dbt/profiles.yml";
  it.each<[string, string, string | undefined, Partial<Inputs>, string]>([
    [
      "no profile",
      "name: shop\n",
      profiles,
      {},
      'error no-profile dbt_project.yml:1:1 «» The project names no profile. → Add "profile: …", the name of one in profiles.yml, or pass --profile.',
    ],
    [
      "no file of profiles",
      project,
      undefined,
      {},
      `error no-profiles ${at} There is no file "profiles.yml", which says where a dbt project runs. → It was looked for in "/here", "~/.dbt"; --profiles-dir names another folder.`,
    ],
    [
      "an unknown profile",
      project,
      "jafle: {}",
      {},
      `error unknown-profile ${at} There is no profile "jaffle" in "${file}". → Did you mean "jafle"?`,
    ],
    [
      "an unknown target",
      project,
      profiles,
      { targetName: "prd" },
      'error unknown-target nowhere There is no target "prd" in the profile "jaffle". → Did you mean "prod"?',
    ],
    [
      "a default target that is not there",
      project,
      "jaffle: { outputs: { a: {}, b: {} } }",
      {},
      'error unknown-target nowhere There is no target "default" in the profile "jaffle". → The targets are "a", "b".',
    ],
    [
      "another warehouse",
      project,
      profiles.replace("bigquery", "bigquary"),
      { targetName: "cloud" },
      `error target-type ${file}:8:20 «bigquary» A target has the type "duckdb" or "bigquery", found "bigquary". → Did you mean "bigquery"?`,
    ],
    [
      "a variable that is not set",
      project,
      profiles,
      { targetName: "prod" },
      `error unknown-env-var ${file}:7:55 «"{{ env_var('THREADS') }}"» The environment variable "THREADS" is not set. → Set it, or give a default: env_var('THREADS', '…').`,
    ],
    [
      "a database of another name",
      project,
      "jaffle: { outputs: { a: { type: duckdb, path: x.db, database: y } } }",
      {},
      `error target-database ${file}:1:63 «y» The database of this target is called "x", after its file. → Write "database: x", or leave it out; another name is one of an attached database.`,
    ],
    [
      "targets of its own",
      `${project}targets: {}\n`,
      profiles,
      {},
      'error unknown-key dbt_project.yml:3:1 «targets» There is no key "targets" in a project file of dbt.',
    ],
  ])("%s", (_, projectText, profilesText, given, wanted) => {
    const { settings, told: faults } = parse(projectText, profilesText, given);
    expect(settings).toBeUndefined();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(wanted);
  });
});
