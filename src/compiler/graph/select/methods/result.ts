import { didYouMean } from "../../../nearest-name.ts";
import type { SelectionMethod } from "../selection-method.ts";

const statuses = ["success", "error", "skipped", "partial success", "pass", "fail", "warn", "no-op", "runtime error"];

/** `result:`: how a resource ended in an earlier run; nothing is found where there is no record of one. */
export const result: SelectionMethod = {
  keys: "none",
  refuse: ({ value }) =>
    statuses.includes(value)
      ? undefined
      : {
          code: "unknown-result",
          message: `There is no result "${value}".`,
          hint: didYouMean(value, statuses) ?? `It is one of ${statuses.join(", ")}.`,
        },
  match:
    ({ value }) =>
    ({ result: ended }) =>
      ended === value,
  valuesOf: ({ result: ended }) => (ended === undefined ? [] : [ended]),
};
