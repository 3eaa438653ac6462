import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeGcs, startFakeGcs } from "../cloud/fake-gcs.ts";
import { succeed, tsdbt, type CallOptions } from "./binary.ts";
import { exampleProject, query } from "./example-project.ts";

let fake: FakeGcs;

beforeEach(async () => {
  fake = await startFakeGcs(["raw"], 100);
});

afterEach(async () => {
  await fake.close();
});

function reading(place: { readonly from?: string; readonly to?: string }): CallOptions {
  const folder = exampleProject();
  const file = join(folder, "sources.yml");
  const text = readFileSync(file, "utf8")
    .replace("from: raw_data", `from: ${place.from ?? "raw_data"}`)
    .replace("to: data/staged", `to: ${place.to ?? "data/staged"}`);
  writeFileSync(file, text);
  return { folder, environment: { TSDBT_GCS_ENDPOINT: fake.url } };
}

describe("raw pulls in a bucket", () => {
  it("give the same tables as in a folder, and each is read once", async () => {
    const call = reading({ from: "gs://raw/pulls" });
    const raw = join(call.folder, "raw_data");
    const names = readdirSync(raw, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    for (const name of names) fake.put("raw", `pulls/${name}`, readFileSync(join(raw, name)));
    await succeed(call, "build");
    const other = exampleProject();
    await succeed(other, "build");
    for (const table of ["event_data", "dau", "mau"]) {
      const rows = await query(call.folder, `from main.${table} order by all`);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows).toEqual(await query(other, `from main.${table} order by all`));
    }
    const lists = Math.ceil(names.length / 100);
    expect(fake.log.filter((line) => line === "GET /storage/v1/b/raw/o")).toHaveLength(lists);
    expect(fake.log).toHaveLength(lists + names.length);
    await succeed(call, "build");
    expect(fake.log).toHaveLength(2 * lists + names.length);
  });

  it("that is not there are told in one sentence", async () => {
    const { code, err } = await tsdbt(reading({ from: "gs://nowhere/pulls" }), "build");
    expect(code).toBe(2);
    expect(err).toContain("There is no bucket for gs://nowhere/pulls.");
    expect(err).not.toMatch(/\n +at /u);
  });

  it("cannot be staged to a bucket that DuckDB does not read", async () => {
    const { code, err } = await tsdbt(reading({ to: "gs://stage/hours" }), "ingest");
    expect(code).toBe(2);
    expect(err).toContain('DuckDB loads staged files from a folder, not from "gs://stage/hours".');
  });
});
