import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Step } from "../domain/plan.ts";
import { originalPlace } from "../domain/sql.ts";
import type { StatementError } from "./warehouse.ts";

const missingColumn = /^(?:Referenced column|Table "[^"]+" does not have a column named) "(?<name>[^"]+)"/u;

function sentenceOf(refusal: StatementError): { readonly code: string; readonly message: string } {
  const column = missingColumn.exec(refusal.message)?.groups?.["name"];
  if (column !== undefined) return { code: "unknown-column", message: `There is no column "${column}" here.` };
  return { code: "refused-statement", message: refusal.message };
}

/** A statement that the warehouse refused, told at the author's own line; where tsdbt wrote the text itself, by the step. */
export function statementDiagnostic(refusal: StatementError, step: Pick<Step, "name" | "path">): Diagnostic {
  const { code, message } = sentenceOf(refusal);
  const candidates = refusal.candidates.map((name) => `"${name}"`);
  const known = candidates.length === 0 ? undefined : `Did you mean ${candidates.join(" or ")}?`;
  const place =
    refusal.offset === undefined
      ? undefined
      : originalPlace(refusal.statement, refusal.offset, refusal.offset + refusal.length);
  if (place === undefined)
    return error(code, `${message.replace(/\.$/u, "")}, says the warehouse of "${step.name}".`, {
      hint:
        known ?? (step.path === undefined ? undefined : `The statements are in the run folder under "${step.path}".`),
    });
  const related = place.via.map((span) => ({ message: "It was called here.", span }));
  return error(code, message, { span: place.span, related, hint: known });
}
