import type { Diagnostic } from "./diagnostic.ts";

/** A text of `log()`, for the log file alone where its level is `debug`, or of `print()`, which nothing keeps from being shown. */
export interface Message {
  readonly text: string;
  readonly level: "info" | "debug" | "print";
}

/** What a template or a script says to whoever looks on: it changes nothing. */
export interface Told {
  readonly messages: readonly Message[];
  readonly warnings: readonly Diagnostic[];
}

/** Nothing is said. */
export const toldNothing: Told = { messages: [], warnings: [] };

/** All that these say, in order. */
export function tellAll(all: readonly Told[]): Told {
  return { messages: all.flatMap(({ messages }) => messages), warnings: all.flatMap(({ warnings }) => warnings) };
}
