import { parseGlob } from "../../matches-glob.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `tag:`: a glob for one of the tags. */
export const tag: SelectionMethod = {
  keys: "none",
  match: ({ value }) => {
    const matches = parseGlob(value);
    return (resource) => resource.tags.some(matches);
  },
  valuesOf: (resource) => resource.tags,
};
