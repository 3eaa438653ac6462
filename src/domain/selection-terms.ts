import type { Data } from "./data.ts";

/** dbt's words for what a project's graph may hold, as `resource_type:` and `--resource-type` take them. */
export const resourceTypes = [
  "model",
  "seed",
  "snapshot",
  "source",
  "test",
  "unit_test",
  "analysis",
  "exposure",
  "function",
  "metric",
  "saved_query",
  "semantic_model",
] as const;

/** One of `resourceTypes`. */
export type ResourceType = (typeof resourceTypes)[number];

/** dbt's modes of `--indirect-selection`: which tests come along with the resources that they test. */
export const indirectSelections = ["eager", "cautious", "buildable", "empty"] as const;

/** One of `indirectSelections`. */
export type IndirectSelection = (typeof indirectSelections)[number];

/** What a selector means: criteria as the command line writes them, and sets made of them. */
export type SelectorTree =
  | { readonly kind: "criteria"; readonly text: string; readonly indirectSelection: IndirectSelection | undefined }
  | { readonly kind: "union" | "intersection"; readonly sides: readonly SelectorTree[] }
  | { readonly kind: "difference"; readonly from: SelectorTree; readonly without: SelectorTree };

/** A selector of `selectors.yml`: a selection under a name. */
export interface Selector {
  readonly name: string;
  readonly description: string;
  /** Whether it holds where the command line selects nothing. */
  readonly isDefault: boolean;
  readonly tree: SelectorTree;
  readonly indirectSelection: IndirectSelection | undefined;
  /** As the file writes it, for artifacts. */
  readonly definition: Data;
}
