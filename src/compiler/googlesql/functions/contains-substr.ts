import type { Code } from "../code.ts";
import { connect } from "../emit/operators.ts";
import { refuseUnsupported } from "../refusal.ts";
import { cast, structField } from "../type/cast.ts";
import { scalar } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { textArgument, translatedArguments } from "./call-arguments.ts";
import { type FunctionEntry, specialFunction } from "./function-table.ts";

/** CONTAINS_SUBSTR: whether a value, a field of it or an element contains a text, whatever the case of its letters. */
export const containsSubstr: FunctionEntry = specialFunction((call, context) => {
  const [value, given] = translatedArguments(call, context, [2, 2]);
  const wanted = textArgument(given, call);
  if (value === undefined) throw new Error("Two arguments were counted.");
  if (wanted.constant?.kind !== "string")
    refuseUnsupported("CONTAINS_SUBSTR of a text that is no literal", wanted.place);
  const needle: Code = ["gsql_casefold(", wanted.code, ")"];
  return { ...contains(value, needle), place: { start: call.start, end: call.end } };
});

function contains(value: Value, needle: Code): Value {
  const { type, place } = value;
  const bool = (code: Code): Value => makeValue({ code, type: scalar("BOOL"), place }, [value]);
  switch (type.kind) {
    case "STRUCT": {
      const fields = type.fields.map((_, index) => contains(structField(value, index), needle));
      return fields.length === 0 ? bool("FALSE") : connect("or", fields);
    }
    case "ARRAY": {
      const element = makeValue({ code: "e", type: type.element, place });
      const found: Code = ["list_transform(", value.code, ", lambda e: ", contains(element, needle).code, ")"];
      return bool(["gsql_any(", found, ")"]);
    }
    case "JSON":
    case "BYTES":
    case "INTERVAL":
    case "UNKNOWN":
      refuseUnsupported(`CONTAINS_SUBSTR in a value of type ${type.kind}`, place);
      break;
    default:
      return bool(["contains(gsql_casefold(", cast(value, scalar("STRING")).code, "), ", needle, ")"]);
  }
}
