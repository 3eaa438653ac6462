import { parseGlob } from "../../matches-glob.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `source:`: globs for a source, a source's table, or a package's source's table. */
export const source: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) => {
    const count = value.split(".").length;
    return count <= 3
      ? undefined
      : {
          code: "malformed-source-selection",
          message: `A source is selected by at most three parts, but "${value}" has ${count}.`,
          hint: 'Write "source", "source.table" or "package.source.table".',
        };
  },
  match: ({ value }) => {
    const parts = value.split(".").map(parseGlob);
    const fromPackage = parts.length === 3 ? parts : [parseGlob("*"), ...parts];
    return (resource) => {
      if (resource.resourceType !== "source") return false;
      const names = [resource.packageName, resource.sourceName, resource.name];
      return fromPackage.every((matches, i) => matches(names[i] ?? ""));
    };
  },
  valuesOf: (resource) =>
    resource.resourceType === "source" ? [resource.sourceName, `${resource.sourceName}.${resource.name}`] : [],
};
