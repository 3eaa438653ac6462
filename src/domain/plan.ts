import type { Batch } from "./batch.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { CompiledQuery } from "./model.ts";
import type { Relation } from "./relation.ts";
import type { Sql } from "./sql.ts";
import type { Script } from "./script.ts";

/**
 * How a step ended by its own account. A test's `failures` are the rows it found; `fail` and `error` keep what hangs on the
 * step from running (DBT_SEMANTICS §14). `warnings` are told and change nothing.
 */
export type Outcome =
  | {
      readonly status: "success";
      readonly message: string;
      readonly rowCount: number | undefined;
      readonly warnings: readonly Diagnostic[];
      /** The text of a resource that was compiled in the run. */
      readonly compiled?: Sql | undefined;
    }
  | {
      readonly status: "pass" | "warn" | "fail";
      readonly failures: number;
      readonly message: string;
      readonly compiled?: Sql | undefined;
    }
  | { readonly status: "error"; readonly diagnostics: readonly Diagnostic[] }
  /** Of a step that has batches: some succeeded, and why the others did not. */
  | { readonly status: "partial success"; readonly message: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly status: "skipped"; readonly because: string };

/** What a step is of: a resource by its unique id, or preparation that belongs to none. */
export type StepKind = "prepare" | "hook" | "seed" | "model" | "snapshot" | "test" | "unit_test";

/** A batch of a step: a unit of work that succeeds or fails by itself. */
export interface BatchWork {
  readonly batch: Batch;
  /** What lines and files call it: `2024-09-17`. */
  readonly name: string;
  script(): Script<Outcome>;
}

/** The work of a step that goes by batches: the first alone, for the others need what it makes; then the rest, the last alone again. */
export interface BatchedWork {
  readonly list: readonly BatchWork[];
  /** Whether those between the first and the last may run side by side. */
  readonly runs: "side by side" | "one by one";
  /** Batches that an earlier run made, which count as successes of this one (`retry`). */
  readonly carried: readonly Batch[];
}

/** One thing that a run does, and why. Its script can be walked any number of times. */
export interface Step {
  /** The resource's unique id; for preparation a name of its own. */
  readonly id: string;
  readonly kind: StepKind;
  readonly name: string;
  /** What a line of output calls it: `sql incremental model main.dau`. */
  readonly title: string;
  readonly reason: string;
  /** Steps that have to end well before this one may begin. */
  readonly needs: readonly string[];
  /** Steps that have to end, well or not, before this one may begin; where there are any, nothing but an interruption keeps it from running. */
  readonly follows?: readonly string[];
  /** Functions of the prelude that its statements call. */
  readonly functions: readonly string[];
  readonly relation: Relation | undefined;
  readonly query: CompiledQuery | undefined;
  /** What the author asks for, where the query asks something of it: the rows that a test counts. */
  readonly text?: Sql | undefined;
  /** The file of the resource, by which artifacts are named. */
  readonly path: string | undefined;
  /** `continue`: what reads it runs even if it ends in an error. */
  readonly onError?: "skip" | "continue" | undefined;
  /** Where it goes by batches, their work is its own; `script` is that of the first one. */
  readonly batches?: BatchedWork | undefined;
  script(): Script<Outcome>;
}

/** The steps of a run in the order in which they become ready, and what has to be told before it. */
export interface Plan {
  /** Why nothing of it may run, if so: the steps at fault end in these errors. */
  readonly refusals: readonly Diagnostic[];
  readonly steps: readonly Step[];
  readonly warnings: readonly Diagnostic[];
}
