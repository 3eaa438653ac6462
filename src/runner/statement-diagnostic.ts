import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Step } from "../domain/plan.ts";
import { originalPlace } from "../domain/sql.ts";
import type { StatementError } from "./warehouse.ts";

const missingColumns: readonly RegExp[] = [
  /^Referenced column "(?<name>.+)" (?:was )?not found\b/u,
  /^Table "[^"]+" does not have a column named "(?<name>.+)"/u,
];

function missingColumn(message: string): string | undefined {
  for (const pattern of missingColumns) {
    const name = pattern.exec(message)?.groups?.["name"];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A statement that the warehouse refused, told at the author's own line; where tsdbt wrote the text itself, by the step. */
export function statementDiagnostic(refusal: StatementError, step: Pick<Step, "name" | "path">): Diagnostic {
  const column = missingColumn(refusal.message);
  const code = column === undefined ? "refused-statement" : "unknown-column";
  const candidates = refusal.candidates.map((name) => `"${name}"`);
  const known = candidates.length === 0 ? undefined : `Did you mean ${candidates.join(" or ")}?`;
  const place =
    refusal.offset === undefined
      ? undefined
      : originalPlace(refusal.statement, refusal.offset, refusal.offset + refusal.length);
  if (place === undefined) {
    const said = column === undefined ? refusal.message.replace(/\.$/u, "") : `There is no column "${column}"`;
    const statements =
      step.path === undefined ? undefined : `The statements are in the run folder under "${step.path}".`;
    return error(code, `${said}, says the warehouse of "${step.name}".`, { hint: known ?? statements });
  }
  const message = column === undefined ? refusal.message : `There is no column "${column}" here.`;
  const related = place.via.map((span) => ({ message: "It was called here.", span }));
  return error(code, message, { span: place.span, related, hint: known });
}
