import type { Diagnostic } from "../../../domain/diagnostic.ts";
import type { Span } from "../../../domain/source-file.ts";
import type { Message } from "../../../domain/told.ts";
import type { ConfigEntry } from "../../project/config-entry.ts";

/** A `ref()` as called: the model's name, its package where one is given. */
export interface ModelReference {
  readonly packageName: string | undefined;
  readonly name: string;
  /** The version that is asked for; the latest, if none is. */
  readonly version?: string | number | undefined;
  /** The package whose resource calls: its own models come before those of other packages. */
  readonly from?: string | undefined;
  readonly span: Span;
}

/** A `source()` as called. */
export interface SourceReference {
  readonly source: string;
  readonly table: string;
  /** The package whose resource calls. */
  readonly from?: string | undefined;
  readonly span: Span;
}

/** What a template said while it was evaluated, besides its text. Each evaluation has its own. */
export interface Recording {
  readonly refs: ModelReference[];
  readonly sources: SourceReference[];
  readonly config: ConfigEntry[];
  /** Unique ids of the macros that were looked up. */
  readonly macros: Set<string>;
  readonly warnings: Diagnostic[];
  /** What `log()` and `print()` said. */
  readonly messages: Message[];
  /** Whether `is_incremental()` was asked: only then can the two run modes differ. */
  asksForRunMode: boolean;
  /** Whether its own config was asked for: then it may say something else once that is known. */
  asksForConfig: boolean;
  /** Whether what only the warehouse knows, or the whole project, was wanted while nothing of it was known: then what followed may be wrong, or missing. */
  lacksAnswers: boolean;
}

/** A recording with nothing in it yet. */
export function startRecording(): Recording {
  return {
    refs: [],
    sources: [],
    config: [],
    macros: new Set(),
    warnings: [],
    messages: [],
    asksForRunMode: false,
    asksForConfig: false,
    lacksAnswers: false,
  };
}
