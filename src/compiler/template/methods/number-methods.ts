import type { FloatValue } from "../values/value.ts";
import { type Method, method, type MethodTable } from "./method.ts";

/** The methods of a float. */
export const floatMethods: MethodTable<FloatValue> = new Map<string, Method<FloatValue>>([
  ["is_integer", method([], (self) => Number.isInteger(self.value))],
]);
