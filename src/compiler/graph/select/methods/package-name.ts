import { parseGlob } from "../../matches-glob.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `package:`: a glob for the package's name; `this` is the root project. */
export const packageName: SelectionMethod = {
  keys: "none",
  match: ({ value }, { rootPackage }) => {
    const matches = parseGlob(value === "this" ? rootPackage : value);
    return (resource) => matches(resource.packageName);
  },
  valuesOf: (resource) => [resource.packageName],
};
