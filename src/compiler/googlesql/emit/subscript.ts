import type { Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import { accessField } from "../scope/field.ts";
import type { Expression } from "../syntax.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { bindOnce } from "../value-binding.ts";
import type { Context } from "./context.ts";

const accessors: Readonly<Record<string, string>> = {
  OFFSET: "gsql_offset",
  ORDINAL: "gsql_ordinal",
  SAFE_OFFSET: "gsql_safe_offset",
  SAFE_ORDINAL: "gsql_safe_ordinal",
};

/** Translates `array[OFFSET(0)]`, `array[0]`, `json['name']` and `json[0]`. */
export function translateSubscript(
  expression: Extract<Expression, { readonly kind: "subscript" }>,
  context: Context,
): Value {
  const { translateExpression } = context.translation;
  const place = { start: expression.start, end: expression.end };
  const base = translateExpression(expression.base, context);
  const accessor = accessorOf(expression.index);
  const index = translateExpression(accessor?.index ?? expression.index, context);
  switch (base.type.kind) {
    case "ARRAY": {
      const macro = accessors[accessor?.name ?? "OFFSET"] ?? "gsql_offset";
      if (index.type.kind !== "INT64")
        refuse("argument-type", `The position in an array must be an INT64, not ${typeText(index.type)}.`, index.place);
      const { element } = base.type;
      const pick = ([array = base, at = index]: readonly Value[]): Value =>
        makeValue({ code: [macro, "(", array.code, ", ", at.code, ")"], type: element, place }, [array, at]);
      return index.isVolatile || base.isVolatile ? bindOnce([base, index], pick) : pick([base, index]);
    }
    case "JSON": {
      if (index.constant?.kind === "string")
        return { ...accessField(base, { text: index.constant.text, ...index.place }), name: undefined, place };
      const macro = index.type.kind === "STRING" ? "gsql_json_member" : "gsql_json_element";
      const code: Code = [macro, "(", base.code, ", ", index.code, ")"];
      return makeValue({ code, type: scalar("JSON"), place }, [base, index]);
    }
    case "UNKNOWN":
      refuse(
        "untyped",
        `The type of "${base.name ?? ""}" is not known, and "[ ]" depends on it.`,
        base.place,
        "Declare the column's data_type where its table is described.",
      );
      break;
    default:
      refuse("argument-type", `A value of type ${typeText(base.type)} has no elements.`, place);
  }
}

function accessorOf(index: Expression): { readonly name: string; readonly index: Expression } | undefined {
  if (index.kind !== "call" || !(index.name in accessors)) return undefined;
  const [only, ...others] = index.arguments;
  if (only === undefined || others.length > 0)
    refuse("argument-count", `${index.name} takes one position.`, index.namePlace);
  return { name: index.name, index: only.value };
}
