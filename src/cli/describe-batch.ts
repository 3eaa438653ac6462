import { relationName } from "../domain/relation.ts";
import type { BatchPlace, BatchResult, RunEvent } from "../domain/run-event.ts";
import { line, type LogLine } from "./log-line.ts";

type BatchEvent = Extract<RunEvent, { readonly kind: "batchStarted" | "batchEnded" }>;

/** Where dbt's dots end in lines of batches. */
const titleWidth = 86;

function titled(said: string, name: string, { step: { relation, name: model }, index, total }: BatchPlace): string {
  const place = relation === undefined ? model : `${relation.schema}.${relation.identifier}`;
  return `Batch ${index} of ${total} ${said} batch ${name} of ${place} `.padEnd(titleWidth, ".");
}

function endingWords({ ending }: BatchResult): { readonly said: string; readonly status: string } {
  switch (ending.status) {
    case "success":
      return { said: "OK created", status: "OK" };
    case "skipped":
      return { said: "SKIP", status: "SKIPPED" };
    case "error":
    case "partial success":
    case "pass":
    case "warn":
    case "fail":
      return { said: "ERROR creating", status: "ERROR" };
  }
}

/** A batch that begins or ends, as dbt tells it. */
export function describeBatchEvent(event: BatchEvent): LogLine {
  const { place } = event;
  const { step, index, total } = place;
  const node = {
    node_info: {
      node_name: step.name,
      unique_id: step.id,
      resource_type: step.kind,
      node_path: step.path ?? "",
      node_relation: step.relation === undefined ? {} : { relation_name: relationName(step.relation) },
    },
    batch_index: index,
    total_batches: total,
  };
  if (event.kind === "batchStarted")
    return { ...line("Q045", "LogStartBatch", `${titled("START", event.work.name, place)} [RUN]`), data: node };
  const { result } = event;
  const { said, status } = endingWords(result);
  const took = ((result.endedMs - result.startedMs) / 1000).toFixed(2);
  const text = `${titled(said, result.work.name, place)} [${status} in ${took}s]`;
  const level = status === "ERROR" ? "error" : "info";
  return { ...line("Q046", "LogBatchResult", text), level, data: { ...node, status: result.ending.status } };
}
