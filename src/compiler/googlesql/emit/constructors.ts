import type { Code } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Expression } from "../syntax.ts";
import { arrayCode, coerce, structCode } from "../type/cast.ts";
import { arrayOf, scalar, structOf, typeText } from "../type/data-type.ts";
import { duckdbType } from "../type/duckdb-type.ts";
import { makeValue, type Value } from "../value.ts";
import { unify } from "./conditional.ts";
import type { Context } from "./context.ts";

/** Translates `STRUCT(…)`, `STRUCT<…>(…)` and `(a, b)`. */
export function translateStruct(expression: Extract<Expression, { readonly kind: "struct" }>, context: Context): Value {
  const place = { start: expression.start, end: expression.end };
  const values = expression.fields.map((field) => context.translation.translateExpression(field.value, context));
  if (values.length === 0) refuseUnsupported("A STRUCT without fields", place);
  const declared = expression.type;
  if (declared === undefined) {
    const fields = values.map((value, index) => ({
      name: expression.fields[index]?.name?.text ?? (expression.isTuple ? undefined : value.name),
      type: value.type,
    }));
    const type = structOf(fields);
    return makeValue({ code: structCode(type, values), type, place, parts: values, isNullable: false }, values);
  }
  if (declared.kind !== "STRUCT") throw new Error("The type of a STRUCT is a struct.");
  if (declared.fields.length !== values.length)
    refuse(
      "argument-count",
      `The struct's type has ${declared.fields.length} fields, and ${values.length} are given.`,
      place,
    );
  const parts = values.map((value, index) => {
    const type = declared.fields[index]?.type ?? scalar("INT64");
    const part = coerce(value, type);
    if (part === undefined)
      refuse(
        "argument-type",
        `A field of type ${typeText(type)} cannot take a value of type ${typeText(value.type)}.`,
        value.place,
      );
    return part;
  });
  return makeValue({ code: structCode(declared, parts), type: declared, place, parts, isNullable: false }, parts);
}

/** Translates `[…]` and `ARRAY<…>[…]`. */
export function translateArray(expression: Extract<Expression, { readonly kind: "array" }>, context: Context): Value {
  const place = { start: expression.start, end: expression.end };
  const values = expression.elements.map((element) => context.translation.translateExpression(element, context));
  const declared = expression.type;
  if (declared !== undefined && declared.kind !== "ARRAY") throw new Error("The type of an ARRAY is an array.");
  if (values.length === 0) {
    const type = declared ?? arrayOf(scalar("INT64"));
    const constant = declared === undefined ? ({ kind: "empty array" } as const) : undefined;
    return makeValue({ code: `[]::${duckdbType(type) ?? "BIGINT[]"}`, type, place, constant, isNullable: false });
  }
  const parts =
    declared === undefined ? unify(values, "An array") : values.map((value) => elementOf(value, declared.element));
  const [first] = parts;
  const element = declared?.element ?? first?.type ?? scalar("INT64");
  if (element.kind === "ARRAY")
    refuse("argument-type", "An array of arrays is not a type.", place, "Wrap the inner array in a STRUCT.");
  const code: Code = arrayCode(parts);
  return makeValue({ code, type: arrayOf(element), place, parts, isNullable: false }, parts);
}

function elementOf(value: Value, type: Value["type"]): Value {
  const element = coerce(value, type);
  if (element === undefined)
    refuse(
      "argument-type",
      `An element of type ${typeText(type)} cannot be a value of type ${typeText(value.type)}.`,
      value.place,
    );
  return element;
}
