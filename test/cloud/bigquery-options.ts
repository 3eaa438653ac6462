import { setTimeout } from "node:timers/promises";
import type { BigqueryOptions } from "../../src/runner/warehouse/bigquery/open-bigquery.ts";

let opened = 0;

/** How the emulator of BigQuery is opened for a test, by a run of its own. */
export function bigqueryOptions(url: string): BigqueryOptions {
  return {
    project: "test",
    endpoint: url,
    keyfile: undefined,
    location: undefined,
    priority: "interactive",
    maximumBytesBilled: undefined,
    timeoutSeconds: undefined,
    retries: 1,
    reservation: undefined,
    labels: {},
    runId: `test-${process.pid}-${++opened}`,
    startedMs: Date.now(),
    scratch: { database: "test", schema: "_tsdbt" },
    pause: async (milliseconds) => setTimeout(Math.min(milliseconds, 20)),
  };
}
