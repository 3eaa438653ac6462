import { raise } from "../template-error.ts";
import { describeType } from "./describe-type.ts";
import { raiseMissing } from "./missing-error.ts";
import { type FloatValue, type Value, float, isUndefined } from "./value.ts";

/** A Python number: booleans count as 0 and 1. */
export type Integer = number | bigint;

/** The value as an integer (booleans included), or `undefined`. */
export function integerOf(value: Value): Integer | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** The value as a JS number if it is numeric at all, integers beyond 2^53 rounded; otherwise `undefined`. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === "object" && value !== null && value.kind === "float") return value.value;
  const integer = integerOf(value);
  return integer === undefined ? undefined : Number(integer);
}

/** Whether the value is a float. */
export function isFloat(value: Value): value is FloatValue {
  return typeof value === "object" && value !== null && value.kind === "float";
}

/** An integer in its one form: a number where it is safe, a bigint beyond. */
export function integer(value: bigint): Integer {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Stops with the mistake of an operator between values that it does not work on. */
export function raiseOperands(operator: string, left: Value, right: Value): never {
  if (isUndefined(left)) raiseMissing(left);
  if (isUndefined(right)) raiseMissing(right);
  return raise(
    "template-type",
    `"${operator}" does not work between ${describeType(left)} and ${describeType(right)}.`,
  );
}

const mostBits = 4_000_000n;

function sizeOf(value: bigint): bigint {
  return BigInt(value.toString(16).length) * 4n;
}

/** Refuses integers that would take the process's memory. */
function checkBits(bits: bigint): void {
  if (bits > mostBits) raise("template-size", "This number would have more than a million digits.");
}

function bothIntegers(left: Integer, right: Integer, calculate: (left: bigint, right: bigint) => bigint): Integer {
  return integer(calculate(BigInt(left), BigInt(right)));
}

/** `left + right` for numbers. */
export function addNumbers(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined) {
    if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a + b)) return a + b;
    return bothIntegers(a, b, (x, y) => x + y);
  }
  return floatOperation("+", { left, right }, (x, y) => x + y);
}

/** `left - right`. */
export function subtract(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined) {
    if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a - b)) return a - b;
    return bothIntegers(a, b, (x, y) => x - y);
  }
  return floatOperation("-", { left, right }, (x, y) => x - y);
}

/** `left * right` for numbers. */
export function multiplyNumbers(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined) {
    if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a * b)) return a * b + 0;
    checkBits(sizeOf(BigInt(a)) + sizeOf(BigInt(b)));
    return bothIntegers(a, b, (x, y) => x * y);
  }
  return floatOperation("*", { left, right }, (x, y) => x * y);
}

/** `left / right`: always a float. */
export function divide(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined && (typeof a === "bigint" || typeof b === "bigint"))
    return float(divideExactly(BigInt(a), BigInt(b)));
  return floatOperation("/", { left, right }, (x, y) => {
    if (y === 0) raiseDivision();
    return x / y;
  });
}

/** `left // right`: rounded down, an integer for integers. */
export function floorDivide(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined) {
    if (Number(b) === 0) raiseDivision();
    return bothIntegers(a, b, (x, y) => (x - floorModulo(x, y)) / y);
  }
  return floatOperation("//", { left, right }, (x, y) => {
    if (y === 0) raiseDivision();
    const rest = x % y;
    const quotient = (x - rest) / y - (rest !== 0 && rest < 0 !== y < 0 ? 1 : 0);
    if (quotient === 0) return isNegative(x / y) ? -0 : 0;
    const whole = Math.floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
  });
}

/** `left % right` for numbers: the result has the sign of `right`. */
export function modulo(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined) {
    if (Number(b) === 0) raiseDivision();
    return bothIntegers(a, b, floorModulo);
  }
  return floatOperation("%", { left, right }, (x, y) => {
    if (y === 0) raiseDivision();
    return floatModulo(x, y);
  });
}

/** `left ** right`. */
export function power(left: Value, right: Value): Value {
  const [a, b] = [integerOf(left), integerOf(right)];
  if (a !== undefined && b !== undefined && b >= 0) {
    if (a !== 0 && a !== 1 && a !== -1) checkBits(sizeOf(BigInt(a)) * BigInt(b));
    return bothIntegers(a, b, (x, y) => x ** y);
  }
  return floatOperation("**", { left, right }, (x, y) => {
    if (x === 0 && y < 0) raise("template-arithmetic", "Zero cannot be raised to a negative power.");
    if (x < 0 && Number.isFinite(y) && !Number.isInteger(y))
      raise("template-arithmetic", "A negative number cannot be raised to a fractional power.");
    const result = x === 1 ? 1 : x ** y;
    if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) raiseOverflow();
    return result;
  });
}

/** `-operand`. */
export function negate(operand: Value): Value {
  if (isFloat(operand)) return float(-operand.value);
  const value = integerOf(operand);
  if (value === undefined) return raiseOperand("-", operand);
  return typeof value === "bigint" ? integer(-value) : 0 - value;
}

/** `+operand`: the number itself, a boolean as an integer. */
export function identity(operand: Value): Value {
  if (isFloat(operand)) return operand;
  return integerOf(operand) ?? raiseOperand("+", operand);
}

function raiseOperand(operator: string, operand: Value): never {
  if (isUndefined(operand)) raiseMissing(operand);
  return raise("template-type", `"${operator}" does not work on ${describeType(operand)}.`);
}

function raiseDivision(): never {
  return raise("template-arithmetic", "This divides by zero.");
}

function raiseOverflow(): never {
  return raise("template-arithmetic", "The result is too large for a decimal number.");
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** More bits than a float has, so that it is rounded once and no more. */
const quotientBits = 64;

function divideExactly(left: bigint, right: bigint): number {
  if (right === 0n) raiseDivision();
  const [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right];
  const shift = quotientBits - a.toString(2).length + b.toString(2).length;
  const [numerator, denominator] = shift > 0 ? [a << BigInt(shift), b] : [a, b << BigInt(-shift)];
  const rest = numerator % denominator;
  const quotient = (numerator / denominator) * 2n + (rest === 0n ? 0n : 1n);
  const magnitude = Number(quotient) * 2 ** (-shift - 1);
  if (!Number.isFinite(magnitude)) raiseOverflow();
  return left < 0n === right < 0n ? magnitude : -magnitude;
}

function floorModulo(left: bigint, right: bigint): bigint {
  const rest = left % right;
  return rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest;
}

function floatModulo(left: number, right: number): number {
  const rest = left % right;
  if (rest === 0) return right < 0 ? -0 : 0;
  return rest < 0 !== right < 0 ? rest + right : rest;
}

function floatOperation(
  operator: string,
  operands: { readonly left: Value; readonly right: Value },
  calculate: (left: number, right: number) => number,
): Value {
  const [a, b] = [numberOf(operands.left), numberOf(operands.right)];
  if (a === undefined || b === undefined) return raiseOperands(operator, operands.left, operands.right);
  if ((!Number.isFinite(a) && !isFloat(operands.left)) || (!Number.isFinite(b) && !isFloat(operands.right)))
    raiseOverflow();
  return float(calculate(a, b));
}
