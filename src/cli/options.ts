import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { addIdleOptions } from "./idle-options.ts";
import { indirectSelections, type ResourceType, resourceTypes } from "../domain/selection-terms.ts";

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

/** `--name` and `--no-name`, of which a variable of the environment can give either. */
function toggle(flags: string, description: string, variable: string): readonly [Option, Option] {
  const option = new Option(flags, description);
  const value = process.env[variable];
  const opposite = new Option(`--no-${option.name()}`).hideHelp();
  if (value !== undefined && offWords.test(value)) option.default(false);
  return [value === undefined || offWords.test(value) ? option : option.env(variable), opposite];
}

function addToggle(command: Command, given: readonly [Option, Option]): Command {
  return command.addOption(given[0]).addOption(given[1]);
}

const logLevels = ["debug", "info", "warn", "error", "none"] as const;
const logFormats = ["default", "text", "debug", "json"] as const;

/** Adds options that every command has, under dbt's names; they may stand before the command too. */
export function addCommonOptions(command: Command): Command {
  addToggle(command, toggle("--warn-error", "count warnings as errors", "DBT_WARN_ERROR"));
  addToggle(command, toggle("--write-json", "write artifacts", "DBT_WRITE_JSON"));
  addToggle(command, toggle("--version-check", "hold a project to its require-dbt-version", "DBT_VERSION_CHECK"));
  addIdleOptions(command);
  return command
    .addOption(new Option("--project-dir <folder>", "the project's folder").env("DBT_PROJECT_DIR"))
    .addOption(new Option("--profiles-dir <folder>", "where profiles.yml is").env("DBT_PROFILES_DIR"))
    .addOption(new Option("--profile <name>", "the profile of a dbt project to run on").env("DBT_PROFILE"))
    .addOption(new Option("-t, --target <name>", "the target to run on").env("DBT_TARGET"))
    .addOption(new Option("--vars <yaml>", "values of variables, as one YAML or JSON mapping"))
    .addOption(new Option("--target-path <folder>", "where artifacts go").env("DBT_TARGET_PATH"))
    .addOption(new Option("--log-path <folder>", "where the log file goes").env("DBT_LOG_PATH"))
    .addOption(
      new Option("--log-level <level>", "the least grave lines that are told").choices(logLevels).env("DBT_LOG_LEVEL"),
    )
    .addOption(
      new Option("--log-level-file <level>", "the same of the log file").choices(logLevels).env("DBT_LOG_LEVEL_FILE"),
    )
    .addOption(
      new Option("--log-format-file <format>", "how lines of the log file are told")
        .choices(logFormats)
        .env("DBT_LOG_FORMAT_FILE"),
    )
    .addOption(
      new Option("--log-file-max-bytes <bytes>", "how big the log file grows before it is put aside, 0 for no end")
        .argParser(wholeNumber)
        .env("DBT_LOG_FILE_MAX_BYTES"),
    )
    .addOption(
      new Option("--warn-error-options <yaml>", "which warnings count as errors: {error: all, warn: [...]}").env(
        "DBT_WARN_ERROR_OPTIONS",
      ),
    )
    .addOption(flag("-d, --debug", "tell all, as --log-level debug", "DBT_DEBUG"))
    .addOption(new Option("--now <time>", "the logical time of the call, ISO 8601").env("TSDBT_NOW"))
    .addOption(flag("-q, --quiet", "tell only what went wrong", "DBT_QUIET"))
    .addOption(new Option("--log-format <format>", "how lines are told").choices(logFormats).env("DBT_LOG_FORMAT"))
    .addOption(new Option("--use-colors", "colours even where output is no terminal"))
    .addOption(new Option("--no-use-colors", "no colours"));
}

/** An option that takes types of resources: several values, or one with spaces in it. */
function typesOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, before: readonly ResourceType[] | undefined) => {
    const types = value.split(/[\s,]+/u).filter((each) => each !== "");
    return [
      ...(before ?? []),
      ...types.map((each) => {
        const type = resourceTypes.find((known) => known === each);
        if (type === undefined) throw new InvalidArgumentError(`The types are ${resourceTypes.join(", ")}.`);
        return type;
      }),
    ];
  });
}

/** Adds the options that choose resources. */
export function addSelectionOptions(command: Command): Command {
  return command
    .addOption(new Option("-m, --models <criteria...>", "the old name of --select").hideHelp())
    .addOption(new Option("--model <criteria...>", "the old name of --select").hideHelp())
    .addOption(new Option("-s, --select <criteria...>", "what to select, in dbt's grammar: dau+ tag:daily,path:models"))
    .addOption(new Option("--exclude <criteria...>", "what to leave out"))
    .addOption(
      new Option("--indirect-selection <mode>", "which tests come along with what they test")
        .choices(indirectSelections)
        .env("DBT_INDIRECT_SELECTION"),
    )
    .addOption(new Option("--selector <name>", "a selector of selectors.yml"))
    .addOption(new Option("--state <folder>", "an earlier run's artifacts, for state:modified").env("DBT_STATE"))
    .addOption(flag("--defer", "read what is not selected and not there where --state says it stands", "DBT_DEFER"))
    .addOption(new Option("--no-defer", "read everything where it belongs"))
    .addOption(
      new Option("--defer-state <folder>", "the artifacts for --defer, if not those of --state").env("DBT_DEFER_STATE"),
    )
    .addOption(flag("--favor-state", "with --defer, read it there even if it is here too", "DBT_FAVOR_STATE"))
    .addOption(new Option("--no-favor-state", "only what is missing is read elsewhere").hideHelp())
    .addOption(typesOption("--resource-type <types...>", "only these types"))
    .addOption(typesOption("--resource-types <types...>", "only these types").env("DBT_RESOURCE_TYPES").hideHelp())
    .addOption(typesOption("--exclude-resource-type <types...>", "none of these types"))
    .addOption(
      typesOption("--exclude-resource-types <types...>", "none of these types")
        .env("DBT_EXCLUDE_RESOURCE_TYPES")
        .hideHelp(),
    );
}

/** Adds the options of commands that run steps; they may stand before the command too. */
export function addRunOptions(command: Command): Command {
  const [failFast, noFailFast] = toggle(
    "-x, --fail-fast",
    "stop what runs at the first failure, and begin nothing new",
    "DBT_FAIL_FAST",
  );
  return command
    .addOption(new Option("--threads <count>", "how many steps run side by side").argParser(positiveNumber))
    .addOption(failFast)
    .addOption(noFailFast);
}

/** Adds `--empty`. */
export function addEmptyOption(command: Command): Command {
  return command
    .addOption(flag("--empty", "read no rows of what models refer to, nor of seeds", "DBT_EMPTY"))
    .addOption(new Option("--no-empty", "read all rows").hideHelp());
}

/** Adds `--sample`. */
export function addSampleOption(command: Command): Command {
  return command.addOption(
    new Option("--sample <window>", 'read only this stretch of event time: "3 days", or {start: …, end: …}').env(
      "DBT_SAMPLE",
    ),
  );
}

/** Adds the options of commands that run tests; they may stand before the command too. */
export function addTestOptions(command: Command): Command {
  return command.addOption(flag("--store-failures", "keep the rows that fail tests as tables", "DBT_STORE_FAILURES"));
}

/** Adds the options that say which event times microbatch models are to build. */
export function addEventTimeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--event-time-start <time>", "build batches of microbatch models from this time on, in UTC").env(
        "DBT_EVENT_TIME_START",
      ),
    )
    .addOption(new Option("--event-time-end <time>", "up to this time").env("DBT_EVENT_TIME_END"));
}

/** Adds `--full-refresh`. */
export function addFullRefresh(command: Command): Command {
  return command.addOption(flag("-f, --full-refresh", "build incremental models anew", "DBT_FULL_REFRESH"));
}

/** Adds `--max-bytes`. */
export function addMaxBytes(command: Command): Command {
  const what = "refuse to run what would read more, by the account of a warehouse that bills it";
  return command.addOption(new Option("--max-bytes <bytes>", what).argParser(wholeNumber));
}

/** Adds `--limit`, the number of rows shown. */
export function addLimit(command: Command): Command {
  return command.addOption(
    new Option("--limit <rows>", "how many rows to show, all if -1").default(5).argParser(wholeNumber),
  );
}
