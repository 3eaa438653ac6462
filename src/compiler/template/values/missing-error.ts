import { didYouMean } from "../../nearest-name.ts";
import { raise } from "../template-error.ts";
import { isUndefined, type UndefinedValue, type Value } from "./value.ts";

/** Stops if a value is missing that the author expected to be there; one that may be missing passes. */
export function checkDefined(value: Value): void {
  if (isUndefined(value) && value.missing.what !== "nothing" && !isUnknown(value)) raiseMissing(value);
}

/** Whether a value is what only the warehouse will say. */
export function isUnknown(value: Value): boolean {
  return isUndefined(value) && value.missing.what === "unknown";
}

/** Stops with the mistake of having used a missing value as if it were there: `as` tells which use was made of it. */
export function raiseMissing(value: UndefinedValue, as: "value" | "function" = "value"): never {
  const { missing } = value;
  switch (missing.what) {
    case "name":
      return raise(
        "undefined-name",
        as === "function"
          ? `There is no function or macro "${missing.name}".`
          : `There is no variable "${missing.name}".`,
        { span: missing.span, hint: didYouMean(missing.name, missing.known()) },
      );
    case "attribute":
      return raise(
        as === "function" ? "unknown-method" : "unknown-attribute",
        `There is no ${as === "function" ? "method" : "attribute"} "${missing.name}" on ${missing.owner}.`,
        { hint: didYouMean(missing.name, missing.known()) },
      );
    case "item":
      return raise("unknown-item", `There is no item ${missing.key} in ${missing.owner}.`);
    case "argument":
      return raise("undefined-name", `The argument "${missing.name}" of "${missing.routine}" was not given.`, {
        hint: `Pass it, or give it a default where "${missing.routine}" is defined.`,
      });
    case "nothing":
      return raise("undefined-value", `There is no value here: ${missing.why}.`);
    case "unknown":
      return raise("undefined-value", "There is no value here while the template is parsed.", {
        hint: "Put what uses an answer of the warehouse into {% if execute %}.",
      });
  }
}
