import type { Code } from "../code.ts";
import { unboundedType } from "../read/parse-type.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Expression } from "../syntax.ts";
import { cast } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { attemptOver } from "../value-binding.ts";
import type { Context } from "./context.ts";
import { castToFormat, castWithFormat } from "./cast-format.ts";

type Cast = Extract<Expression, { readonly kind: "cast" }>;

/** Translates CAST and SAFE_CAST, with the parameters of the wanted type and with FORMAT. */
export function translateCast(expression: Cast, context: Context): Value {
  const operand = context.translation.translateExpression(expression.operand, context);
  const place = { start: expression.start, end: expression.end };
  const convertValue = (given: Value): Value => {
    const plain =
      expression.format === undefined ? convert(expression, given) : convertByFormat(expression, given, context);
    return withParameters(plain, expression);
  };
  const direct = convertValue(operand);
  const isCertain = !expression.isSafe || direct.code === operand.code || direct.constant?.kind === "null";
  const value = isCertain ? direct : attemptOver([operand], ([given]) => convertValue(given ?? operand));
  return { ...value, place, name: undefined, constant: undefined, parts: undefined };
}

function convert(expression: Cast, operand: Value): Value {
  const { type } = expression.type;
  if (!expression.isSafe) return cast(operand, type);
  const { constant } = operand;
  if (constant?.kind !== "string" || ["DATE", "DATETIME", "TIMESTAMP", "TIME"].every((kind) => kind !== type.kind))
    return cast(operand, type);
  return cast({ ...operand, constant: undefined }, type);
}

function convertByFormat(expression: Cast, operand: Value, context: Context): Value {
  const { type } = expression.type;
  const format =
    expression.format === undefined ? undefined : context.translation.translateExpression(expression.format, context);
  if (format?.constant?.kind !== "string")
    refuseUnsupported("A FORMAT that is no string literal", format?.place ?? operand.place);
  const zone =
    expression.zone === undefined ? undefined : context.translation.translateExpression(expression.zone, context);
  const setting = { format: format.constant.text, place: format.place, zone };
  if (type.kind === "STRING") return castToFormat(operand, setting);
  if (operand.type.kind === "STRING") return castWithFormat(operand, type, setting);
  refuse(
    "argument-type",
    `CAST … FORMAT does not turn ${typeText(operand.type)} into ${typeText(type)}.`,
    operand.place,
  );
}

/** `STRING(10)` and `NUMERIC(10, 2)` bound the value: what does not fit fails, and digits behind the scale are rounded. */
function withParameters(value: Value, expression: Cast): Value {
  const { parameters, type } = expression.type;
  const [first, second = 0] = parameters;
  if (expression.type.hasInnerParameters) unboundedType(expression.type);
  if (first === undefined) return value;
  const make = (code: Code): Value => makeValue({ code, type, place: value.place }, [value]);
  switch (type.kind) {
    case "STRING":
      return make(["gsql_limit_text(", value.code, `, ${first})`]);
    case "BYTES":
      return make(["gsql_limit_bytes(", value.code, `, ${first})`]);
    case "NUMERIC":
    case "BIGNUMERIC":
      if (first > 38 || second > 9) refuseUnsupported(`The type ${type.kind}(${first}, ${second})`, expression.type);
      return {
        ...make(["CAST(CAST(", value.code, ` AS DECIMAL(${first},${second})) AS DECIMAL(38,9))`]),
        type: scalar(type.kind),
      };
    default:
      refuse("unknown-type", `The type ${type.kind} takes no parameters.`, expression.type);
  }
}
