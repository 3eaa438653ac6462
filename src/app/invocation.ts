import type { Diagnostic } from "../domain/diagnostic.ts";
import type { IngestEvent } from "../domain/ingest-event.ts";
import type { LoadTime } from "../domain/load-time.ts";
import type { RunEvent } from "../domain/run-event.ts";
import type { DataMap } from "../domain/data.ts";
import type { ReadingRules } from "../domain/settings.ts";
import type { WarningRule } from "../domain/warning-rule.ts";

/** What happens while sources are asked how fresh they are. */
export type FreshnessEvent =
  | { readonly kind: "freshnessStarted"; readonly title: string; readonly index: number; readonly total: number }
  | {
      readonly kind: "freshnessEnded";
      readonly title: string;
      readonly index: number;
      readonly total: number;
      readonly status: "pass" | "warn" | "error" | "runtime error";
      readonly elapsedMs: number;
      readonly error: string | undefined;
    }
  | { readonly kind: "freshnessDone"; readonly isGood: boolean };

/** What a use case tells while it works. Terminal, JSON log and page read these and nothing else. */
export type AppEvent =
  | RunEvent
  | IngestEvent
  | FreshnessEvent
  | { readonly kind: "diagnosed"; readonly diagnostics: readonly Diagnostic[] }
  /** What a project consists of, in words: `3 models, 1 source`. */
  | { readonly kind: "projectOpened"; readonly found: string };

/** One call of tsdbt, from wherever it comes: what was asked for besides the use case's own arguments. */
export interface Invocation {
  readonly id: string;
  /** Where the call was made; a project is looked for from here upward. */
  readonly folder: string;
  /** `--project-dir`, absolute: the project is here and nowhere else. */
  readonly projectDir: string | undefined;
  /** `--profiles-dir`: the file of profiles is here and nowhere else. */
  readonly profilesDir: string | undefined;
  readonly profileName: string | undefined;
  readonly targetName: string | undefined;
  readonly vars: DataMap;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly targetPath: string | undefined;
  readonly threads: number | undefined;
  readonly checksVersion: boolean;
  readonly warningRule: WarningRule;
  /** Whether artifacts are written. */
  readonly writesArtifacts: boolean;
  /** `--empty` and `--sample`: which rows of what they refer to templates read. */
  readonly reads?: ReadingRules["rows"] | undefined;
  /** `--store-failures`. */
  readonly storesFailures?: boolean | undefined;
  /** The logical time of the run (DESIGN §4), read once. */
  readonly now: LoadTime;
  readonly startedMs: number;
  readonly command: string;
  readonly arguments: DataMap;
  readonly signal: AbortSignal;
  readonly emit: (event: AppEvent) => void;
  /** Epoch milliseconds, for timings. */
  readonly clock: () => number;
}

/**
 * How a use case ended: all well; something that ran failed; or nothing could be run, because of the project, the call or
 * the world (the diagnostics have been told), or because it was interrupted.
 */
export type Ending = "success" | "failure" | "refusal";
