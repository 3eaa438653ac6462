import { type Diagnostic, inReadingOrder } from "../domain/diagnostic.ts";
import type { Invocation } from "./invocation.ts";
import { openProject } from "./open-project.ts";

/**
 * How a model stands with DuckDB: translated exactly; written for DuckDB in the first place; refused, with the reasons; or
 * not looked at, because it reads models that are refused.
 */
export type Judgement =
  | { readonly verdict: "exact" | "native" }
  | { readonly verdict: "refused"; readonly reasons: readonly Diagnostic[] }
  | { readonly verdict: "waits"; readonly waitsFor: readonly string[] };

/** A model by its unique id, and how it stands. */
export type JudgedModel = Judgement & { readonly node: string };

/** Judges every enabled model of a project, in the order of their ids. `undefined` if the project file cannot be read; that has been told. */
export async function judgeModels(invocation: Invocation): Promise<readonly JudgedModel[] | undefined> {
  const opened = await openProject(invocation);
  if (opened.project === undefined) {
    invocation.emit({ kind: "diagnosed", diagnostics: opened.diagnostics });
    return undefined;
  }
  const { project, uncompiled, diagnostics } = opened;
  const reasons = new Set(uncompiled.flatMap((model) => model.reasons));
  const others = diagnostics.filter((diagnostic) => !reasons.has(diagnostic));
  if (others.length > 0) invocation.emit({ kind: "diagnosed", diagnostics: others });
  const judged = [
    ...project.models.map(({ uniqueId, dialect }): JudgedModel => {
      return { node: uniqueId, verdict: dialect === "duckdb" ? "native" : "exact" };
    }),
    ...uncompiled.map(({ uniqueId, waitsFor, ...model }): JudgedModel => {
      if (waitsFor.length > 0) return { node: uniqueId, verdict: "waits", waitsFor };
      return { node: uniqueId, verdict: "refused", reasons: inReadingOrder(model.reasons) };
    }),
  ];
  return judged.sort((a, b) => (a.node < b.node ? -1 : 1));
}
