import { bracketed, type Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import type { Expression } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, operandCode, type Value } from "../value.ts";
import { bindOnce } from "../value-binding.ts";
import { alignOperands, compare } from "./comparison.ts";
import type { Context } from "./context.ts";
import type { QueryResult } from "./query-result.ts";
import { connect, requireCondition, withPlainInteger } from "./operators.ts";

type Kind<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>;

function negated(value: Value, isNegated: boolean): Value {
  if (!isNegated) return value;
  return { ...value, code: ["NOT ", operandCode(value)], isCompound: true, constant: undefined };
}

function condition(code: Code, operands: readonly Value[], place: Value["place"]): Value {
  return makeValue({ code, isCompound: true, type: scalar("BOOL"), place }, operands);
}

/** Translates BETWEEN. */
export function translateBetween(expression: Kind<"between">, context: Context): Value {
  const [operand, low, high] = [expression.operand, expression.low, expression.high].map((part) =>
    context.translation.translateExpression(part, context),
  );
  if (operand === undefined || low === undefined || high === undefined) throw new Error("BETWEEN has three operands.");
  const place = { start: expression.start, end: expression.end };
  const aligned = alignOperands("BETWEEN", [operand, low, high]);
  const [value] = aligned;
  if (
    value === undefined ||
    value.type.kind === "FLOAT64" ||
    value.type.kind === "STRUCT" ||
    value.type.kind === "ARRAY"
  ) {
    const between = ([given = operand, from = low, to = high]: readonly Value[]): Value =>
      connect("and", [compare(">=", given, from), compare("<=", given, to)]);
    const all = [operand, low, high];
    return negated({ ...(operand.isVolatile ? bindOnce(all, between) : between(all)), place }, expression.isNegated);
  }
  compare(">=", operand, low);
  const [first, from, to] = aligned.map((part) => operandCode(withPlainInteger(part, aligned)));
  const not = expression.isNegated ? "NOT " : "";
  return condition([first ?? "", ` ${not}BETWEEN `, from ?? "", " AND ", to ?? ""], aligned, place);
}

/** Translates IN with a list, a query or an array. */
export function translateIn(expression: Kind<"in">, context: Context): Value {
  const operand = context.translation.translateExpression(expression.operand, context);
  const place = { start: expression.start, end: expression.end };
  const not = expression.isNegated ? "NOT " : "";
  switch (expression.set.kind) {
    case "list": {
      const items = expression.set.items.map((item) => context.translation.translateExpression(item, context));
      return { ...inList(operand, items, expression.isNegated), place };
    }
    case "query": {
      const result = context.translation.translateQuery(expression.set.query, context);
      const [column, other] = result.columns;
      if (column === undefined || other !== undefined)
        refuse(
          "set-operation-width",
          `The query of IN has ${result.columns.length} columns, and one is wanted.`,
          place,
        );
      const inner = makeValue({ code: "NULL", type: result.valueType ?? column.type, place: expression.set.query });
      const [left, right] = alignOperands("IN", [operand, inner]);
      if (left === undefined || right === undefined) throw new Error("IN has two operands.");
      if (left.type.kind !== "STRING") compare("=", operand, inner);
      if (left.type.kind === "STRUCT" || left.type.kind === "FLOAT64" || right.code !== "NULL")
        return negated(
          overQuery(amongRows({ operand: left, inner, rows: bracketed(result.code) }, place), result),
          expression.isNegated,
        );
      return overQuery(condition([operandCode(left), ` ${not}IN `, bracketed(result.code)], [left], place), result);
    }
    case "unnest": {
      const array = context.translation.translateExpression(expression.set.array, context);
      if (array.type.kind !== "ARRAY")
        refuse("argument-type", `IN UNNEST takes an array, and this is of type ${typeText(array.type)}.`, array.place);
      const element = makeValue({ code: "e", type: array.type.element, place: array.place });
      const [left, item] = alignOperands("IN", [operand, element]);
      if (left === undefined || item === undefined) throw new Error("IN has two operands.");
      const list: Code =
        item.code === "e" ? array.code : ["list_transform(", array.code, ", lambda e: ", item.code, ")"];
      if (left.type.kind === "STRUCT") {
        const rows: Code = ["unnest(", array.code, ")"];
        const answer = amongRows({ operand, inner: element, rows }, place);
        return negated({ ...answer, uses: [...answer.uses, ...array.uses] }, expression.isNegated);
      }
      const macro = left.type.kind === "FLOAT64" ? "gsql_in_floats" : "gsql_in_array";
      const value = makeValue({ code: [macro, "(", left.code, ", ", list, ")"], type: scalar("BOOL"), place }, [
        left,
        array,
      ]);
      return negated(value, expression.isNegated);
    }
  }
}

function inList(operand: Value, items: readonly Value[], isNegated: boolean): Value {
  const aligned = alignOperands("IN", [operand, ...items]);
  const [value, ...candidates] = aligned;
  if (value === undefined) throw new Error("IN has an operand.");
  const isPlain =
    value.type.kind !== "STRUCT" &&
    (value.type.kind !== "FLOAT64" || candidates.every((item) => item.constant !== undefined));
  if (!isPlain) {
    const isAny = ([given = value, ...others]: readonly Value[]): Value =>
      connect(
        "or",
        others.map((item) => compare("=", given, item)),
      );
    return negated(value.isVolatile ? bindOnce(aligned, isAny) : isAny(aligned), isNegated);
  }
  candidates.forEach((item) => compare("=", value, item));
  const list = candidates.flatMap((item, index): readonly Code[] => [
    index === 0 ? "" : ", ",
    withPlainInteger(item, aligned).code,
  ]);
  return condition([operandCode(value), isNegated ? " NOT IN (" : " IN (", ...list, ")"], aligned, value.place);
}

function overQuery(value: Value, result: QueryResult): Value {
  return { ...value, uses: [...value.uses, ...result.outerUses], hasQuery: true };
}

/** IN over rows whose values need more than DuckDB's `=`: all comparisons, put together with the NULLs' meaning. */
function amongRows(
  parts: { readonly operand: Value; readonly inner: Value; readonly rows: Code },
  place: Value["place"],
): Value {
  const { code } = compare("=", parts.operand, { ...parts.inner, code: '"candidate"."value"' });
  const isUnknown: Code = ["CASE WHEN count(*) > count(", code, ") THEN NULL ELSE FALSE END"];
  const answer: Code = ["CASE WHEN count(*) = 0 THEN FALSE ELSE bool_or(", code, ") OR ", isUnknown, " END"];
  const query: Code = ["(SELECT ", answer, " FROM ", parts.rows, ' AS "candidate"("value"))'];
  return { ...makeValue({ code: query, type: scalar("BOOL"), place }, [parts.operand]), hasQuery: true };
}

/** Translates LIKE, with or without a quantifier. */
export function translateLike(expression: Kind<"like">, context: Context): Value {
  const operand = context.translation.translateExpression(expression.operand, context);
  const patterns = expression.patterns.map((pattern) => context.translation.translateExpression(pattern, context));
  const place = { start: expression.start, end: expression.end };
  const matches = patterns.map((pattern) => {
    const text = coerce(operand, scalar("STRING"));
    const like = coerce(pattern, scalar("STRING"));
    if (text === undefined || like === undefined)
      refuse(
        "argument-type",
        `LIKE takes values of type STRING, not ${typeText(operand.type)} and ${typeText(pattern.type)}.`,
        place,
      );
    if (pattern.constant?.kind === "string" && /^(?:[^\\]|\\.)*\\$/su.test(pattern.constant.text))
      refuse("argument-type", "The pattern of LIKE ends in a backslash.", pattern.place, "Write it twice.");
    const escape = pattern.constant?.kind === "string" && !pattern.constant.text.includes("\\") ? "" : ` ESCAPE '\\'`;
    const not = expression.isNegated ? "NOT " : "";
    return condition([operandCode(text), ` ${not}LIKE `, operandCode(like), escape], [text, like], place);
  });
  const [only, ...others] = matches;
  if (only === undefined) refuse("syntax-error", "LIKE has no pattern.", place);
  return others.length === 0 ? only : { ...connect(expression.quantifier === "all" ? "and" : "or", matches), place };
}

/** Translates IS [NOT] NULL, TRUE and FALSE. */
export function translateIs(expression: Kind<"is">, context: Context): Value {
  const value = context.translation.translateExpression(expression.operand, context);
  if (expression.what !== "null") requireCondition(value, `IS ${expression.what.toUpperCase()}`);
  const code = [operandCode(value), ` IS ${expression.isNegated ? "NOT " : ""}${expression.what.toUpperCase()}`];
  return { ...condition(code, [value], { start: expression.start, end: expression.end }), isNullable: false };
}

/** Translates IS [NOT] DISTINCT FROM. */
export function translateIsDistinct(expression: Kind<"is distinct from">, context: Context): Value {
  const operands = [expression.left, expression.right].map((part) =>
    context.translation.translateExpression(part, context),
  );
  const aligned = alignOperands("IS DISTINCT FROM", operands);
  const [left, right] = aligned;
  if (left === undefined || right === undefined) throw new Error("IS DISTINCT FROM has two operands.");
  compare("=", left, right);
  const code = [operandCode(left), ` IS ${expression.isNegated ? "NOT " : ""}DISTINCT FROM `, operandCode(right)];
  return { ...condition(code, aligned, { start: expression.start, end: expression.end }), isNullable: false };
}
