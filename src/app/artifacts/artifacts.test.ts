import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaFaults } from "../../../test/schemas/schema-faults.ts";
import { callIn, temporaryProject, type TemporaryProject } from "../../../test/temporary-project.ts";
import type { Invocation } from "../invocation.ts";
import { runProject, type RunOptions } from "../run-project.ts";

const files: Readonly<Record<string, string>> = {
  "project.yml": `name: shop
version: "1.0"
dialect: duckdb
target: dev
targets:
  dev: { type: duckdb, path: data/shop.duckdb, schema: main, threads: 2 }
models:
  shop:
    +meta: { owner: us }
    staging: { +tags: [early] }
`,
  "sources.yml": `version: 2
sources:
  - name: raw
    description: What came in.
    tables:
      - name: pulls
        description: Every record.
        ingest: { from: raw_data, to: data/staged, id: uuid, event_time: seen, file: file, required: [who] }
        columns:
          - { name: who, data_type: STRING, description: "Who." }
          - { name: seen, data_type: TIMESTAMP }
          - { name: file, data_type: STRING }
          - name: uuid
            data_type: STRING
            data_tests: [not_null]
`,
  "raw_data/2022-10-31/20221031-230102.json": JSON.stringify([
    { who: "ada", seen: "2022-10-31T22:00:00Z", uuid: "1" },
    { who: "grace", seen: "2022-10-31T22:30:00Z", uuid: "2" },
    { who: "nobody", uuid: "3" },
  ]),
  "seeds/people.csv": "name,kind\nada,human\ngrace,human\n",
  "macros/doubled.sql": "{% macro doubled(column) %}({{ column }} * 2){% endmacro %}\n",
  "models/staging/pulls.sql": "select * from {{ source('raw', 'pulls') }}\n",
  "models/staging/known.sql": `{{ config(materialized='ephemeral') }}
select name, kind from {{ ref('people') }}
`,
  "models/users.sql": `{{ config(materialized='table', tags='daily') }}
select pulls.who, known.kind, {{ doubled(1) }} as twice
from {{ ref('pulls') }} as pulls
left join {{ ref('known') }} as known on known.name = pulls.who
{% if var('broken', false) %} where error('It broke.') {% endif %}
{% if var('twice', false) %} union all select 'ada', 'robot', 2 {% endif %}
`,
  "models/days.sql": `{{ config(materialized='incremental', unique_key='day') }}
select cast(seen as date) as day, count(*) as cnt
from {{ ref('pulls') }}
{% if is_incremental() %} where cast(seen as date) >= (select max(day) from {{ this }}) {% endif %}
group by day
`,
  "models/off.sql": "{{ config(enabled=false) }} select 1 as x\n",
  "models/below.sql": "select count(*) as n from {{ ref('users') }}\n",
  "models/properties.yml": `version: 2
models:
  - name: users
    description: It's all of them.
    columns:
      - name: who
        description: Who.
        meta: { pii: true }
        data_tests:
          - unique
          - not_null
          - relationships:
              arguments: { to: ref('people'), field: name }
      - name: kind
        data_tests:
          - accepted_values:
              arguments: { values: [human] }
              config: { severity: warn }
  - name: days
    columns:
      - { name: day, data_type: date, data_tests: [unique] }
seeds:
  - name: people
    description: Those that we know.
    columns:
      - { name: name, data_tests: [unique] }
`,
};

let project: TemporaryProject;
beforeAll(() => {
  project = temporaryProject(files);
});
afterAll(() => {
  project.remove();
});

const build: RunOptions = {
  select: [],
  exclude: [],
  resourceTypes: ["seed", "model", "test"],
  fullRefresh: false,
  stopsAtFailure: false,
  ingests: true,
};

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** What an artifact holds, held against both schemas first. */
function readArtifact(name: "manifest" | "run_results"): Fields {
  const artifact: unknown = JSON.parse(project.read(`target/${name}.json`));
  expect(schemaFaults(name === "manifest" ? "manifest_v12" : "run-results_v6", artifact)).toEqual([]);
  return isFields(artifact) ? artifact : {};
}

/** The results by names of resources, with their statuses. */
function statuses(): Fields {
  const { results: list } = readArtifact("run_results");
  const entries = Array.isArray(list) ? list.filter(isFields) : [];
  return Object.fromEntries(
    entries.map(({ unique_id: id, status }) => [
      String(id)
        .replace(/^(\w+)\.shop\./u, "")
        .replace(/\.\w{10}$/u, ""),
      status,
    ]),
  );
}

async function run(given: Partial<Invocation> = {}, options: Partial<RunOptions> = {}): Promise<string> {
  const { invocation } = callIn(project.folder, given);
  const ending = await runProject(invocation, { ...build, ...options });
  readArtifact("manifest");
  return ending;
}

describe("the artifacts of a run", () => {
  it("fit dbt's schemas and tell how each resource ended: first build", async () => {
    const given = {
      arguments: { select: [], vars: {}, profiles_dir: null },
      environment: { DBT_ENV_CUSTOM_ENV_TEAM: "us" },
    };
    expect(await run(given)).toBe("success");
    expect(statuses()).toEqual({
      people: "success",
      pulls: "success",
      unique_people_name: "pass",
      source_not_null_raw_pulls_uuid: "pass",
      users: "success",
      days: "success",
      unique_users_who: "pass",
      not_null_users_who: "pass",
      relationships_users_who__name__ref_people_: "pass",
      accepted_values_users_kind__human: "pass",
      unique_days_day: "pass",
      below: "success",
    });
    const { results: list, ...rest } = readArtifact("run_results");
    expect(rest).toEqual({
      metadata: {
        dbt_schema_version: "https://schemas.getdbt.com/dbt/run-results/v6.json",
        dbt_version: "1.11.6",
        generated_at: expect.stringMatching(/^2022-11-02T00:00:00\.\d{6}Z$/u) as unknown,
        invocation_id: "2c6a9f9c-55b1-4c3a-9f5e-000000000000",
        invocation_started_at: "2022-11-02T00:00:00.000000Z",
        env: { TEAM: "us" },
      },
      elapsed_time: expect.any(Number) as unknown,
      args: { invocation_command: "tsdbt build", select: [], vars: {}, profiles_dir: null, which: "build" },
    });
    const users = Array.isArray(list)
      ? list.filter(isFields).find((each) => each["unique_id"] === "model.shop.users")
      : {};
    expect(users).toMatchObject({
      status: "success",
      timing: [{ name: "compile" }, { name: "execute" }],
      thread_id: expect.stringMatching(/^Thread-\d$/u) as unknown,
      adapter_response: { _message: "OK", rows_affected: 2 },
      message: "OK",
      failures: null,
      compiled: true,
      relation_name: '"shop"."main"."users"',
    });
  });

  it("fit them for a build that merges", async () => {
    expect(await run()).toBe("success");
    expect(statuses()).toMatchObject({ days: "success" });
  });

  it("fit them where a model fails and others are skipped", async () => {
    expect(await run({ vars: { broken: true } })).toBe("failure");
    expect(statuses()).toMatchObject({
      users: "error",
      unique_users_who: "skipped",
      below: "skipped",
      days: "success",
    });
    expect(readArtifact("run_results")["results"]).toContainEqual(
      expect.objectContaining({
        unique_id: "model.shop.users",
        status: "error",
        message: expect.stringContaining("It broke") as unknown,
      }),
    );
    expect(readArtifact("run_results")["results"]).toContainEqual(
      expect.objectContaining({
        unique_id: "model.shop.below",
        message: 'Skipped because "users" did not succeed.',
        timing: [],
      }),
    );
  });

  it("fit them where tests fail and warn", async () => {
    expect(await run({ vars: { twice: true } })).toBe("failure");
    expect(statuses()).toMatchObject({
      users: "success",
      unique_users_who: "fail",
      accepted_values_users_kind__human: "warn",
      below: "skipped",
    });
    expect(readArtifact("run_results")["results"]).toContainEqual(
      expect.objectContaining({ status: "fail", failures: 1, message: "Got 1 result, configured to fail if != 0" }),
    );
  });

  it("fit them where the run is interrupted", async () => {
    const abort = new AbortController();
    const events = callIn(project.folder);
    const given: Partial<Invocation> = {
      signal: abort.signal,
      emit: (event) => {
        events.invocation.emit(event);
        if (event.kind === "stepStarted" && event.step.name === "users") abort.abort();
      },
    };
    expect(await run(given)).toBe("refusal");
    expect(statuses()).toMatchObject({ people: "success", users: "skipped", below: "skipped" });
  });

  it("fit them where nothing is selected", async () => {
    expect(await run({}, { select: ["below"], exclude: ["below"], ingests: false })).toBe("success");
    expect(readArtifact("run_results")["results"]).toEqual([]);
  });

  it("fit them for tests alone", async () => {
    await run({}, { ingests: false });
    expect(await run({}, { resourceTypes: ["test"], ingests: false })).toBe("success");
    expect(statuses()).toMatchObject({ unique_people_name: "pass", unique_days_day: "pass" });
  });

  it("leave the texts that were compiled and the statements that were sent", async () => {
    await run();
    const path = "shop/models/users.sql";
    expect(project.read(`target/compiled/${path}`)).toContain("__dbt__cte__known");
    expect(project.read(`target/run/${path}`)).toMatch(/^create or replace table "shop"\."main"\."users" as \(/u);
    expect(project.read("target/compiled/shop/models/days.incremental.sql")).toContain("select max(day)");
    expect(project.read("target/compiled/shop/models/properties.yml/unique_days_day.sql")).toContain(
      "having count(*) > 1",
    );
    project.write({ "models/days.sql": "select 1 as day\n" });
    await run({}, { fullRefresh: true });
    expect(() => project.read("target/compiled/shop/models/days.incremental.sql")).toThrow("ENOENT");
  });
});

describe("the manifest", () => {
  it("has what dbt's tools read of each kind of resource", async () => {
    project.write(files);
    await run({}, { fullRefresh: true });
    const manifest = readArtifact("manifest");
    expect(manifest["metadata"]).toMatchObject({
      dbt_schema_version: "https://schemas.getdbt.com/dbt/manifest/v12.json",
      project_name: "shop",
      project_id: "fb54f3c5992b96d001bb16e8e92d968d",
      adapter_type: "duckdb",
      run_started_at: "2022-11-02T00:00:00.000000Z",
    });
    const nodes = isFields(manifest["nodes"]) ? manifest["nodes"] : {};
    expect(
      Object.keys(nodes)
        .filter((id) => !id.startsWith("test."))
        .sort(),
    ).toEqual([
      "model.shop.below",
      "model.shop.days",
      "model.shop.known",
      "model.shop.pulls",
      "model.shop.users",
      "seed.shop.people",
    ]);
    expect(nodes["model.shop.users"]).toMatchObject({
      database: "shop",
      schema: "main",
      alias: "users",
      resource_type: "model",
      path: "users.sql",
      original_file_path: "models/users.sql",
      fqn: ["shop", "users"],
      description: "It's all of them.",
      patch_path: "shop://models/properties.yml",
      tags: ["daily"],
      meta: { owner: "us" },
      config: { materialized: "table", meta: { owner: "us" }, enabled: true },
      columns: { who: { name: "who", description: "Who.", meta: { pii: true } }, kind: { name: "kind" } },
      relation_name: '"shop"."main"."users"',
      raw_code: files["models/users.sql"]?.trim(),
      refs: [
        { name: "pulls", package: null, version: null },
        { name: "known", package: null, version: null },
      ],
      sources: [],
      depends_on: { macros: ["macro.shop.doubled"], nodes: ["model.shop.pulls", "model.shop.known"] },
      compiled: true,
      compiled_path: "target/compiled/shop/models/users.sql",
      created_at: Date.parse("2022-11-02T00:00:00Z") / 1000,
    });
    expect(nodes["model.shop.pulls"]).toMatchObject({
      path: "staging/pulls.sql",
      fqn: ["shop", "staging", "pulls"],
      tags: ["early"],
      sources: [["raw", "pulls"]],
      config: { materialized: "view" },
    });
    expect(nodes["model.shop.known"]).toMatchObject({ relation_name: null, config: { materialized: "ephemeral" } });
    expect(nodes["model.shop.days"]).toMatchObject({
      config: { materialized: "incremental", unique_key: "day" },
      primary_key: ["day"],
      columns: { day: { data_type: "date" } },
    });
    expect(nodes["seed.shop.people"]).toMatchObject({
      path: "people.csv",
      description: "Those that we know.",
      raw_code: "",
      config: { materialized: "seed", delimiter: "," },
    });
    const tests = Object.values(nodes)
      .filter(isFields)
      .filter((node) => node["resource_type"] === "test");
    const named = (name: string): unknown => tests.find((node) => node["name"] === name);
    expect(named("relationships_users_who__name__ref_people_")).toMatchObject({
      column_name: "who",
      attached_node: "model.shop.users",
      file_key_name: "models.users",
      original_file_path: "models/properties.yml",
      schema: "main_dbt_test__audit",
      test_metadata: {
        name: "relationships",
        namespace: null,
        kwargs: {
          to: "ref('people')",
          field: "name",
          column_name: "who",
          model: "{{ get_where_subquery(ref('users')) }}",
        },
      },
      config: { severity: "ERROR", materialized: "test" },
    });
    expect(named("accepted_values_users_kind__human")).toMatchObject({ config: { severity: "WARN" } });
    expect(named("source_not_null_raw_pulls_uuid")).toMatchObject({
      attached_node: null,
      file_key_name: "sources.raw",
    });
    expect(named("unique_people_name")).toMatchObject({
      attached_node: "seed.shop.people",
      file_key_name: "seeds.people",
    });
    expect(manifest["sources"]).toMatchObject({
      "source.shop.raw.pulls": {
        source_name: "raw",
        source_description: "What came in.",
        identifier: "pulls",
        fqn: ["shop", "raw", "pulls"],
        relation_name: '"shop"."raw"."pulls"',
        columns: { who: { data_type: "STRING" }, uuid: { description: "" } },
      },
    });
    expect(manifest["macros"]).toMatchObject({
      "macro.shop.doubled": {
        macro_sql: files["macros/doubled.sql"]?.trim(),
        original_file_path: "macros/doubled.sql",
      },
    });
    expect(manifest["parent_map"]).toMatchObject({
      "model.shop.below": ["model.shop.users"],
      "model.shop.users": ["model.shop.pulls", "model.shop.known"],
      "source.shop.raw.pulls": [],
    });
    expect(manifest["child_map"]).toMatchObject({
      "seed.shop.people": expect.arrayContaining(["model.shop.known"]) as unknown,
      "model.shop.below": [],
    });
  });
});
