import type { Outcome, Step } from "../../domain/plan.ts";
import type { RunHook } from "../../domain/run-hook.ts";
import { execute, finishedSteps, type Script } from "../../domain/script.ts";

function* runHook(hook: RunHook): Script<Outcome> {
  const rendered = yield* hook.render(hook.when === "end" ? yield* finishedSteps() : []);
  if (!rendered.ok) return { status: "error", diagnostics: rendered.diagnostics };
  if (rendered.value.text !== "") yield* execute(rendered.value);
  return { status: "success", message: "OK", rowCount: undefined, warnings: [] };
}

/** A hook of a run as a step; one of its end waits for all others, however they end. */
export function hookStep(hook: RunHook, waits: Pick<Step, "needs" | "follows">): Step {
  const { uniqueId, name, when, path } = hook;
  return {
    id: uniqueId,
    kind: "hook",
    name,
    title: `hook: ${name.replace(/-on-run-(\w+)-(\d+)$/u, ".on-run-$1.$2")}`,
    reason: when === "start" ? "runs before all others" : "runs after all others, whatever became of them",
    ...waits,
    functions: [],
    relation: undefined,
    query: undefined,
    path,
    script: () => runHook(hook),
  };
}
