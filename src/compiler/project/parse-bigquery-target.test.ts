import { describe, expect, it } from "vitest";
import { parseLiteralSettings } from "../../../test/literal-project.ts";

function parse(keys: string): ReturnType<typeof parseLiteralSettings> {
  return parseLiteralSettings(`name: shop\ntargets: { prod: { type: bigquery, ${keys} } }\n`);
}

const least = {
  type: "bigquery",
  name: "prod",
  database: "p",
  schema: "d",
  threads: 1,
  executionProject: "p",
  location: undefined,
  priority: "interactive",
  maximumBytesBilled: undefined,
  timeoutSeconds: undefined,
  retries: 3,
  reservation: undefined,
  staging: undefined,
  lockWaitSeconds: 0,
  keyfile: undefined,
};

describe("a target of BigQuery", () => {
  it.each([
    ["project: p, dataset: d", least],
    ["database: p, schema: d, method: oauth, scopes: [a]", least],
    [
      "project: p, dataset: d, method: service-account, keyfile: key.json, threads: '8', location: EU, priority: batch",
      { ...least, keyfile: "key.json", threads: 8, location: "EU", priority: "batch" },
    ],
    [
      "project: p, dataset: d, execution_project: q, maximum_bytes_billed: 10485760, job_execution_timeout_seconds: 60, job_retries: 5, reservation: projects/q/locations/eu/reservations/r",
      {
        ...least,
        reservation: "projects/q/locations/eu/reservations/r",
        executionProject: "q",
        maximumBytesBilled: 10_485_760,
        timeoutSeconds: 60,
        retries: 5,
      },
    ],
    [
      "project: p, dataset: d, staging: gs://b/hours/, lock_wait_seconds: 9",
      { ...least, staging: "gs://b/hours", lockWaitSeconds: 9 },
    ],
  ])("says %s in the keys of dbt's profiles", (keys, target) => {
    expect(parse(keys)).toMatchObject({ told: [], parsed: { settings: { target } } });
  });

  it.each([
    [
      "dataset: d",
      'error missing-key project.yml:2:18 «{ type: bigquery, dataset: d }» A target of BigQuery needs "project".',
    ],
    [
      "project: p, dataset: d, maximum_bytes_billed: 1000",
      'error target-bytes project.yml:2:82 «1000» BigQuery bills at least 10485760 bytes, so "maximum_bytes_billed" is no less.',
    ],
    [
      "project: p, dataset: d, method: magic",
      'error target-method project.yml:2:68 «magic» A target of BigQuery has the method "oauth" or "service-account", found "magic". → With "oauth" the credentials are those of the environment.',
    ],
    [
      "project: p, dataset: d, datset: e",
      'error unknown-key project.yml:2:60 «datset» There is no key "datset" in a target. → Did you mean "dataset"?',
    ],
    [
      "project: p, dataset: d, staging: data",
      'error target-staging project.yml:2:69 «data» BigQuery loads files from Cloud Storage, not from "data". → Name a bucket and prefix: gs://bucket/prefix.',
    ],
  ])("is told where %s is wrong", (keys, told) => {
    expect(parse(keys).told).toEqual([told]);
  });
});
