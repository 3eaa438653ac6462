import { type AddedPackage, parseAddedPackage } from "../../app/deps/add-package.ts";
import { type DepsOptions, installPackages } from "../../app/deps/install-packages.ts";
import { endingCode, type CallContext, type ExitCode } from "../call-context.ts";

/** `deps` as it was asked for. */
export interface DepsCall {
  readonly add: string | undefined;
  readonly source: AddedPackage["source"];
  readonly mode: DepsOptions["mode"];
}

/** `deps`: installs packages. */
export async function answerDeps({ invocation }: CallContext, { add, source, mode }: DepsCall): Promise<ExitCode> {
  const added = add === undefined ? undefined : parseAddedPackage(add, source);
  if (added?.ok === false) {
    invocation.emit({ kind: "diagnosed", diagnostics: added.diagnostics });
    return 2;
  }
  return endingCode(await installPackages(invocation, { add: added?.value, mode }));
}
