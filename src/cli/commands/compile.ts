import { compileToTarget } from "../../app/compile-to-target.ts";
import type { SelectOptions } from "../../app/select-project.ts";
import type { CallContext, ExitCode } from "../call-context.ts";
import { line } from "../log-line.ts";

/** `compile`: writes the texts, and prints them if models were named; both run modes where they differ. */
export async function answerCompile(
  { invocation, answer, reporter }: CallContext,
  options: SelectOptions & { readonly output: "text" | "json" },
): Promise<ExitCode> {
  const texts = await compileToTarget(invocation, options);
  if (texts === undefined) return 2;
  if (options.select.length === 0) {
    reporter.say(
      line("T020", "CompiledProject", `Compiled ${texts.length} ${texts.length === 1 ? "query" : "queries"}`),
    );
    return 0;
  }
  // The tests of a model come along with it; they are shown where they alone are asked for.
  const models = texts.filter(({ kind }) => kind === "model");
  for (const { name, full, incremental } of models.length > 0 ? models : texts) {
    if (options.output === "json")
      answer(`${JSON.stringify({ node: name, compiled: full, incremental: incremental ?? null })}\n`);
    else if (incremental === undefined) answer(`Compiled node '${name}' is:\n${full}\n`);
    else
      answer(
        `Compiled node '${name}' is, built anew:\n${full}\n\nCompiled node '${name}' is, incremental:\n${incremental}\n`,
      );
  }
  return 0;
}
