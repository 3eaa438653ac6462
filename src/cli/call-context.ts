import type { Ending, Invocation } from "../app/invocation.ts";
import type { Reporter } from "./reporter.ts";

/** One call of the command line, ready to be answered: the invocation, who tells its events, where an answer goes. */
export interface CallContext {
  readonly invocation: Invocation;
  readonly reporter: Reporter;
  /** Prints an answer, such as the lines of `ls`; never the lines of the work. */
  readonly answer: (text: string) => void;
}

/** How the process ends (DBT_CONVENTIONS §2): 0 all well, 1 something that ran failed, 2 nothing could be run. */
export type ExitCode = 0 | 1 | 2;

/** The exit code of an ending. */
export function endingCode(ending: Ending): ExitCode {
  switch (ending) {
    case "success":
      return 0;
    case "failure":
      return 1;
    case "refusal":
      return 2;
  }
}
