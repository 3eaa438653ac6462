import { positiveInteger, type Shape } from "./yaml-shape.ts";

/** A count; a text of digits counts, for that is what `env_var()` gives. */
export const numberOrDigits: Shape<number> = (node, report) =>
  node.kind === "scalar" && typeof node.value === "string" && /^[1-9]\d*$/u.test(node.value)
    ? Number(node.value)
    : positiveInteger(node, report);
