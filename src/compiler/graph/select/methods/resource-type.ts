import { didYouMean } from "../../../nearest-name.ts";
import { resourceTypes } from "../../../../domain/selection-terms.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `resource_type:`: exactly one of dbt's words for a kind of resource. */
export const resourceType: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) => {
    if (resourceTypes.some((known) => known === value)) return undefined;
    return {
      code: "unknown-resource-type",
      message: `There is no resource type "${value}".`,
      hint: didYouMean(value, resourceTypes) ?? `The resource types are ${resourceTypes.join(", ")}.`,
    };
  },
  match:
    ({ value }) =>
    (resource) =>
      resource.resourceType === value,
  valuesOf: () => [],
};
