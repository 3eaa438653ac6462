import type { Command } from "commander";

/** The values of the options that every command has; `undefined` where not given. */
export interface CommonOptions {
  readonly projectDir: string | undefined;
  readonly target: string | undefined;
  readonly vars: string | undefined;
  readonly targetPath: string | undefined;
  readonly now: string | undefined;
  readonly quiet: boolean;
  readonly logFormat: "text" | "json";
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

/** An option without a value: given by the environment it is text, and off by the words that dbt takes as such. */
function isOn(value: unknown): boolean {
  if (typeof value === "string") return !/^(?:0|false|no|off|)$/iu.test(value);
  return value === true;
}

/** Reads the common options of a call. */
export function commonOptions(command: Command): CommonOptions {
  const useColors = valueOf(command, "useColors");
  return {
    projectDir: textValue(command, "projectDir"),
    target: textValue(command, "target"),
    vars: textValue(command, "vars"),
    targetPath: textValue(command, "targetPath"),
    now: textValue(command, "now"),
    quiet: isOn(valueOf(command, "quiet")),
    logFormat: textValue(command, "logFormat") === "json" ? "json" : "text",
    useColors: typeof useColors === "boolean" ? useColors : undefined,
  };
}
