import { ingestProject, type IngestOptions, listRejected } from "../../app/ingest-project.ts";
import { endingCode, type CallContext, type ExitCode } from "../call-context.ts";
import { renderTable } from "../render-table.ts";

/** `ingest`: stages and loads what is due. */
export async function answerIngest({ invocation }: CallContext, options: IngestOptions): Promise<ExitCode> {
  return endingCode(await ingestProject(invocation, options));
}

/** `ingest --show-rejected`: what was turned away, as a table or one JSON object a line. */
export async function answerRejected(
  { invocation, answer }: CallContext,
  options: { readonly sources: readonly string[]; readonly output: "table" | "json" },
): Promise<ExitCode> {
  const rejected = await listRejected(invocation, options.sources);
  if (rejected === undefined) return 2;
  if (options.output === "json") for (const each of rejected) answer(`${JSON.stringify(each)}\n`);
  else if (rejected.length === 0) answer("Nothing was turned away.\n");
  else {
    const rows = rejected.map(({ source, window, file, byteOffset, kind, reason }) => [
      source,
      window,
      file,
      byteOffset,
      kind,
      reason,
    ]);
    answer(`${renderTable(["source", "window", "file", "byte", "what", "reason"], rows)}\n`);
  }
  return 0;
}
