import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dbtVersion } from "../../src/domain/dbt-version.ts";
import { type FakeBigquery, startFakeBigquery } from "../cloud/fake-bigquery.ts";
import { type CallOptions, succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";

let fake: FakeBigquery;

beforeEach(async () => {
  fake = await startFakeBigquery();
});

afterEach(async () => {
  await fake.close();
});

const dbtProject = {
  "dbt_project.yml": "name: shop\nprofile: shop\n",
  "profiles.yml":
    "shop:\n  target: prod\n  outputs:\n    prod: { type: bigquery, method: oauth, project: p, dataset: d, location: EU }\n",
  "models/sources.yml":
    "sources: [{ name: raw, tables: [{ name: orders, columns: [{ name: id, data_type: int64 }] }, { name: bare }] }]\n",
  "models/a.sql": "select id, -- the key\n  ml.predict_this(id) as p\nfrom {{ source('raw', 'orders') }}",
  "models/b.sql": "{{ config(materialized='view') }}\nselect * from {{ ref('a') }} where id > 1",
  "models/c.sql": "select x from {{ source('raw', 'bare') }}",
};

function project(changes: Readonly<Record<string, string>> = {}): CallOptions {
  return { folder: projectOf({ ...dbtProject, ...changes }), environment: { TSDBT_BIGQUERY_ENDPOINT: fake.url } };
}

describe("a target of BigQuery", () => {
  it("gets the author's own text, and no warehouse is asked for it", async () => {
    const { out } = await succeed(project(), "compile", "--select", "a", "b");
    expect(out).toContain("select id, -- the key\n  ml.predict_this(id) as p\nfrom `p`.`raw`.`orders`\n");
    expect(out).toContain("select * from `p`.`d`.`a` where id > 1");
    expect(fake.log).toEqual([]);
  });

  it("has its columns checked where they are known", async () => {
    const call = project({ "models/b.sql": "select idd from {{ source('raw', 'orders') }}" });
    const { code, err } = await tsdbt(call, "compile");
    expect(code).toBe(2);
    expect(err).toContain('models/b.sql:1:8  error  unknown-column\n  There is no column "idd" in "orders".');
  });

  it("shows rows of a query that runs there", async () => {
    fake.answer(() => ({ fields: [{ name: "id", type: "INTEGER" }], rows: [["9007199254740993"]], looks: 2 }));
    const inline = "select id from {{ ref('a') }}";
    const { out } = await succeed(project(), "show", "--inline", inline, "--output", "json");
    expect(JSON.parse(out)).toMatchObject({ show: [{ id: "9007199254740993" }] });
    const comment = {
      ...{ app: "tsdbt", dbt_version: dbtVersion, profile_name: "shop", target_name: "prod" },
      node_id: "model.shop.inline_query",
    };
    const text = JSON.stringify(comment).replaceAll('":', '": ').replaceAll(',"', ', "');
    expect(fake.ran[0]?.configuration).toMatchObject({
      query: { query: `/* ${text} */\nselect id from \`p\`.\`d\`.\`a\``, useLegacySql: false },
      labels: { tsdbt_run: expect.any(String) as unknown },
    });
  });

  it("tells a refused query at the author's own line", async () => {
    fake.answer(() => ({
      failure: { reason: "invalidQuery", message: "Function not found: ml.predict_this at [3:3]" },
    }));
    const { code, out, err } = await tsdbt(project(), "show", "--select", "a");
    expect(code).not.toBe(0);
    expect(out + err).toContain("models/a.sql:2:3");
    expect(out + err).toContain("Function not found: ml.predict_this");
  });

  it("is looked at by debug", async () => {
    fake.tables.set("d.a", { type: "TABLE", fields: [] });
    const { out } = await succeed(project(), "debug");
    expect(out).toContain("Connection test: [OK connection ok, 1 tables and views]");
    fake.script(() => ({ kind: "refused", status: 403, reason: "accessDenied" }));
    const { code, err } = await tsdbt(project(), "debug");
    expect(code).toBe(1);
    expect(err).toContain("BigQuery refuses the account: looking at tables failed.");
  });

  it("is built on by jobs that are labelled with run, target and model", async () => {
    const { out } = await succeed(project(), "run", "--select", "a", "b");
    expect(out).toContain("PASS=2 WARN=0 ERROR=0");
    const texts = fake.ran.map(({ configuration }) => JSON.stringify(configuration));
    const view = texts.find((text) => text.includes("create or replace view"));
    expect(view).toContain('"model":"a"');
    expect(view).toContain('"target":"prod"');
  });

  it("shows in a plan what each step would read, and is not run where that is more than is allowed", async () => {
    fake.answer((text, id) =>
      text.includes("ml.predict_this") && id === "dry run"
        ? { statistics: { totalBytesProcessed: "3145728" } }
        : text.includes("where id > 1") && id === "dry run"
          ? { failure: { reason: "notFound", message: "Not found: Table p:d.a" } }
          : {},
    );
    const { out } = await succeed(project(), "plan", "--titles", "--select", "a", "b");
    expect(out).toContain("  sql view model d.a\n    no view yet\n    reads 3.0 MiB\n");
    expect(out).toContain("Bytes read: 3.0 MiB, and what 1 step reads that is not known before the run\n");
    const before = fake.ran.length;
    const { code, err } = await tsdbt(project(), "run", "--select", "a", "b", "--max-bytes", "3000000");
    expect(code).toBe(2);
    expect(err).toContain("This run would read 3145728 bytes, and --max-bytes allows 3000000.");
    const texts = fake.ran.slice(before).map(({ configuration }) => JSON.stringify(configuration));
    expect(texts.filter((text) => text.includes("ml.predict_this"))).toEqual([]);
    await succeed(project(), "run", "--select", "a", "b", "--max-bytes", "3145728");
  });

  it("leaves in the record what each resource cost, which can be read back", async () => {
    fake.answer(() => ({
      statistics: { totalBytesProcessed: "2097152", totalSlotMs: "70", query: { totalBytesBilled: "10485760" } },
    }));
    const call = project();
    await succeed(call, "run", "--select", "a");
    const { out } = await succeed(call, "cost", "--output", "json");
    expect(JSON.parse(out)).toEqual([
      {
        unique_id: "model.shop.a",
        bytes_processed: 2_097_152,
        bytes_billed: 10_485_760,
        slot_ms: 70,
        job_id: expect.stringMatching(/^tsdbt_[0-9a-f]{32}_0$/u) as unknown,
      },
    ]);
    const { out: table } = await succeed(call, "cost");
    expect(table).toContain("| model.shop.a | 2.0 MiB   | 10.0 MiB |      70 |");
    expect(table).toContain("Billed: 10.0 MiB\n");
    const { code, err } = await tsdbt(project(), "cost");
    expect(code).toBe(2);
    expect(err).toContain("There is no earlier run to go by");
  });

  it("gets staged files in Cloud Storage alone", async () => {
    const { code, err } = await tsdbt(
      project({
        "models/sources.yml":
          "sources: [{ name: raw, tables: [{ name: orders, ingest: { from: raw, to: staged, id: id, event_time: at, file: f }, columns: [{ name: id }, { name: at, data_type: timestamp }, { name: f }] }, { name: bare }] }]\n",
        "raw/.keep": "",
      }),
      "ingest",
    );
    expect(code).toBe(2);
    expect(err).toContain('BigQuery loads staged files from Cloud Storage, not from "staged".');
    expect(err).toContain('Name a bucket and prefix under "staging" of the target "prod": gs://bucket/prefix.');
  });
});
