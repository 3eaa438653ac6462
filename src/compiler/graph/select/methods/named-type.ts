import type { ResourceType } from "../../../../domain/selection-terms.ts";
import { parseGlob } from "../../matches-glob.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `exposure:`, `unit_test:`, …: globs for the name of a resource of one type, or for its package and name. */
export function namedType(type: ResourceType): SelectionMethod {
  return {
    keys: "none",
    match: ({ value }) => {
      const parts = value.split(".").map(parseGlob);
      return (resource) => {
        if (resource.resourceType !== type) return false;
        const names = parts.length > 1 ? [resource.packageName, resource.name] : [resource.name];
        return parts.length === names.length && parts.every((matches, index) => matches(names[index] ?? ""));
      };
    },
    valuesOf: (resource) => (resource.resourceType === type ? [resource.name] : []),
  };
}
