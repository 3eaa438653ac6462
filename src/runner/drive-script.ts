import type { Script } from "../domain/script.ts";
import type { Session } from "./warehouse.ts";

/** Answers each request of a script by the session, until it ends. Rejects as the session does; the script's session is done for then. */
export async function driveScript<T>(
  script: Script<T>,
  session: Session,
  send: (statement: string) => void = () => undefined,
): Promise<T> {
  let next = script.next();
  while (next.done !== true) {
    const request = next.value;
    if (request.kind === "execute") for (const { text } of request.statements) send(text);
    if (request.kind === "rows") send(request.query.text);
    next = script.next(await session.answer(request));
  }
  return next.value;
}
