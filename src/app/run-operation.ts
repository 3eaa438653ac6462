import type { Operation } from "../compiler/run-operation.ts";
import { openSession } from "../runner/commented-session.ts";
import { driveScript } from "../runner/drive-script.ts";
import { statementDiagnostic } from "../runner/statement-diagnostic.ts";
import { StatementError } from "../runner/warehouse.ts";
import { connectWarehouse } from "./connect.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openSoundProject } from "./open-project.ts";
import { tellOnlookers } from "./tell-onlookers.ts";

/** Calls a macro of the project, or of a package, by itself. What it does in the warehouse lasts, and nothing else is built. */
export async function runOperation(invocation: Invocation, operation: Operation): Promise<Ending> {
  const opened = await openSoundProject(invocation, { translates: "later" });
  if (opened === undefined) return "refusal";
  const script = opened.operate(operation);
  if (!script.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: script.diagnostics });
    return "refusal";
  }
  const { root, project } = opened;
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, "write");
  const session = await openSession(warehouse, { comment: project.commentOf(undefined) });
  try {
    const ended = await driveScript(script.value, session, {
      tell: (told) => {
        tellOnlookers(told, invocation);
      },
    });
    if (!ended.ok) {
      invocation.emit({ kind: "diagnosed", diagnostics: ended.diagnostics });
      return "failure";
    }
    return "success";
  } catch (cause) {
    if (!(cause instanceof StatementError)) throw cause;
    const place = { name: operation.name, path: undefined };
    invocation.emit({ kind: "diagnosed", diagnostics: [statementDiagnostic(cause, place)] });
    return "failure";
  } finally {
    session.close();
    warehouse.close();
  }
}
