import { didYouMean } from "../../../nearest-name.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** Which kinds of test each word means; `schema` is dbt's old name for generic tests. */
const kindsMeant: ReadonlyMap<string, readonly string[]> = new Map([
  ["generic", ["generic"]],
  ["schema", ["generic"]],
  ["singular", ["singular"]],
  ["data", ["generic", "singular"]],
  ["unit", ["unit"]],
]);

/** `test_type:`: generic, singular, data (both of them) or unit. */
export const testType: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) => {
    if (kindsMeant.has(value)) return undefined;
    return {
      code: "unknown-test-type",
      message: `There is no test type "${value}".`,
      hint:
        didYouMean(value, kindsMeant.keys()) ?? "The test types are generic, singular, data (both of them) and unit.",
    };
  },
  match: ({ value }) => {
    const kinds = kindsMeant.get(value) ?? [];
    return (resource) => kinds.includes(kindOf(resource) ?? "");
  },
  valuesOf: () => [],
};

function kindOf(resource: SelectableResource): string | undefined {
  if (resource.resourceType === "unit_test") return "unit";
  if (resource.resourceType !== "test") return undefined;
  return resource.test === undefined ? "singular" : "generic";
}
