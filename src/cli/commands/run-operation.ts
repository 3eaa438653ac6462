import { parseVars } from "../../app/parse-vars.ts";
import { runOperation } from "../../app/run-operation.ts";
import { type CallContext, endingCode, type ExitCode } from "../call-context.ts";

/** `run-operation`: calls a macro, with arguments as a mapping in YAML or JSON. */
export async function answerRunOperation(
  { invocation }: CallContext,
  { name, args }: { readonly name: string; readonly args: string },
): Promise<ExitCode> {
  const parsed = parseVars(args, "--args");
  if (!parsed.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: parsed.diagnostics });
    return 2;
  }
  return endingCode(await runOperation(invocation, { name, arguments: parsed.value }));
}
