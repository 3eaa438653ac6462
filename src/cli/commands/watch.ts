import type { SelectOptions } from "../../app/select-project.ts";
import { type WatchKey, watchProject } from "../../app/watch-project.ts";
import { endingCode, type CallContext, type ExitCode } from "../call-context.ts";

const keys: Readonly<Record<string, WatchKey>> = { r: "rerun", d: "downstream" };

/** The character that a terminal sends for Ctrl-C while keys are read one by one. */
const interruptKey = "\u0003";

/** `watch`: compiles and runs at each save, until `q` or Ctrl-C. */
export async function answerWatch(
  { invocation }: CallContext,
  options: SelectOptions & { readonly stopsAtFailure: boolean; readonly stop: () => void },
): Promise<ExitCode> {
  const { stdin } = process;
  const onKey = (pressed: (key: WatchKey) => void): void => {
    if (stdin.isTTY) stdin.setRawMode(true);
    stdin.setEncoding("utf8");
    stdin.on("data", (typed: string) => {
      for (const character of typed) {
        const key = keys[character];
        if (key !== undefined) pressed(key);
        if (character === "q" || character === interruptKey) options.stop();
      }
    });
  };
  try {
    return endingCode(await watchProject(invocation, { ...options, onKey }));
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false);
    // Left open, a pipe would keep the process from ending.
    stdin.destroy();
  }
}
