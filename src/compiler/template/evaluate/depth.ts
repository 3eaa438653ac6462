import type { Span } from "../../../domain/source-file.ts";
import { raise } from "../template-error.ts";
import type { Evaluation } from "./evaluation.ts";

/** How many expressions and blocks may stand within one another, a macro counting as several: half of what the stack bears. */
const deepest = 1000;

/** What a call of a macro takes of the stack, in expressions. */
export const routineDepth = 6;

/** Goes one expression or block deeper; too deep is the author's mistake, most often a macro that calls itself. */
export function enter(evaluation: Evaluation, span: Span): void {
  if (++evaluation.depth > deepest)
    raise("template-depth", "Macros and blocks are nested too deeply here.", {
      span,
      hint: "A macro may be calling itself without end.",
    });
}
