import type { Code } from "../code.ts";
import { placeAround } from "../place.ts";
import { refuse } from "../refusal.ts";
import { coerce, structField } from "../type/cast.ts";
import { commonType } from "../type/coercion.ts";
import { containsType, type DataType, scalar, typeText } from "../type/data-type.ts";
import { makeValue, operandCode, type Value } from "../value.ts";
import { bindOnce } from "../value-binding.ts";
import { withPlainInteger } from "./operators.ts";

/** An operator that compares two values. */
export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** The operands of a comparison with one common type, or a refusal of what cannot be compared. */
export function alignOperands(operator: string, values: readonly Value[]): readonly Value[] {
  const type = commonType(values);
  const place = values.map((value) => value.place).reduce(placeAround);
  const untyped = values.find((value) => containsType(value.type, (part) => part.kind === "UNKNOWN"));
  if (untyped !== undefined)
    refuse(
      "untyped",
      `The type of "${untyped.name ?? ""}" is not known, and "${operator}" depends on it.`,
      untyped.place,
      "Declare the column's data_type where its table is described.",
    );
  if (type === undefined) refuseTypes(operator, values, place);
  return values.map((value) => coerce(value, type) ?? refuseTypes(operator, values, place));
}

function refuseTypes(
  operator: string,
  values: readonly Value[],
  place: { readonly start: number; readonly end: number },
): never {
  const types = [...new Set(values.map((value) => typeText(value.type)))];
  refuse(
    "comparison-type",
    `${types.join(" and ")} cannot be compared by "${operator}".`,
    place,
    "Cast one of them to the type of the other.",
  );
}

/** Compares two values as GoogleSQL does: NaN equals nothing, and a NULL in a struct makes the answer unknown. */
export function compare(operator: Comparison, left: Value, right: Value): Value {
  const place = placeAround(left.place, right.place);
  const aligned = alignOperands(operator, [left, right]);
  const [first, second] = aligned;
  if (first === undefined || second === undefined) throw new Error("A comparison has two operands.");
  if (aligned.some((operand) => operand.isVolatile) && ["FLOAT64", "STRUCT"].includes(first.type.kind))
    return bindOnce(aligned, ([given, other]) => compare(operator, given ?? first, other ?? second));
  requireComparable(operator, first.type, place);
  const isNullable = first.isNullable || second.isNullable;
  const code = comparisonCode(operator, first, second);
  return makeValue({ code: code.code, isCompound: code.isCompound, type: scalar("BOOL"), place, isNullable }, aligned);
}

function requireComparable(
  operator: Comparison,
  type: DataType,
  place: { readonly start: number; readonly end: number },
): void {
  const isEquality = operator === "=" || operator === "<>";
  const isComparable = (part: DataType): boolean => {
    if (part.kind === "STRUCT") return isEquality && part.fields.every((field) => isComparable(field.type));
    return part.kind !== "ARRAY" && part.kind !== "JSON";
  };
  if (!isComparable(type))
    refuse("comparison-type", `Values of type ${typeText(type)} cannot be compared by "${operator}".`, place);
}

interface Piece {
  readonly code: Code;
  readonly isCompound: boolean;
}

function comparisonCode(operator: Comparison, left: Value, right: Value): Piece {
  if (left.type.kind === "STRUCT") return structEquality(operator, left, right);
  if (left.type.kind === "FLOAT64") return floatComparison(operator, left, right);
  const operands = [left, right];
  const [first, second] = operands.map((operand) => operandCode(withPlainInteger(operand, operands)));
  return { code: [first ?? "", ` ${operator} `, second ?? ""], isCompound: true };
}

function structEquality(operator: Comparison, left: Value, right: Value): Piece {
  if (left.type.kind !== "STRUCT") throw new Error("A struct was expected.");
  const pairs = left.type.fields.map((_, index) =>
    comparisonCode("=", structField(left, index), structField(right, index)),
  );
  const code: Code = pairs.flatMap((pair, index): readonly Code[] => [index === 0 ? "" : " AND ", pair.code]);
  return operator === "=" ? { code, isCompound: true } : { code: ["NOT (", code, ")"], isCompound: true };
}

const floatMacros: Readonly<Record<Comparison, string>> = {
  "=": "gsql_equal",
  "<>": "gsql_not_equal",
  "<": "gsql_less",
  "<=": "gsql_less_equal",
  ">": "gsql_less",
  ">=": "gsql_less_equal",
};

/** DuckDB takes NaN for the greatest number and equal to itself. Beside a literal the plain operator mostly does. */
function floatComparison(operator: Comparison, left: Value, right: Value): Piece {
  const mirrored = operator === ">" || operator === ">=";
  const [lesser, greater] = mirrored ? [right, left] : [left, right];
  const isEquality = operator === "=" || operator === "<>";
  const canBePlain = isEquality ? isNumber(left) || isNumber(right) : isNumber(greater);
  if (canBePlain) return { code: [operandCode(left), ` ${operator} `, operandCode(right)], isCompound: true };
  return { code: [floatMacros[operator], "(", lesser.code, ", ", greater.code, ")"], isCompound: false };
}

function isNumber(value: Value): boolean {
  return value.constant?.kind === "float" || value.constant?.kind === "integer";
}
