import { didYouMean } from "../../../nearest-name.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

const words = ["latest", "prerelease", "old", "none"] as const;

function standing(resource: SelectableResource): (typeof words)[number] | undefined {
  if (resource.resourceType !== "model") return undefined;
  const { version, latest } = resource;
  if (version === undefined || latest === undefined) return "none";
  if (String(version) === String(latest)) return "latest";
  const isLater =
    typeof version === "number" && typeof latest === "number" ? version > latest : String(version) > String(latest);
  return isLater ? "prerelease" : "old";
}

/** `version:`: how a model's version stands to its latest one. */
export const version: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) => {
    if (words.some((word) => word === value)) return undefined;
    const hint = didYouMean(value, words) ?? `It is one of ${words.join(", ")}.`;
    return { code: "unknown-version-standing", message: `No version is called "${value}".`, hint };
  },
  match:
    ({ value }) =>
    (resource) =>
      standing(resource) === value,
  valuesOf: () => [],
};
