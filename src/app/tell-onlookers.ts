import type { Told } from "../domain/told.ts";
import { judgeWarnings } from "../domain/warning-rule.ts";
import type { Invocation } from "./invocation.ts";

/** Has what a template or a script says told as events, in its order; a warning weighs what the call says it weighs. */
export function tellOnlookers(
  { messages, warnings }: Told,
  { emit, warningRule }: Pick<Invocation, "emit" | "warningRule">,
): void {
  for (const { text, level } of messages) emit({ kind: "said", message: text, level });
  if (warnings.length > 0) emit({ kind: "diagnosed", diagnostics: judgeWarnings(warnings, warningRule) });
}
