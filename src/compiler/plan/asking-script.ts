import type { Checked } from "../../domain/diagnostic.ts";
import type { Outcome, Step } from "../../domain/plan.ts";
import type { Script } from "../../domain/script.ts";

/** What a compiled resource does: a step's script, with the functions and the text of its query. */
type CompiledWork = Pick<Step, "functions" | "query" | "text" | "script">;

/** The script of a resource that asks the warehouse: it is compiled first, and does then what it would have done. */
export function askingScript<T>(
  compile: () => Script<Checked<T>>,
  plan: (compiled: T) => CompiledWork | undefined,
): () => Script<Outcome> {
  return function* () {
    const compiled = yield* compile();
    if (!compiled.ok) return { status: "error", diagnostics: compiled.diagnostics };
    const work = plan(compiled.value);
    if (work === undefined) throw new Error("what was compiled does nothing, though it was planned to");
    if (work.functions.length > 0) yield { kind: "functions", names: work.functions };
    const outcome = yield* work.script();
    return outcome.status === "error" ? outcome : { ...outcome, compiled: work.text ?? work.query?.text };
  };
}
