import { type DocsOptions, generateDocs } from "../../app/generate-docs.ts";
import type { CallContext, ExitCode } from "../call-context.ts";
import { line } from "../log-line.ts";

/** `docs generate`: writes the catalog of what stands in the warehouse beside the manifest. */
export async function answerDocs({ invocation, reporter }: CallContext, options: DocsOptions): Promise<ExitCode> {
  const written = await generateDocs(invocation, options);
  if (written === undefined) return 2;
  reporter.say(line("E041", "CatalogWritten", `Catalog written to ${written.path}`));
  return 0;
}
