import type { Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import type { Expression } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { commonType } from "../type/coercion.ts";
import { containsType, isSameType, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { alignOperands, compare } from "./comparison.ts";
import type { Context } from "./context.ts";
import { requireCondition } from "./operators.ts";

/** The values with the one type that they have in common, as branches of a CASE or arguments of COALESCE need it. */
export function unify(values: readonly Value[], shown: string): readonly Value[] {
  const type = commonType(values);
  const coerced = type === undefined ? [] : values.map((value) => coerce(value, type));
  const unified = coerced.filter((value) => value !== undefined);
  if (type !== undefined && unified.length === values.length) return unified;
  const [first] = values;
  if (first !== undefined && values.every((value) => isSameType(value.type, first.type))) return values;
  const untyped = values.find((value) => containsType(value.type, (part) => part.kind === "UNKNOWN"));
  if (untyped !== undefined)
    refuse(
      "untyped",
      `The type of "${untyped.name ?? ""}" is not known, and ${shown} depends on it.`,
      untyped.place,
      "Declare the column's data_type where its table is described.",
    );
  const types = [
    ...new Set(values.filter((value) => value.constant?.kind !== "null").map((value) => typeText(value.type))),
  ];
  const odd = values.find((value) => !isSameType(value.type, (first ?? value).type) && value.constant?.kind !== "null");
  refuse(
    "argument-type",
    `${shown} has values of different types: ${types.join(", ")}.`,
    (odd ?? first)?.place ?? { start: 0, end: 0 },
    "Cast them to one type.",
  );
}

/** Translates CASE. */
export function translateCase(expression: Extract<Expression, { readonly kind: "case" }>, context: Context): Value {
  const { translateExpression } = context.translation;
  const place = { start: expression.start, end: expression.end };
  const operand = expression.operand === undefined ? undefined : translateExpression(expression.operand, context);
  const tests = expression.branches.map(({ when }) => translateExpression(when, context));
  const results = expression.branches.map(({ then }) => translateExpression(then, context));
  const otherwise = expression.otherwise === undefined ? [] : [translateExpression(expression.otherwise, context)];
  const heads = operand === undefined ? conditionHeads(tests) : comparisonHeads(operand, tests);
  const unified = unify([...results, ...otherwise], "CASE");
  const branches = heads.codes.map((head, index): Code => [" WHEN ", head, " THEN ", unified[index]?.code ?? "NULL"]);
  const last = unified[results.length];
  const code: Code = ["CASE", heads.operand, ...branches, last === undefined ? "" : [" ELSE ", last.code], " END"];
  const isNullable = last === undefined || unified.some((value) => value.isNullable);
  const type = unified[0]?.type ?? { kind: "UNKNOWN" };
  return makeValue({ code, type, place, isNullable }, [...heads.values, ...unified]);
}

interface Heads {
  readonly operand: Code;
  readonly codes: readonly Code[];
  readonly values: readonly Value[];
}

function conditionHeads(tests: readonly Value[]): Heads {
  for (const test of tests) requireCondition(test, "WHEN");
  return { operand: "", codes: tests.map((test) => test.code), values: tests };
}

function comparisonHeads(operand: Value, tests: readonly Value[]): Heads {
  const comparisons = tests.map((test) => compare("=", operand, test));
  const aligned = alignOperands("CASE", [operand, ...tests]);
  const [first, ...others] = aligned;
  if (first === undefined || first.type.kind === "FLOAT64" || first.type.kind === "STRUCT")
    return { operand: "", codes: comparisons.map((comparison) => comparison.code), values: comparisons };
  return { operand: [" ", first.code], codes: others.map((test) => test.code), values: aligned };
}
