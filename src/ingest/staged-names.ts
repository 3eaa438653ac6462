import { windowName, type Window } from "../domain/window.ts";

/** The names under which a window's rows, and what its pulls were turned away for, are staged. */
export interface StagedNames {
  readonly rows: string;
  readonly rejects: string;
}

/** The names of a window's CSVs: `output_{start}_{end}.csv`, both as 14 digits, and `rejected_…` likewise. */
export function stagedNames(window: Window): StagedNames {
  return { rows: `output_${windowName(window)}.csv`, rejects: `rejected_${windowName(window)}.csv` };
}
