import { ownAttribute } from "../methods/access.ts";
import {
  integerArgument,
  type Method,
  method,
  type MethodTable,
  raiseArgument,
  textArgument,
} from "../methods/method.ts";
import { isTrue } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { raiseMissing } from "../values/missing-error.ts";
import { integer, integerOf, isFloat, negate, numberOf } from "../values/numeric.ts";
import { parseFloatText, parseIntegerText } from "../values/parse-number.ts";
import { printJson } from "../values/print-json.ts";
import { fixedDigits } from "../values/round-decimal.ts";
import { roundValue } from "../values/round-value.ts";
import { float, isUndefined, missing, orElse, textOf, type Value } from "../values/value.ts";
import { nativeFilters } from "./native-filters.ts";

const defaultFilter: Method<Value> = method(
  ["default_value?", "boolean?"],
  (target, [fallback = "", isBoolean = false]) =>
    isUndefined(target) || (isTrue(isBoolean) && !isTrue(target)) ? fallback : target,
);

function toInteger(target: Value, fallback: Value, base: number): Value {
  if (isUndefined(target)) return raiseMissing(target);
  const whole = textOf(target);
  const direct = whole === undefined ? integerOf(target) : parseIntegerText(whole, base);
  if (direct !== undefined) return direct;
  const number = whole === undefined ? numberOf(target) : parseFloatText(whole);
  return number === undefined || !Number.isFinite(number) ? fallback : integer(BigInt(Math.trunc(number)));
}

function toFloat(target: Value, fallback: Value): Value {
  if (isUndefined(target)) return raiseMissing(target);
  const whole = textOf(target);
  const number = whole === undefined ? numberOf(target) : parseFloatText(whole);
  return number === undefined ? fallback : float(number);
}

const units: readonly string[] = ["k", "M", "G", "T", "P", "E", "Z", "Y"];

function fileSize(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const found = units.findIndex((_, index) => bytes < base ** (index + 2));
  const index = found === -1 ? units.length - 1 : found;
  const unit = units[index] ?? "";
  return `${fixedDigits((base * bytes) / base ** (index + 2), 1)} ${isBinary ? `${unit.toUpperCase()}i` : unit}B`;
}

/** Jinja's filters of single values, and dbt's conversions. */
export const valueFilters: MethodTable<Value> = new Map<string, Method<Value>>([
  ...nativeFilters,
  ["default", defaultFilter],
  ["d", defaultFilter],
  [
    "abs",
    method([], (target, _args, call) => {
      if (isFloat(target)) return float(Math.abs(target.value));
      const value = integerOf(target) ?? raiseArgument(target, "a number", call);
      return value < 0 ? negate(value) : value;
    }),
  ],
  [
    "int",
    method(["default?", "base?"], (target, [fallback = 0, base = 10], call) =>
      toInteger(target, fallback, integerArgument(base, call)),
    ),
  ],
  ["float", method(["default?"], (target, [fallback = float(0)]) => toFloat(target, fallback))],
  [
    "round",
    method(["precision?", "method?"], (target, [precision = 0, how = "common"], call) =>
      roundValue(target, { precision: integerArgument(precision, call), how: textArgument(how, call) }),
    ),
  ],
  [
    "attr",
    method(["name"], (target, [name], call) => {
      const wanted = textArgument(name, call);
      const owner = describeType(target);
      if (isUndefined(target)) raiseMissing(target);
      return orElse(ownAttribute(target, wanted), () =>
        missing({ what: "attribute", owner, name: wanted, known: () => [] }),
      );
    }),
  ],
  [
    "tojson",
    method(["indent?"], (target, [indent = null], call) =>
      printJson(target, { indent: indent === null ? undefined : integerArgument(indent, call), isSorted: true })
        .replaceAll("<", "\\u003c")
        .replaceAll(">", "\\u003e")
        .replaceAll("&", "\\u0026")
        .replaceAll("'", "\\u0027"),
    ),
  ],
  [
    "filesizeformat",
    method(["binary?"], (target, [isBinary = false], call) => {
      const whole = textOf(target);
      const bytes = whole === undefined ? numberOf(target) : parseFloatText(whole);
      if (bytes === undefined || !Number.isFinite(bytes)) return raiseArgument(target, "a number of bytes", call);
      return fileSize(bytes, isTrue(isBinary));
    }),
  ],
]);
