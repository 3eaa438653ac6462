import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { BigqueryTarget } from "../../domain/settings.ts";
import { numberOrDigits } from "./number-or-digits.ts";
import type { YamlNode } from "./parse-yaml.ts";
import { mapping, oneOf, type Placed, placed, text } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The keys of dbt-bigquery's profiles (https://docs.getdbt.com/docs/core/connect-data-platform/bigquery-setup). */
const bigqueryTarget = mapping(
  {
    type: text,
    method: placed(text),
    project: placed(text),
    database: placed(text),
    dataset: placed(text),
    schema: placed(text),
    threads: numberOrDigits,
    location: text,
    priority: oneOf("interactive", "batch"),
    maximum_bytes_billed: placed(numberOrDigits),
    job_execution_timeout_seconds: numberOrDigits,
    timeout_seconds: numberOrDigits,
    job_retries: numberOrDigits,
    retries: numberOrDigits,
    keyfile: text,
    reservation: text,
    lock_wait_seconds: numberOrDigits,
    staging: placed(text),
    execution_project: text,
  },
  {
    what: "a target",
    needs: ["type"],
    ignored: [
      "scopes",
      "job_creation_timeout_seconds",
      "job_retry_deadline_seconds",
      "gcs_bucket",
      "compute_region",
      "dataproc_region",
      "dataproc_cluster_name",
      "dataproc_batch",
    ],
    unsupported: [
      "impersonate_service_account",
      "keyfile_json",
      "token",
      "refresh_token",
      "client_id",
      "client_secret",
    ],
  },
);

/** BigQuery bills at least 10 MB, so that less refuses everything. */
const leastBytesBilled = 10_485_760;

function checkMethod(method: Placed<string> | undefined, report: Report): void {
  if (method === undefined || ["oauth", "service-account"].includes(method.value)) return;
  report(
    error(
      "target-method",
      `A target of BigQuery has the method "oauth" or "service-account", found "${method.value}".`,
      {
        span: method.span,
        hint: 'With "oauth" the credentials are those of the environment.',
      },
    ),
  );
}

/** A target of type `bigquery`; what is wrong with it is told. */
export function parseBigqueryTarget(name: string, node: YamlNode, report: Report): BigqueryTarget | undefined {
  const read = bigqueryTarget(node, report)?.value;
  if (read === undefined) return undefined;
  checkMethod(read.method, report);
  const project = read.project ?? read.database;
  const dataset = read.dataset ?? read.schema;
  for (const [key, value] of [
    ["project", project],
    ["dataset", dataset],
  ] as const)
    if (value === undefined) report(error("missing-key", `A target of BigQuery needs "${key}".`, { span: node.span }));
  const bytes = read.maximum_bytes_billed;
  if (bytes !== undefined && bytes.value < leastBytesBilled)
    report(
      error(
        "target-bytes",
        `BigQuery bills at least ${leastBytesBilled} bytes, so "maximum_bytes_billed" is no less.`,
        {
          span: bytes.span,
        },
      ),
    );
  const { staging } = read;
  if (staging !== undefined && !/^gs:\/\/[^/]/u.test(staging.value))
    report(
      error("target-staging", `BigQuery loads files from Cloud Storage, not from "${staging.value}".`, {
        span: staging.span,
        hint: "Name a bucket and prefix: gs://bucket/prefix.",
      }),
    );
  if (project === undefined || dataset === undefined) return undefined;
  return {
    type: "bigquery",
    name,
    database: project.value,
    schema: dataset.value,
    threads: read.threads ?? 1,
    executionProject: read.execution_project ?? project.value,
    location: read.location,
    priority: read.priority ?? "interactive",
    maximumBytesBilled: bytes?.value,
    timeoutSeconds: read.job_execution_timeout_seconds ?? read.timeout_seconds,
    retries: read.job_retries ?? read.retries ?? 3,
    reservation: read.reservation,
    lockWaitSeconds: read.lock_wait_seconds ?? 0,
    staging: staging?.value.replace(/\/+$/u, ""),
    keyfile: read.keyfile,
  };
}
