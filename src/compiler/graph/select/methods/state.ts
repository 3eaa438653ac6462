import { didYouMean } from "../../../nearest-name.ts";
import { type Change, changes } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

const words = ["new", "old", "modified", "unmodified", ...changes.map((change) => `modified.${change}`)];

/** `state:`: how a resource stands to the manifest of an earlier run; nothing is found where there is none. */
export const state: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) => {
    if (words.includes(value)) return undefined;
    const hint = didYouMean(value, words) ?? `It is one of ${words.join(", ")}.`;
    return { code: "unknown-state", message: `There is no state "${value}".`, hint };
  },
  match: ({ value }) => {
    const part = changes.find((change) => value === `modified.${change}`);
    return ({ changed }) => {
      if (changed === undefined) return false;
      if (value === "new") return changed === "new";
      if (value === "old") return changed !== "new";
      const set: ReadonlySet<Change> | "new" = changed;
      if (value === "unmodified") return set !== "new" && set.size === 0;
      if (set === "new") return value === "modified";
      return part === undefined ? set.size > 0 : set.has(part);
    };
  },
  valuesOf: () => [],
};
