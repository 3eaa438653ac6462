import type { CommanderError } from "commander";
import { type Diagnostic, error } from "../domain/diagnostic.ts";

/** A call that cannot be made as it was typed. */
export class UsageError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: string, message: string, hint: string | undefined) {
    super(message);
    this.name = "UsageError";
    this.diagnostic = error(code, message, { hint });
  }
}

/** The option or command that is nearest to a mistyped one, from commander's suggestion. */
function suggestion(message: string): string | undefined {
  const found = /\(Did you mean (?:one of )?(?<names>[^?]+)\?\)/u.exec(message)?.groups?.["names"];
  return found === undefined ? undefined : `Did you mean "${found}"?`;
}

function firstQuoted(message: string): string {
  return /'(?<name>[^']+)'/u.exec(message)?.groups?.["name"] ?? "";
}

/** Commander's complaint about a call, in our words. */
export function usageDiagnostic({ code, message }: CommanderError): Diagnostic {
  const name = firstQuoted(message);
  const hint = suggestion(message) ?? "tsdbt --help lists commands and options.";
  switch (code) {
    case "commander.unknownOption":
      return error("unknown-option", `There is no option "${name}".`, { hint });
    case "commander.unknownCommand":
      return error("unknown-command", `There is no command "${name}".`, { hint });
    case "commander.missingArgument":
      return error("usage", `The argument "${name}" is missing.`, { hint });
    case "commander.optionMissingArgument":
      return error("usage", `The option "${name}" needs a value.`, { hint });
    case "commander.excessArguments":
      return error("usage", "There are more arguments than the command takes.", { hint });
    default: {
      const sentence = message.replace(/^error: /u, "").split("\n")[0] ?? message;
      return error("usage", `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.$/u, "")}.`, { hint });
    }
  }
}
