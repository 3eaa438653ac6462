import type { SelectionMethod } from "../selection-method.ts";

/** `source_status:fresher`: sources that have newer rows than an earlier `source freshness` found. */
export const sourceStatus: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) =>
    value === "fresher"
      ? undefined
      : { code: "unknown-source-status", message: `There is no source status "${value}".`, hint: 'It is "fresher".' },
  match: () => (resource) => resource.resourceType === "source" && resource.isFresher === true,
  valuesOf: () => [],
};
