import { readCosts } from "../../app/read-costs.ts";
import { byteText } from "../byte-text.ts";
import type { CallContext, ExitCode } from "../call-context.ts";
import { renderTable } from "../render-table.ts";

/** `cost`: what each resource of the last run cost, by its record. */
export async function answerCost(
  { invocation, answer }: CallContext,
  { state, output }: { readonly state: string | undefined; readonly output: "text" | "json" },
): Promise<ExitCode> {
  const costs = await readCosts(invocation, { state });
  if (costs === undefined) return 2;
  if (output === "json") {
    const shown = costs.map(({ uniqueId, bytesProcessed, bytesBilled, slotMs, jobId }) => ({
      unique_id: uniqueId,
      bytes_processed: bytesProcessed,
      bytes_billed: bytesBilled,
      slot_ms: slotMs,
      job_id: jobId,
    }));
    answer(`${JSON.stringify(shown)}\n`);
    return 0;
  }
  if (costs.length === 0) {
    answer("Nothing of the last run was billed.\n");
    return 0;
  }
  const rows = costs.map((cost) => [
    cost.uniqueId,
    byteText(cost.bytesProcessed),
    byteText(cost.bytesBilled),
    cost.slotMs,
    cost.jobId,
  ]);
  answer(`${renderTable(["resource", "processed", "billed", "slot ms", "last job"], rows)}\n`);
  answer(`Billed: ${byteText(costs.reduce((sum, { bytesBilled }) => sum + bytesBilled, 0))}\n`);
  return 0;
}
