import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { indirectSelections } from "../domain/selection-terms.ts";

function wholeNumber(text: string): number {
  if (!/^-?\d+$/u.test(text)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(text);
}

function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError("It is not a whole number of at least 1.");
  return number;
}

/** The words by which dbt takes a variable of the environment as off. */
const offWords = /^(?:0|false|f|no|n|off|)$/iu;

/** An option without a value that a variable of the environment can set; commander itself would take `false` as set. */
function flag(flags: string, description: string, variable: string): Option {
  const option = new Option(flags, description);
  return offWords.test(process.env[variable] ?? "") ? option : option.env(variable);
}

/** Adds options that every command has, under dbt's names; they may stand before the command too. */
export function addCommonOptions(command: Command): Command {
  return command
    .addOption(new Option("--project-dir <folder>", "the project's folder").env("DBT_PROJECT_DIR"))
    .addOption(new Option("--profiles-dir <folder>", "where profiles.yml is").env("DBT_PROFILES_DIR"))
    .addOption(new Option("--profile <name>", "the profile of a dbt project to run on").env("DBT_PROFILE"))
    .addOption(new Option("-t, --target <name>", "the target to run on").env("DBT_TARGET"))
    .addOption(new Option("--vars <yaml>", "values of variables, as one YAML or JSON mapping"))
    .addOption(new Option("--target-path <folder>", "where artifacts go").env("DBT_TARGET_PATH"))
    .addOption(new Option("--now <time>", "the logical time of the call, ISO 8601").env("TSDBT_NOW"))
    .addOption(flag("-q, --quiet", "tell only what went wrong", "DBT_QUIET"))
    .addOption(
      new Option("--log-format <format>", "how lines are told")
        .choices(["default", "text", "debug", "json"])
        .env("DBT_LOG_FORMAT"),
    )
    .addOption(new Option("--use-colors", "colours even where output is no terminal"))
    .addOption(new Option("--no-use-colors", "no colours"));
}

/** Adds the options that choose resources. */
export function addSelectionOptions(command: Command): Command {
  return command
    .addOption(new Option("-s, --select <criteria...>", "what to select, in dbt's grammar: dau+ tag:daily,path:models"))
    .addOption(new Option("--exclude <criteria...>", "what to leave out"))
    .addOption(
      new Option("--indirect-selection <mode>", "which tests come along with what they test").choices(
        indirectSelections,
      ),
    );
}

/** Adds the options of commands that run steps; they may stand before the command too. */
export function addRunOptions(command: Command): Command {
  return command
    .addOption(new Option("--threads <count>", "how many steps run side by side").argParser(positiveNumber))
    .addOption(flag("-x, --fail-fast", "stop what runs at the first failure, and begin nothing new", "DBT_FAIL_FAST"));
}

/** Adds `--full-refresh`. */
export function addFullRefresh(command: Command): Command {
  return command.addOption(flag("-f, --full-refresh", "build incremental models anew", "DBT_FULL_REFRESH"));
}

/** Adds `--limit`, the number of rows shown. */
export function addLimit(command: Command): Command {
  return command.addOption(
    new Option("--limit <rows>", "how many rows to show, all if -1").default(5).argParser(wholeNumber),
  );
}
