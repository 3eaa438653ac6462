import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callIn, temporaryProject, type TemporaryProject } from "../../test/temporary-project.ts";
import { ingestProject } from "./ingest-project.ts";
import { type PlannedBuild, type PlanOptions, planProject } from "./plan-project.ts";
import { runProject } from "./run-project.ts";

let project: TemporaryProject;
beforeEach(() => {
  project = temporaryProject({
    "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n",
    "sources.yml": `sources:
  - name: raw
    tables:
      - name: pulls
        ingest: { from: raw_data, to: data/staged, id: uuid, event_time: seen, file: file }
        columns: [{ name: uuid }, { name: seen }, { name: file }]
`,
    "raw_data/2022-10-31/20221031-230102.json": '[{"uuid":"1","seen":"2022-10-31T22:00:00Z"}]',
    "models/pulls.sql": `{{ config(materialized='incremental', unique_key='uuid') }}
select uuid, seen from {{ source('raw', 'pulls') }} {% if is_incremental() %} where true {% endif %}`,
    "models/n.sql": "select count(*) as n from {{ ref('pulls') }}",
    "models/p.yml": "models:\n  - name: pulls\n    columns:\n      - { name: uuid, data_tests: [unique] }\n",
  });
});
afterEach(() => {
  project.remove();
});

const all: PlanOptions = { select: [], exclude: [], fullRefresh: false };

async function plan(given: Partial<PlanOptions> = {}): Promise<PlannedBuild> {
  const { invocation, diagnostics } = callIn(project.folder);
  const planned = await planProject(invocation, { ...all, ...given });
  if (planned === undefined) throw new Error(JSON.stringify(diagnostics()));
  return planned;
}

async function build(): Promise<void> {
  const options = { resourceTypes: ["seed", "model", "test"], stopsAtFailure: false, ingests: true } as const;
  expect(await runProject(callIn(project.folder).invocation, { ...all, ...options })).toBe("success");
}

function listing(): readonly string[] {
  return readdirSync(project.folder, { recursive: true, encoding: "utf8" }).sort();
}

describe("the plan of a build", () => {
  it("tells what is due and what is to be built, and changes nothing", async () => {
    const before = listing();
    const { ingests, steps, warnings } = await plan();
    expect(ingests).toMatchObject([{ source: "raw.pulls", due: [{ reason: "new", files: 1 }] }]);
    expect(steps.map(({ step, until }) => [step.name, step.reason, until])).toEqual([
      ["prepare", "made where they are missing", undefined],
      ["pulls", "no table yet: built from all rows", undefined],
      ["unique_pulls_uuid", "keeps what lies below from running if it fails", "what this query counts"],
      ["n", "no view yet", undefined],
    ]);
    expect(steps[1]?.statements.at(-1)).toContain("create or replace table");
    expect(warnings).toEqual([]);
    expect(listing()).toEqual(before);
    expect(existsSync(join(project.folder, "data"))).toBe(false);
  });

  it("goes as far as its questions can be answered once tables stand there", async () => {
    await build();
    const { ingests, steps } = await plan();
    expect(ingests).toMatchObject([{ due: [] }]);
    expect(steps[1]).toMatchObject({
      step: { name: "pulls", reason: "the table is there: delete+insert on uuid" },
      until: 'the columns of "pulls__dbt_tmp"',
      statements: [
        expect.stringMatching(/^create or replace temporary table "pulls__dbt_tmp" as \([\s\S]*where true/u),
      ],
    });
    expect((await plan({ fullRefresh: true })).steps[1]?.step.reason).toBe("built anew: full refresh");
  });

  it("is the plan of what is selected, ingest included", async () => {
    const { ingests, steps } = await plan({ select: ["n"] });
    expect(ingests).toEqual([]);
    expect(steps.map(({ step }) => step.name)).toEqual(["prepare", "n"]);
    expect((await plan({ select: ["+n"] })).ingests).toHaveLength(1);
  });

  it("warns of what a merge cannot follow", async () => {
    await build();
    project.write({ "raw_data/2022-10-31/20221031-230102.json": "[]" });
    await ingestProject(callIn(project.folder).invocation, { sources: [], range: undefined });
    expect((await plan()).warnings).toMatchObject([{ code: "departed-events" }]);
  });

  it("is none where a table is gone that the ledger knows", async () => {
    await build();
    project.write({ "models/pulls.sql": "select 1 as uuid" });
    await build();
    project.write({ "models/pulls.sql": "{{ config(materialized='incremental') }} select 1 as uuid" });
    await expect(plan()).resolves.toMatchObject({
      steps: [{}, { step: { reason: "a view stands there: built from all rows" } }, {}, {}],
    });
  });
});
