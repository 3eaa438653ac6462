import { type JudgedModel, judgeModels } from "../../app/judge-models.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { positionAt } from "../../domain/source-file.ts";
import type { CallContext, ExitCode } from "../call-context.ts";
import { renderTable } from "../render-table.ts";

interface ToldReason {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

function toldReason({ code, message, hint: given, span }: Diagnostic): ToldReason {
  const hint = given ?? null;
  if (span === undefined) return { code, message, hint, path: null, line: null, column: null };
  return { code, message, hint, path: span.file.path, ...positionAt(span.file, span.start) };
}

function placeOf({ path, line, column }: ToldReason): string {
  return path === null ? "" : `${path}:${String(line)}:${String(column)}`;
}

function tableRows(model: JudgedModel): readonly (readonly string[])[] {
  const { node, verdict } = model;
  switch (model.verdict) {
    case "exact":
    case "native":
      return [[node, verdict, "", ""]];
    case "waits":
      return [[node, verdict, "", `It reads ${model.waitsFor.join(", ")}.`]];
    case "refused":
      return model.reasons.map((reason) => {
        const told = toldReason(reason);
        return [node, verdict, placeOf(told), told.hint === null ? told.message : `${told.message} ${told.hint}`];
      });
  }
}

function jsonLine(model: JudgedModel): string {
  const { node, verdict } = model;
  const waitsFor = model.verdict === "waits" ? model.waitsFor : [];
  const reasons = model.verdict === "refused" ? model.reasons.map(toldReason) : [];
  return `${JSON.stringify({ node, verdict, reasons, waits_for: waitsFor })}\n`;
}

function summary(models: readonly JudgedModel[]): string {
  const count = (verdict: JudgedModel["verdict"]): number => models.filter((model) => model.verdict === verdict).length;
  return [
    `${count("exact")} exact`,
    `${count("native")} native`,
    `${count("refused")} refused`,
    `${count("waits")} waiting`,
  ]
    .filter((text) => !text.startsWith("0 "))
    .join(", ");
}

/** `compat`: how each model of the project stands with DuckDB. It ends with 1 if one is refused. */
export async function answerCompat(
  { invocation, answer }: CallContext,
  { output }: { readonly output: "text" | "json" },
): Promise<ExitCode> {
  const models = await judgeModels(invocation);
  if (models === undefined) return 2;
  if (output === "json") models.map(jsonLine).forEach(answer);
  else {
    answer(`${renderTable(["model", "verdict", "place", "reason"], models.flatMap(tableRows))}\n`);
    answer(`${models.length} ${models.length === 1 ? "model" : "models"}: ${summary(models)}\n`);
  }
  return models.some(({ verdict }) => verdict === "refused") ? 1 : 0;
}
