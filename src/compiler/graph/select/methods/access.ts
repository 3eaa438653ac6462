import { accesses } from "../../../../domain/model-version.ts";
import { didYouMean } from "../../../nearest-name.ts";
import type { SelectionMethod } from "../selection-method.ts";

/** `access:`: models that are exactly `private`, `protected` or `public`. */
export const access: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) => {
    if (accesses.some((known) => known === value)) return undefined;
    const hint = didYouMean(value, accesses) ?? `It is one of ${accesses.join(", ")}.`;
    return { code: "unknown-access", message: `There is no access "${value}".`, hint };
  },
  match:
    ({ value }) =>
    (resource) =>
      "access" in resource && resource.access === value,
  valuesOf: () => [],
};
