import { type Checked, failed, passed } from "../../../domain/diagnostic.ts";
import type { IndirectSelection, SelectorTree } from "../../../domain/selection-terms.ts";
import { parseSelection } from "./parse-selection.ts";
import type { Selection } from "./selection.ts";

/** A selection that can say more than the command line: what one side leaves out another may bring back. */
export type SelectionTree =
  | {
      readonly kind: "words";
      readonly selection: Selection;
      /** How tests follow, where that is not as for all. */
      readonly mode: IndirectSelection | undefined;
    }
  | { readonly kind: "union" | "intersection"; readonly sides: readonly SelectionTree[] }
  | { readonly kind: "difference"; readonly from: SelectionTree; readonly without: SelectionTree };

/** Parses the criteria of a selector. `title` (`selector nightly`) is the path by which diagnostics name its text. */
export function parseSelectionTree(tree: SelectorTree, title: string): Checked<SelectionTree> {
  switch (tree.kind) {
    case "criteria": {
      const parsed = parseSelection([tree.text], title);
      return parsed.ok ? passed({ kind: "words", selection: parsed.value, mode: tree.indirectSelection }) : parsed;
    }
    case "union":
    case "intersection": {
      const sides = tree.sides.map((side) => parseSelectionTree(side, title));
      const faults = sides.flatMap((side) => (side.ok ? [] : side.diagnostics));
      if (faults.length > 0) return failed(...faults);
      return passed({ kind: tree.kind, sides: sides.flatMap((side) => (side.ok ? [side.value] : [])) });
    }
    case "difference": {
      const from = parseSelectionTree(tree.from, title);
      const without = parseSelectionTree(tree.without, title);
      if (from.ok && without.ok) return passed({ kind: "difference", from: from.value, without: without.value });
      return failed(...(from.ok ? [] : from.diagnostics), ...(without.ok ? [] : without.diagnostics));
    }
  }
}

/** The criteria of a tree, all sides together. */
export function criteriaOf(tree: SelectionTree): Selection {
  switch (tree.kind) {
    case "words":
      return tree.selection;
    case "union":
    case "intersection":
      return tree.sides.flatMap(criteriaOf);
    case "difference":
      return [...criteriaOf(tree.from), ...criteriaOf(tree.without)];
  }
}
