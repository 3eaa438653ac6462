import type { Call } from "../call.ts";
import { placeError, raise, TemplateError } from "../template-error.ts";
import { describeTypeFirst } from "../values/describe-type.ts";
import { isUnknown, raiseMissing } from "../values/missing-error.ts";
import type { Value } from "../values/value.ts";

/** The result of calling a value. A mistake that a function of TypeScript raises without a place is the call's. */
export function callValue(callee: Value, call: Omit<Call, "name">): Value {
  if (typeof callee === "object" && callee !== null) {
    if (callee.kind === "callable") {
      if (callee.routine !== undefined) return callee.call({ ...call, name: callee.name });
      return placed(call, () => callee.call({ ...call, name: callee.name }));
    }
    if (callee.kind === "object" && callee.call !== undefined) {
      const { call: implementation, typeName } = callee;
      return placed(call, () => implementation({ ...call, name: typeName }));
    }
    if (isUnknown(callee)) return callee;
    if (callee.kind === "undefined") raiseMissing(callee, "function");
  }
  return raise("not-callable", `${describeTypeFirst(callee)} cannot be called.`);
}

function placed(call: Omit<Call, "name">, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    throw error instanceof TemplateError ? placeError(error, call.span, call.via) : error;
  }
}
