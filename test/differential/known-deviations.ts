import type { IncrementalCase } from "./incremental-case.ts";

/** A deviation from dbt that docs/deviations-from-dbt.md tells of: the cases that it touches. */
interface Deviation {
  readonly touches: (item: IncrementalCase) => boolean;
  /** What the document says of it, word by word. */
  readonly told: string;
}

/** Where tsdbt succeeds and dbt does not, which is the only way in which a case may differ. */
export const knownDeviations: readonly Deviation[] = [
  {
    touches: ({ policy, change }) => policy === "sync_all_columns" && change === "retyped",
    told: "a column with another type, `sync_all_columns`",
  },
  {
    touches: ({ policy, change }) => policy === "ignore" && (change === "added" || change === "dropped"),
    told: "a merge or an append where the model has a column more or less, `ignore`",
  },
];
