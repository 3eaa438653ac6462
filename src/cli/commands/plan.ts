import { planProject, type PlannedStep, type PlanOptions } from "../../app/plan-project.ts";
import { windowLabel } from "../../domain/window.ts";
import { byteText } from "../byte-text.ts";
import type { CallContext, ExitCode } from "../call-context.ts";

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, "      ");
}

function renderStep({ step, statements, until, bytes }: PlannedStep, withStatements: "statements" | "titles"): string {
  const reads = bytes === undefined ? "" : `    reads ${byteText(bytes)}\n`;
  const head = `  ${step.title}\n    ${step.reason}\n${reads}`;
  if (withStatements === "titles") return head;
  const shown = statements.map((statement) => `${indented(statement)};\n`).join("\n");
  const then = until === undefined ? "" : `    then: depends on ${until}\n`;
  return `${head}${shown}${then}`;
}

/** `plan`: what `build` would do now, with reasons and statements. */
export async function answerPlan(
  { invocation, answer }: CallContext,
  options: PlanOptions & { readonly output: "text" | "json"; readonly statements: "statements" | "titles" },
): Promise<ExitCode> {
  const planned = await planProject(invocation, options);
  if (planned === undefined) return 2;
  const { ingests, steps, warnings, bytes } = planned;
  if (warnings.length > 0) invocation.emit({ kind: "diagnosed", diagnostics: warnings });
  if (options.output === "json") {
    const shown = steps.map(({ step, statements, until, bytes: own }) => ({
      unique_id: step.id,
      title: step.title,
      reason: step.reason,
      needs: step.needs,
      statements,
      then: until ?? null,
      bytes: own ?? null,
    }));
    const windows = ingests.map(({ source, due }) => ({
      source,
      due: due.map(({ window, reason, files }) => ({ window: windowLabel(window), reason, files })),
    }));
    answer(`${JSON.stringify({ ingest: windows, steps: shown, bytes: bytes?.sum ?? null })}\n`);
    return 0;
  }
  for (const { source, due } of ingests) {
    const count = due.length === 1 ? "1 window is due" : `${due.length} windows are due`;
    answer(`Ingest ${source}: ${due.length === 0 ? "nothing is due" : count}\n`);
    for (const { window, reason, files } of due.slice(0, 10))
      answer(`  ${windowLabel(window)}  ${reason}, ${files === 1 ? "1 file" : `${files} files`}\n`);
    if (due.length > 10) answer(`  and ${due.length - 10} more\n`);
  }
  answer(`Steps: ${steps.length}\n`);
  for (const step of steps) answer(renderStep(step, options.statements));
  if (bytes !== undefined) {
    const others = bytes.unknown === 1 ? "1 step reads" : `${bytes.unknown} steps read`;
    const rest = bytes.unknown === 0 ? "" : `, and what ${others} that is not known before the run`;
    answer(`Bytes read: ${byteText(bytes.sum)}${rest}\n`);
  }
  return 0;
}
