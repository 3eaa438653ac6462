import type { Command } from "commander";

/** The values of the options that may stand before the command's name; `undefined` where not given. */
export interface CommonOptions {
  readonly projectDir: string | undefined;
  readonly profilesDir: string | undefined;
  readonly profile: string | undefined;
  readonly target: string | undefined;
  readonly vars: string | undefined;
  readonly targetPath: string | undefined;
  readonly now: string | undefined;
  readonly quiet: boolean;
  readonly logFormat: "text" | "json";
  readonly threads: number | undefined;
  readonly failFast: boolean;
  readonly useColors: boolean | undefined;
}

/** A value given before or after the command's name: on the command line rather than by the environment, the later one rather than the first. */
function valueOf(command: Command, key: string): unknown {
  const chain = [command, command.parent].filter((each) => each !== null);
  const typed = chain.find((each) => each.getOptionValueSource(key) === "cli");
  const given = typed ?? chain.find((each) => each.getOptionValueSource(key) !== undefined);
  const value: unknown = given?.getOptionValue(key);
  return value;
}

function textValue(command: Command, key: string): string | undefined {
  const value = valueOf(command, key);
  return typeof value === "string" ? value : undefined;
}

/** Reads the common options of a call. */
export function commonOptions(command: Command): CommonOptions {
  const useColors = valueOf(command, "useColors");
  const threads = valueOf(command, "threads");
  return {
    projectDir: textValue(command, "projectDir"),
    profilesDir: textValue(command, "profilesDir"),
    profile: textValue(command, "profile"),
    target: textValue(command, "target"),
    vars: textValue(command, "vars"),
    targetPath: textValue(command, "targetPath"),
    now: textValue(command, "now"),
    quiet: valueOf(command, "quiet") === true,
    logFormat: textValue(command, "logFormat") === "json" ? "json" : "text",
    threads: typeof threads === "number" ? threads : undefined,
    failFast: valueOf(command, "failFast") === true,
    useColors: typeof useColors === "boolean" ? useColors : undefined,
  };
}
