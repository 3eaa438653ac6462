import { type Command, Option } from "commander";
import { withParents } from "./with-parents.ts";

/** Options of dbt that mean nothing here, for what they steer is not there; `true`: they take a value. */
const idle: readonly (readonly [name: string, takesValue: boolean])[] = [
  ["partial-parse", false],
  ["partial-parse-file-path", true],
  ["partial-parse-file-diff", false],
  ["send-anonymous-usage-stats", false],
  ["record-timing-info", true],
  ["cache-selected-only", false],
  ["populate-cache", false],
  ["single-threaded", false],
  ["static-parser", false],
  ["use-experimental-parser", false],
  ["introspect", false],
  ["print", false],
  ["printer-width", true],
  ["use-colors-file", false],
  ["use-fast-test-edges", false],
  ["log-cache-events", false],
  ["macro-debugging", false],
  ["show-all-deprecations", false],
  ["upload-to-artifacts-ingest-api", false],
];

function optionsOf(name: string, takesValue: boolean): readonly Option[] {
  const flags = takesValue ? [`--${name} <value>`] : [`--${name}`, `--no-${name}`];
  return flags.map((each) => new Option(each, "of dbt; without effect here").hideHelp());
}

/** Adds the options of dbt that are taken and do nothing. */
export function addIdleOptions(command: Command): Command {
  for (const [name, takesValue] of idle) for (const option of optionsOf(name, takesValue)) command.addOption(option);
  return command;
}

/** Those of them that the command line has, as they are written. */
export function givenIdleOptions(command: Command): readonly string[] {
  return withParents(command).flatMap((each) =>
    each.options
      .filter(({ description }) => description === "of dbt; without effect here")
      .filter((option) => each.getOptionValueSource(option.attributeName()) === "cli")
      .filter((option) => option.negate === (each.getOptionValue(option.attributeName()) === false))
      .flatMap(({ long }) => long ?? []),
  );
}
