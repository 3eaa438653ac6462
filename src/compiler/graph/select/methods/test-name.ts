import { parseGlob } from "../../matches-glob.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `test_name:`: a glob for the generic test that a test applies (`not_null`), or for a unit test's own name. */
export const testName: SelectionMethod = {
  keys: "none",
  match: ({ value }) => {
    const matches = parseGlob(value);
    return (resource) => testNames(resource).some(matches);
  },
  valuesOf: testNames,
};

function testNames(resource: SelectableResource): readonly string[] {
  if (resource.resourceType === "unit_test") return [resource.name];
  return resource.resourceType === "test" && resource.test !== undefined ? [resource.test] : [];
}
