import type { Script, StepSummary } from "../domain/script.ts";
import type { Told } from "../domain/told.ts";
import type { Session } from "./warehouse.ts";

/** How a script is driven besides its session: who hears of its statements and of what it says, and what it learns of the run that it belongs to. */
export interface ScriptSurroundings {
  /** Told of each statement: whether it is a part of what the script does, or of what it asks. */
  readonly send?: (statement: string, what: "done" | "asked") => void;
  readonly finished?: () => readonly StepSummary[];
  readonly tell?: (told: Told) => void;
}

/** Answers each request of a script by the session, until it ends. Rejects as the session does; the script's session is done for then. */
export async function driveScript<T>(
  script: Script<T>,
  session: Session,
  { send = () => undefined, finished = () => [], tell = () => undefined }: ScriptSurroundings = {},
): Promise<T> {
  let next = script.next();
  while (next.done !== true) {
    const request = next.value;
    if (request.kind === "finished") {
      next = script.next({ kind: "finished", steps: finished() });
      continue;
    }
    if (request.kind === "tell") {
      tell(request.told);
      next = script.next({ kind: "tell" });
      continue;
    }
    if (request.kind === "execute") for (const { text } of request.statements) send(text, "done");
    if (request.kind === "rows") send(request.query.text, "asked");
    if (request.kind === "statement") send(request.statement.text, "asked");
    next = script.next(await session.answer(request));
  }
  return next.value;
}
