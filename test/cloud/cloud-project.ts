import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallOptions } from "../e2e/binary.ts";
import { exampleProject } from "../e2e/example-project.ts";
import { makeBucket, type RunningEmulator, startBigquery, startGcs } from "./start-emulator.ts";

/** Both emulators over one folder of buckets, among them `stage` and `raw`. */
export interface Cloud {
  readonly gcs: RunningEmulator;
  readonly bigquery: RunningEmulator;
  readonly stop: () => Promise<void>;
}

/** Starts both emulators. */
export async function startCloud(): Promise<Cloud> {
  const root = mkdtempSync(join(tmpdir(), "tsdbt-buckets-"));
  const gcs = await startGcs(root);
  const bigquery = await startBigquery(root);
  for (const bucket of ["stage", "raw"]) await makeBucket(gcs, bucket);
  return {
    gcs,
    bigquery,
    stop: async () => {
      await bigquery.stop();
      await gcs.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Where the services of Google are that a call reaches. */
export interface CloudEndpoints {
  readonly gcs: Pick<RunningEmulator, "url">;
  readonly bigquery: Pick<RunningEmulator, "url">;
}

/** A copy of the example project with a target `cloud` of BigQuery, in datasets of a name of its own, and how it is called. */
export function cloudProject({ gcs, bigquery }: CloudEndpoints, dataset: string): CallOptions {
  const folder = cloudFolder(dataset);
  return { folder, environment: { TSDBT_GCS_ENDPOINT: gcs.url, TSDBT_BIGQUERY_ENDPOINT: bigquery.url } };
}

/** A copy of the example project with a target `cloud`; with its own pulls, or with these. */
export function cloudFolder(dataset: string, pulls?: Readonly<Record<string, unknown>>): string {
  const folder = exampleProject(pulls);
  const file = join(folder, "project.yml");
  const target = `  cloud: { type: bigquery, project: test, dataset: ${dataset}, staging: "gs://stage/${dataset}", threads: 2, retries: 2 }\n`;
  const text = readFileSync(file, "utf8").replace("target: local", "target: cloud");
  writeFileSync(file, text.replace("targets:\n", `targets:\n${target}`).concat(`\nledger-schema: ${dataset}_ledger\n`));
  return folder;
}
