import type { Span } from "../../../domain/source-file.ts";
import type { Value } from "../values/value.ts";

/** What a template sees besides its own variables, and how strict its evaluation is. */
export interface Environment {
  /** The value of a global name, or JS `undefined` where there is none; asked anew at every use. */
  readonly find: (name: string) => Value | undefined;
  /** The global names, for hints. */
  readonly names: () => Iterable<string>;
  /** Whether printing a name that does not exist is the author's mistake or gives nothing, as in Jinja. */
  readonly undefinedOutput: "error" | "empty";
}

/** The state of one evaluation: how deep it is, and where, so that an error raised anywhere finds its place. */
export interface Evaluation {
  /** In native mode `as_number` and its like convert; in text mode they do nothing. */
  readonly mode: "text" | "native";
  depth: number;
  span: Span;
  via: readonly Span[];
}

/** The variables of a block, the blocks around it, and the environment of the template it stands in. */
export interface Frame {
  readonly names: Map<string, Value>;
  readonly parent: Frame | undefined;
  readonly environment: Environment;
  readonly evaluation: Evaluation;
  readonly via: readonly Span[];
}
