import type { Code } from "../code.ts";
import { placeAround, type Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { chooseSignature } from "../signature/choose.ts";
import { parseSignature, type Signature } from "../signature/signature.ts";
import { fillTemplate } from "../signature/template.ts";
import type { BinaryOperator, Expression } from "../syntax.ts";
import { literalValue } from "../type/literal.ts";
import { scalar } from "../type/data-type.ts";
import { makeValue, operandCode, type Value } from "../value.ts";
import { bindOnce } from "../value-binding.ts";
import { compare } from "./comparison.ts";
import type { Context } from "./context.ts";

type Arithmetic = Exclude<BinaryOperator, "and" | "or" | "=" | "<>" | "<" | "<=" | ">" | ">=">;

/** The operators whose SQL follows from the types of their operands. */
const lines: Readonly<Record<Arithmetic, readonly string[]>> = {
  "+": [
    "(INT64, INT64) -> INT64: $1 + $2",
    "(NUMERIC, NUMERIC) -> NUMERIC: $1 + $2",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: $1 + $2",
    "(FLOAT64, FLOAT64) -> FLOAT64: $1 + $2",
    "(DATE, INT64) -> DATE: gsql_date_plus($1, $2)",
    "(INT64, DATE) -> DATE: gsql_date_plus($2, $1)",
    "(INTERVAL, INTERVAL) -> INTERVAL: $1 + $2",
    "(DATE, INTERVAL) -> DATETIME: gsql_datetime_in_range(CAST($1 AS TIMESTAMP) + $2)",
    "(INTERVAL, DATE) -> DATETIME: gsql_datetime_in_range(CAST($2 AS TIMESTAMP) + $1)",
    "(DATETIME, INTERVAL) -> DATETIME: gsql_datetime_in_range($1 + $2)",
    "(INTERVAL, DATETIME) -> DATETIME: gsql_datetime_in_range($2 + $1)",
    "(TIMESTAMP, INTERVAL) -> TIMESTAMP: gsql_timestamp_plus($1, $2)",
    "(INTERVAL, TIMESTAMP) -> TIMESTAMP: gsql_timestamp_plus($2, $1)",
  ],
  "-": [
    "(INT64, INT64) -> INT64: $1 - $2",
    "(NUMERIC, NUMERIC) -> NUMERIC: $1 - $2",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: $1 - $2",
    "(FLOAT64, FLOAT64) -> FLOAT64: $1 - $2",
    "(DATE, INT64) -> DATE: gsql_date_plus($1, -$2)",
    "(DATE, DATE) -> INTERVAL: to_days(CAST($1 - $2 AS INTEGER))",
    "(TIMESTAMP, TIMESTAMP) -> INTERVAL: to_microseconds(epoch_us($1) - epoch_us($2))",
    "(DATETIME, DATETIME) -> INTERVAL: gsql_days_and_clock(epoch_us($1) - epoch_us($2))",
    "(TIME, TIME) -> INTERVAL: to_microseconds(epoch_us($1) - epoch_us($2))",
    "(INTERVAL, INTERVAL) -> INTERVAL: $1 - $2",
    "(DATE, INTERVAL) -> DATETIME: gsql_datetime_in_range(CAST($1 AS TIMESTAMP) - $2)",
    "(DATETIME, INTERVAL) -> DATETIME: gsql_datetime_in_range($1 - $2)",
    "(TIMESTAMP, INTERVAL) -> TIMESTAMP: gsql_timestamp_plus($1, -$2)",
  ],
  "*": [
    "(INT64, INT64) -> INT64: $1 * $2",
    "(NUMERIC, NUMERIC) -> NUMERIC: gsql_numeric_multiply($1, $2)",
    "(FLOAT64, FLOAT64) -> FLOAT64: $1 * $2",
    "(INTERVAL, INT64) -> INTERVAL: $1 * CAST($2 AS INTEGER)",
    "(INT64, INTERVAL) -> INTERVAL: $2 * CAST($1 AS INTEGER)",
  ],
  "/": [
    "(FLOAT64, FLOAT64) -> FLOAT64: gsql_divide($1, $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: gsql_numeric_divide($1, $2)",
  ],
  "||": [
    "(STRING, STRING) -> STRING: $1 || $2",
    "(BYTES, BYTES) -> BYTES: $1 || $2",
    "(ARRAY<T>, ARRAY<T>) -> ARRAY<T>: gsql_array_concat($1, $2)",
  ],
  "&": ["(INT64, INT64) -> INT64: $1 & $2"],
  "|": ["(INT64, INT64) -> INT64: $1 | $2"],
  "^": ["(INT64, INT64) -> INT64: xor($1, $2)"],
  "<<": ["(INT64, INT64) -> INT64: gsql_shift_left($1, $2)"],
  ">>": ["(INT64, INT64) -> INT64: gsql_shift_right($1, $2)"],
};

const signatures = new Map<string, readonly Signature[]>();

function signaturesOf(operator: Arithmetic): readonly Signature[] {
  const known = signatures.get(operator) ?? lines[operator].map(parseSignature);
  signatures.set(operator, known);
  return known;
}

/** Translates an operator of two operands. */
export function translateBinary(expression: Extract<Expression, { readonly kind: "binary" }>, context: Context): Value {
  const { operator } = expression;
  const left = context.translation.translateExpression(expression.left, context);
  const right = context.translation.translateExpression(expression.right, context);
  switch (operator) {
    case "and":
    case "or":
      return connect(operator, [left, right]);
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(operator, left, right);
    default:
      return applyOperator(operator, left, right);
  }
}

/** Applies an arithmetic operator to two values. */
function applyOperator(operator: Arithmetic, left: Value, right: Value): Value {
  const place = placeAround(left.place, right.place);
  if (operator === "/" || operator === "*") refuseBigNumeric(operator, [left, right], place);
  const call = { shown: `"${operator}"`, place, arguments: [left, right].map((value) => ({ name: undefined, value })) };
  const chosen = chooseSignature(call, signaturesOf(operator));
  const plain = plainDivision(operator, chosen.arguments);
  const { template } = chosen.signature;
  if (template === undefined) throw new Error(`The operator ${operator} has no SQL.`);
  const operands = chosen.arguments.map((argument) => withPlainInteger(argument, chosen.arguments));
  const fill = (args: readonly Value[]): Value => {
    const isCompound = plain !== undefined || template.isCompound;
    return makeValue({ code: plain ?? fillTemplate(template, args), isCompound, type: chosen.type, place }, args);
  };
  const isRepeated = operands.some((operand, index) => operand.isVolatile && template.isRepeated(index));
  return isRepeated && plain === undefined ? bindOnce(operands, fill) : fill(operands);
}

/** Refuses a value that may not be written twice. */
export function refuseVolatile(place: Place): never {
  refuseUnsupported(
    "A value that changes with each evaluation in this position",
    place,
    "Compute it in a WITH query first.",
  );
}

function refuseBigNumeric(operator: string, operands: readonly Value[], place: Place): void {
  if (
    operands.some((operand) => operand.type.kind === "BIGNUMERIC") &&
    !operands.some((operand) => operand.type.kind === "FLOAT64")
  )
    refuseUnsupported(`"${operator}" on BIGNUMERIC`, place, "Cast the operands to NUMERIC.");
}

/** Division by a literal other than zero needs no check. */
function plainDivision(operator: Arithmetic, [dividend, divisor]: readonly Value[]): Code | undefined {
  if (operator !== "/" || dividend === undefined || divisor?.type.kind !== "FLOAT64") return undefined;
  const { constant } = divisor;
  const isNonZero = (constant?.kind === "float" || constant?.kind === "integer") && Number(constant.text) !== 0;
  return isNonZero ? [operandCode(dividend), " / ", operandCode(divisor)] : undefined;
}

/** An integer literal needs no cast beside a BIGINT that is no literal: DuckDB widens it. */
export function withPlainInteger(value: Value, operands: readonly Value[]): Value {
  if (value.constant?.kind !== "integer" || value.type.kind !== "INT64") return value;
  const isTyped = operands.some(
    (other) => other !== value && other.type.kind === "INT64" && other.constant === undefined,
  );
  return isTyped ? { ...value, code: value.constant.text, isCompound: value.constant.text.startsWith("-") } : value;
}

/** AND or OR of conditions. */
export function connect(operator: "and" | "or", conditions: readonly Value[]): Value {
  const place = conditions.map((condition) => condition.place).reduce(placeAround);
  for (const condition of conditions) requireCondition(condition, operator.toUpperCase());
  const code = conditions.flatMap((condition, index): readonly Code[] =>
    index === 0 ? [operandCode(condition)] : [` ${operator.toUpperCase()} `, operandCode(condition)],
  );
  return makeValue({ code, isCompound: true, type: scalar("BOOL"), place }, conditions);
}

/** Refuses a condition that is no BOOL. */
export function requireCondition(value: Value, shown: string): void {
  if (value.type.kind === "BOOL" || value.constant?.kind === "null") return;
  if (value.type.kind === "UNKNOWN")
    refuse(
      "untyped",
      `The type of "${value.name ?? ""}" is not known, and ${shown} depends on it.`,
      value.place,
      "Declare the column's data_type where its table is described.",
    );
  refuse("argument-type", `${shown} takes a condition, and this is of type ${value.type.kind}.`, value.place);
}

/** Translates `-x`, `~x` and `NOT x`. */
export function translateUnary(expression: Extract<Expression, { readonly kind: "unary" }>, context: Context): Value {
  const { operator, operand } = expression;
  if (operator === "-" && operand.kind === "literal" && (operand.type === "INT64" || operand.type === "FLOAT64"))
    return negativeLiteral(operand);
  const value = context.translation.translateExpression(operand, context);
  const { place, type } = value;
  if (operator === "not") {
    requireCondition(value, "NOT");
    return makeValue({ code: ["NOT ", operandCode(value)], isCompound: true, type: scalar("BOOL"), place }, [value]);
  }
  const takes = operator === "~" ? ["INT64"] : ["INT64", "FLOAT64", "NUMERIC", "BIGNUMERIC", "INTERVAL"];
  if (!takes.includes(type.kind))
    refuse(
      type.kind === "UNKNOWN" ? "untyped" : "argument-type",
      `"${operator}" does not take a value of type ${type.kind}.`,
      place,
    );
  return makeValue({ code: [operator, operandCode(value)], isCompound: true, type, place }, [value]);
}

function negativeLiteral(literal: Extract<Expression, { readonly kind: "literal" }>): Value {
  const place = { start: literal.start, end: literal.end };
  if (literal.type === "FLOAT64") {
    const value = literalValue("FLOAT64", literal.text, place);
    return {
      ...value,
      code: ["-", value.code],
      isCompound: true,
      constant: { kind: "float", text: `-${literal.text}` },
    };
  }
  const number = -BigInt(literal.text);
  if (number < -(2n ** 63n)) refuse("argument-type", `${number} is too small for an INT64.`, place);
  const isLeast = number === -(2n ** 63n);
  const code = isLeast ? `'${number}'::BIGINT` : number >= -(2n ** 31n) ? `${number}::BIGINT` : String(number);
  const constant = { kind: "integer", text: String(number) } as const;
  return makeValue({ code, isCompound: !isLeast, type: scalar("INT64"), place, constant, isNullable: false });
}
