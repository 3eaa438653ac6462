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

const helpHint = "tsdbt --help lists commands and options.";

function quotedList(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" or ");
}

/** The options or commands that are nearest to a mistyped one, from commander's suggestion. */
function suggestion(message: string): string | undefined {
  const found = /\(Did you mean (?:one of )?(?<names>[^?]+)\?\)/u.exec(message)?.groups?.["names"];
  return found === undefined ? undefined : `Did you mean ${quotedList(found.split(", "))}?`;
}

function firstQuoted(message: string): string {
  return /'(?<name>[^']+)'/u.exec(message)?.groups?.["name"] ?? "";
}

/** The long form of an option's flags: `--select` of `-s, --select <criteria...>`. */
function longFlag(flags: string): string {
  return /--[\w-]+/u.exec(flags)?.[0] ?? flags;
}

const refusedValue =
  /option '(?<flags>[^']+)' (?:argument|value) '(?<value>[\s\S]*?)'(?: from env '(?<variable>[^']+)')? is invalid\. (?<why>[\s\S]*)$/u;

/** A value that an option does not take, from the command line or from the environment. */
function valueDiagnostic(message: string): Diagnostic | undefined {
  const { flags, value, variable, why } = refusedValue.exec(message)?.groups ?? {};
  if (flags === undefined || value === undefined || why === undefined) return undefined;
  const choices = /^Allowed choices are (?<names>.*)\.$/u.exec(why)?.groups?.["names"];
  const hint = choices === undefined ? why : `It is one of ${quotedList(choices.split(", "))}.`;
  return error("usage", `The value of ${variable ?? longFlag(flags)} cannot be "${value}".`, { hint });
}

/** Commander's complaint about a call, in our words. */
export function usageDiagnostic({ code, message }: Pick<CommanderError, "code" | "message">): Diagnostic {
  const name = firstQuoted(message);
  const hint = suggestion(message) ?? helpHint;
  switch (code) {
    case "commander.unknownOption":
      return error("unknown-option", `There is no option "${name}".`, { hint });
    case "commander.unknownCommand":
      return error("unknown-command", `There is no command "${name}".`, { hint });
    case "commander.missingArgument":
      return error("usage", `The argument "${name}" is missing.`, { hint });
    case "commander.optionMissingArgument":
      return error("usage", `The option "${longFlag(name)}" needs a value.`, { hint });
    case "commander.excessArguments":
      return error("usage", `There are more arguments than "${name}" takes.`, {
        hint: "Values go with their options, such as --select; tsdbt --help lists them.",
      });
    default: {
      const sentence = message.replace(/^error: /u, "").split("\n")[0] ?? message;
      return (
        valueDiagnostic(message) ??
        error("usage", `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.$/u, "")}.`, { hint })
      );
    }
  }
}
