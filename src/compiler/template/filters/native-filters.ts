import { type Method, method, type MethodTable } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { numberOf } from "../values/numeric.ts";
import { parseLiteral } from "../parse/parse-literal.ts";
import { printValue } from "../values/print-value.ts";
import type { Value } from "../values/value.ts";

/** dbt's conversions: in YAML they give the value that the text says, in SQL they change nothing. */
function converting(convert: (printed: string) => Value): Method<Value> {
  return method([], (target, _args, call) =>
    call.evaluation.mode === "native" ? convert(printValue(target)) : target,
  );
}

function literal(printed: string): Value {
  const value = parseLiteral(printed);
  return value === undefined ? printed : value;
}

/** dbt's own filters: `as_text`, `as_bool`, `as_number`, `as_native`, and `is_list`. */
export const nativeFilters: MethodTable<Value> = new Map<string, Method<Value>>([
  ["is_list", method([], (target) => typeof target === "object" && target?.kind === "list")],
  ["as_text", converting((printed) => printed)],
  ["as_native", converting(literal)],
  [
    "as_bool",
    converting((printed) => {
      const value = literal(printed);
      return typeof value === "boolean" ? value : raise("template-type", `"${printed}" is no boolean.`);
    }),
  ],
  [
    "as_number",
    converting((printed) => {
      const value = literal(printed);
      const isNumber = typeof value !== "boolean" && numberOf(value) !== undefined;
      return isNumber ? value : raise("template-type", `"${printed}" is no number.`);
    }),
  ],
]);
