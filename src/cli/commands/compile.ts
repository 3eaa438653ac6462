import { type CompiledSelection, compileToTarget } from "../../app/compile-to-target.ts";
import type { SelectOptions } from "../../app/select-project.ts";
import { columnTracer } from "../../app/trace-columns.ts";
import type { CompiledText } from "../../app/artifacts/write-artifacts.ts";
import type { CompiledModel } from "../../domain/model.ts";
import type { CallContext, ExitCode } from "../call-context.ts";
import { line } from "../log-line.ts";
import { renderTable } from "../render-table.ts";

/** How the answer of `compile` looks. */
export interface CompileForm {
  /** What is shown of each model: its text, or the columns that its columns come from. */
  readonly content: "text" | "lineage";
  readonly output: "text" | "json";
}

function isModel(resource: CompiledText): resource is CompiledModel {
  return resource.resourceType === "model" || resource.resourceType === "snapshot";
}

function fullText(resource: CompiledText): string {
  switch (resource.resourceType) {
    case "model":
    case "snapshot":
      return resource.full.text.text;
    case "analysis":
      return resource.query.text.text;
    case "test":
      return resource.rows.text;
  }
}

/** The text of a resource, in both run modes where they differ. */
function textAnswer(
  resource: CompiledText,
  { output, isInline }: Pick<CompileForm, "output"> & { readonly isInline: boolean },
): string {
  const { name } = resource;
  const full = fullText(resource);
  const incremental = isModel(resource) ? resource.incremental?.text.text : undefined;
  if (isInline)
    return output === "json" ? `${JSON.stringify({ compiled: full })}\n` : `Compiled inline node is:\n${full}\n`;
  if (output === "json") return `${JSON.stringify({ node: name, compiled: full, incremental: incremental ?? null })}\n`;
  if (incremental === undefined) return `Compiled node '${name}' is:\n${full}\n`;
  return `Compiled node '${name}' is, built anew:\n${full}\n\nCompiled node '${name}' is, incremental:\n${incremental}\n`;
}

/** The columns of each model, and where they come from. */
function lineageAnswers({ project, resources }: CompiledSelection, output: CompileForm["output"]): readonly string[] {
  const trace = columnTracer(project);
  return resources.filter(isModel).map((model) => {
    const columns = trace(model);
    if (output === "json") return `${JSON.stringify({ node: model.uniqueId, columns: columns ?? null })}\n`;
    if (columns === undefined)
      return `The columns of '${model.name}' are not known: it is written in DuckDB's own dialect.\n`;
    const rows = columns.map(({ name, type, from }) => [
      name,
      type,
      from.map(({ node, column }) => `${node}.${column}`).join(", "),
    ]);
    return `Columns of node '${model.name}':\n${renderTable(["column", "type", "from"], rows)}\n`;
  });
}

/** `compile`: writes the texts, and prints them if models were named; or prints the lineage of columns. */
export async function answerCompile(
  { invocation, answer, reporter }: CallContext,
  { content, output, ...options }: SelectOptions & CompileForm & { readonly inline?: string | undefined },
): Promise<ExitCode> {
  const compiled = await compileToTarget(invocation, options);
  if (compiled === undefined) return 2;
  if (content === "lineage") {
    lineageAnswers(compiled, output).forEach(answer);
    return 0;
  }
  const { resources } = compiled;
  if (options.select.length === 0 && options.inline === undefined) {
    const count = resources.length;
    reporter.say(line("T020", "CompiledProject", `Compiled ${count} ${count === 1 ? "query" : "queries"}`));
    return 0;
  }
  // The tests of a model come along with it; they are shown where they alone are asked for.
  const models = resources.filter(isModel);
  const form = { output, isInline: options.inline !== undefined };
  for (const resource of models.length > 0 ? models : resources) answer(textAnswer(resource, form));
  return 0;
}
