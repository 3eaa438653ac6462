import type { Command } from "commander";
import { givenIdleOptions } from "./idle-options.ts";
import type { LogLevel } from "./log-line.ts";
import { withParents } from "./with-parents.ts";

/** The values of the options that may stand before the command's name; `undefined` where not given. */
export interface CommonOptions {
  readonly projectDir: string | undefined;
  readonly profilesDir: string | undefined;
  readonly profile: string | undefined;
  readonly target: string | undefined;
  readonly vars: string | undefined;
  readonly targetPath: string | undefined;
  readonly now: string | undefined;
  readonly logPath: string | undefined;
  readonly logFile: {
    readonly level: LogLevel | "none";
    readonly format: "text" | "json";
    readonly maxBytes: number;
  };
  /** The least grave lines that are told; `none` tells nothing at all. */
  readonly logLevel: LogLevel | "none";
  readonly warnError: boolean;
  readonly warnErrorOptions: string | undefined;
  readonly writeJson: boolean;
  readonly versionCheck: boolean;
  /** Options of dbt's that do nothing here, as they were written. */
  readonly idle: readonly string[];
  readonly logFormat: "text" | "json";
  readonly threads: number | undefined;
  readonly failFast: boolean;
  readonly storeFailures: boolean;
  readonly empty: boolean;
  readonly sample: string | undefined;
  readonly useColors: boolean | undefined;
}

/** A value given before or after the command's name: on the command line rather than by the environment, the later one rather than the first. */
function valueOf(command: Command, key: string): unknown {
  const chain = withParents(command);
  const typed = chain.find((each) => each.getOptionValueSource(key) === "cli");
  const given = typed ?? chain.find((each) => each.getOptionValueSource(key) !== undefined);
  const value: unknown = given?.getOptionValue(key);
  return value;
}

function textValue(command: Command, key: string): string | undefined {
  const value = valueOf(command, key);
  return typeof value === "string" ? value : undefined;
}

/** dbt's limit of a log file: 10 MiB. */
const usualMaxBytes = 10 * 1024 * 1024;

function levelNamed(name: string | undefined): CommonOptions["logLevel"] | undefined {
  return (["debug", "info", "warn", "error", "none"] as const).find((level) => level === name);
}

/** `--quiet` and `--debug` are names for levels; the quieter wins, as in dbt. */
function logLevel(command: Command): CommonOptions["logLevel"] {
  if (valueOf(command, "quiet") === true) return "error";
  if (valueOf(command, "debug") === true) return "debug";
  return levelNamed(textValue(command, "logLevel")) ?? "info";
}

/** Reads the common options of a call. */
export function commonOptions(command: Command): CommonOptions {
  const useColors = valueOf(command, "useColors");
  const threads = valueOf(command, "threads");
  const maxBytes = valueOf(command, "logFileMaxBytes");
  return {
    projectDir: textValue(command, "projectDir"),
    profilesDir: textValue(command, "profilesDir"),
    profile: textValue(command, "profile"),
    target: textValue(command, "target"),
    vars: textValue(command, "vars"),
    targetPath: textValue(command, "targetPath"),
    now: textValue(command, "now"),
    logPath: textValue(command, "logPath"),
    logFile: {
      level: levelNamed(textValue(command, "logLevelFile")) ?? "debug",
      format: textValue(command, "logFormatFile") === "json" ? "json" : "text",
      maxBytes: typeof maxBytes === "number" ? maxBytes : usualMaxBytes,
    },
    logLevel: logLevel(command),
    warnError: valueOf(command, "warnError") === true,
    warnErrorOptions: textValue(command, "warnErrorOptions"),
    writeJson: valueOf(command, "writeJson") !== false,
    versionCheck: valueOf(command, "versionCheck") !== false,
    idle: givenIdleOptions(command),
    logFormat: textValue(command, "logFormat") === "json" ? "json" : "text",
    threads: typeof threads === "number" ? threads : undefined,
    failFast: valueOf(command, "failFast") === true,
    storeFailures: valueOf(command, "storeFailures") === true,
    empty: valueOf(command, "empty") === true,
    sample: textValue(command, "sample"),
    useColors: typeof useColors === "boolean" ? useColors : undefined,
  };
}
