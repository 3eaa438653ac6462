import type { Command } from "commander";

/** A command and those that it is a part of, the nearest first. */
export function withParents(command: Command): readonly Command[] {
  return command.parent === null ? [command] : [command, ...withParents(command.parent)];
}
