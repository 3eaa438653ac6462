import type { Checked } from "./diagnostic.ts";
import type { Script, StepSummary } from "./script.ts";
import type { Sql } from "./sql.ts";

/** A statement that runs before all resources of a run, or after them, whatever became of them. */
export interface RunHook {
  readonly uniqueId: string;
  readonly name: string;
  readonly when: "start" | "end";
  /** The project file. */
  readonly path: string;
  /** The statement, once it is known how the steps before it ended; blank where there is nothing to do. */
  readonly render: (finished: readonly StepSummary[]) => Script<Checked<Sql>>;
}
