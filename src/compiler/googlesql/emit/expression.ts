import { codeText, placed, quoteName } from "../code.ts";
import { didYouMean } from "../../nearest-name.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { accessField } from "../scope/field.ts";
import { resolvePath } from "../scope/resolve.ts";
import type { Expression } from "../syntax.ts";
import { scalar } from "../type/data-type.ts";
import { literalValue } from "../type/literal.ts";
import { duckdbType } from "../type/duckdb-type.ts";
import { makeValue, settle, type Value } from "../value.ts";
import { translateCall } from "./call.ts";
import { translateCast } from "./cast-expression.ts";
import { translateCase } from "./conditional.ts";
import { translateArray, translateStruct } from "./constructors.ts";
import type { Context } from "./context.ts";
import { translateExtract } from "./extract.ts";
import { translateInterval } from "./interval.ts";
import { translateBinary, translateUnary } from "./operators.ts";
import { translateBetween, translateIn, translateIs, translateIsDistinct, translateLike } from "./predicates.ts";
import { translateSubquery } from "./subquery.ts";
import { translateSubscript } from "./subscript.ts";

/** Translates an expression into DuckDB's SQL, with its type and what it reads. */
export function translateExpression(expression: Expression, context: Context): Value {
  const value = translate(expression, context);
  const { groupingKeys, owner } = context.scope;
  if (groupingKeys === undefined || value.uses.length === 0) return value;
  return groupingKeys.has(codeText(value.code)) ? settle(value, owner) : value;
}

function translate(expression: Expression, context: Context): Value {
  const place = { start: expression.start, end: expression.end };
  switch (expression.kind) {
    case "literal": {
      const value = literalValue(expression.type, expression.text, place);
      return { ...value, code: placed(place, value.code) };
    }
    case "null":
      return makeValue({ code: "NULL::BIGINT", type: scalar("INT64"), place, constant: { kind: "null" } });
    case "boolean": {
      const constant = { kind: "boolean", value: expression.value } as const;
      const code = expression.value ? "TRUE" : "FALSE";
      return makeValue({ code, type: scalar("BOOL"), place, constant, isNullable: false });
    }
    case "parameter":
      return translateParameter(expression, context);
    case "path":
      return resolvePath(context.scope, expression.names);
    case "field":
      return accessField(translateExpression(expression.base, context), expression.name);
    case "lambda":
      refuseUnsupported("A lambda expression here", place);
      break;
    default:
      return withPlace(expression, context);
  }
}

/** The expressions whose code is marked as a whole with the place that they come from. */
function withPlace(
  expression: Exclude<
    Expression,
    { readonly kind: "literal" | "null" | "boolean" | "parameter" | "path" | "field" | "lambda" }
  >,
  context: Context,
): Value {
  const value = translateComposite(expression, context);
  return { ...value, code: placed({ start: expression.start, end: expression.end }, value.code) };
}

function translateComposite(expression: Parameters<typeof withPlace>[0], context: Context): Value {
  switch (expression.kind) {
    case "subscript":
      return translateSubscript(expression, context);
    case "call":
      return translateCall(expression, context);
    case "cast":
      return translateCast(expression, context);
    case "extract":
      return translateExtract(expression, context);
    case "interval":
      return translateInterval(expression, context);
    case "struct":
      return translateStruct(expression, context);
    case "array":
      return translateArray(expression, context);
    case "scalar subquery":
    case "array subquery":
    case "exists":
      return translateSubquery(expression, context);
    case "unary":
      return translateUnary(expression, context);
    case "binary":
      return translateBinary(expression, context);
    case "between":
      return translateBetween(expression, context);
    case "in":
      return translateIn(expression, context);
    case "like":
      return translateLike(expression, context);
    case "is":
      return translateIs(expression, context);
    case "is distinct from":
      return translateIsDistinct(expression, context);
    case "case":
      return translateCase(expression, context);
  }
}

function translateParameter(expression: Extract<Expression, { readonly kind: "parameter" }>, context: Context): Value {
  const { parameters } = context.translation;
  const type = parameters.get(expression.name.toLowerCase());
  const place = { start: expression.start, end: expression.end };
  if (type === undefined)
    refuse(
      "unknown-parameter",
      `There is no query parameter "${expression.name}".`,
      place,
      didYouMean(expression.name, parameters.keys()),
    );
  const text = duckdbType(type);
  const name = /^\w+$/u.test(expression.name) ? expression.name : quoteName(expression.name);
  return makeValue({ code: placed(place, text === undefined ? `$${name}` : `$${name}::${text}`), type, place });
}
