import { parseGlob } from "../../matches-glob.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

function groupOf({ config }: SelectableResource): string | undefined {
  const { group } = config;
  return typeof group === "string" ? group : undefined;
}

/** `group:`: a glob for the group that a resource is of. */
export const group: SelectionMethod = {
  keys: "none",
  match: ({ value }) => {
    const matches = parseGlob(value);
    return (resource) => {
      const name = groupOf(resource);
      return name !== undefined && matches(name);
    };
  },
  valuesOf: (resource) => [groupOf(resource) ?? []].flat(),
};
