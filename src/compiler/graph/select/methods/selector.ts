import type { SelectionMethod } from "../selection-method.ts";

/** `selector:`: what a selector of `selectors.yml` selects. */
export const selector: SelectionMethod = {
  keys: "none",
  match: ({ value }, { selectorIds }) => {
    const ids = selectorIds?.(value);
    return ({ uniqueId }) => ids?.has(uniqueId) === true;
  },
  valuesOf: () => [],
};
