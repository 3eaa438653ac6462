import type { Code } from "../code.ts";
import { intervalUnits } from "../read/keywords.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Expression } from "../syntax.ts";
import { cast, coerce } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, operandCode, type Value } from "../value.ts";
import type { Context } from "./context.ts";

type Interval = Extract<Expression, { readonly kind: "interval" }>;

/** Translates INTERVAL. */
export function translateInterval(expression: Interval, context: Context): Value {
  const place = { start: expression.start, end: expression.end };
  if (expression.to !== undefined) return rangeInterval(expression, context);
  const amount = intervalAmount(expression, context);
  const code = intervalCode(amount, expression.from);
  return makeValue({ code, type: scalar("INTERVAL"), place, isNullable: amount.isNullable }, [amount]);
}

/** The number of an INTERVAL, which may be written as a text. */
export function intervalAmount(expression: Interval, context: Context): Value {
  const value = context.translation.translateExpression(expression.value, context);
  if (value.constant?.kind === "string" && /^[+-]?\d{1,15}$/u.test(value.constant.text)) {
    const text = String(Number(value.constant.text));
    const code = `${text}::BIGINT`;
    return makeValue({
      code,
      isCompound: text.startsWith("-"),
      type: scalar("INT64"),
      place: value.place,
      constant: { kind: "integer", text },
      isNullable: false,
    });
  }
  if (value.type.kind === "STRING" && value.constant === undefined) return cast(value, scalar("INT64"));
  const number = coerce(value, scalar("INT64"));
  if (number === undefined)
    refuse("argument-type", `INTERVAL takes a whole number, and this is of type ${typeText(value.type)}.`, value.place);
  return number;
}

const makers: Readonly<Record<string, readonly [maker: string, type: "INTEGER" | "BIGINT", factor: number]>> = {
  YEAR: ["to_years", "INTEGER", 1],
  QUARTER: ["to_months", "INTEGER", 3],
  MONTH: ["to_months", "INTEGER", 1],
  WEEK: ["to_days", "INTEGER", 7],
  DAY: ["to_days", "INTEGER", 1],
  HOUR: ["to_hours", "BIGINT", 1],
  MINUTE: ["to_minutes", "BIGINT", 1],
  SECOND: ["to_microseconds", "BIGINT", 1_000_000],
  MILLISECOND: ["to_microseconds", "BIGINT", 1000],
  MICROSECOND: ["to_microseconds", "BIGINT", 1],
};

/** An interval of a number of units. */
export function intervalCode(amount: Value, unit: string): Code {
  const { constant } = amount;
  if (constant?.kind === "integer") return `INTERVAL (${constant.text}) ${unit}`;
  const [maker, type, factor] = makers[unit] ?? ["to_days", "INTEGER", 1];
  const scaled: Code = factor === 1 ? amount.code : [operandCode(amount), ` * ${factor}`];
  return type === "BIGINT" ? [maker, "(", scaled, ")"] : [maker, "(CAST(", scaled, " AS INTEGER))"];
}

const order: readonly string[] = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];
const factors: Readonly<Record<string, readonly [maker: string, factor: number]>> = {
  YEAR: ["months", 12],
  MONTH: ["months", 1],
  DAY: ["days", 1],
  HOUR: ["micros", 3_600_000_000],
  MINUTE: ["micros", 60_000_000],
  SECOND: ["micros", 1_000_000],
};

/** `INTERVAL '1-2 3 4:5:6' YEAR TO SECOND`: the parts from the first unit to the last, each group with its own sign. */
function rangeInterval(expression: Interval, context: Context): Value {
  const place = { start: expression.start, end: expression.end };
  const value = context.translation.translateExpression(expression.value, context);
  if (value.constant?.kind !== "string") refuseUnsupported("INTERVAL … TO of anything but a string literal", place);
  const units = order.slice(order.indexOf(expression.from), order.indexOf(expression.to ?? "") + 1);
  if (units.length < 2 || !intervalUnits.has(expression.from))
    refuse("syntax-error", `There is no INTERVAL … ${expression.from} TO ${expression.to ?? ""}.`, place);
  const parts = parseRange(value.constant.text, units);
  if (parts === undefined)
    refuse(
      "argument-type",
      `"${value.constant.text}" is no INTERVAL of ${expression.from} TO ${expression.to ?? ""}.`,
      value.place,
    );
  const totals = { months: 0, days: 0, micros: 0 };
  units.forEach((unit, index) => {
    const [total, factor] = factors[unit] ?? ["days", 0];
    const amount = Math.round((parts[index] ?? 0) * factor);
    if (total === "months") totals.months += amount;
    else if (total === "days") totals.days += amount;
    else totals.micros += amount;
  });
  const code = `(to_months(${totals.months}) + to_days(${totals.days}) + to_microseconds(${totals.micros}))`;
  return makeValue({ code, type: scalar("INTERVAL"), place, isNullable: false });
}

/** The numbers of the parts, with signs; `undefined` if the text does not fit the units. */
function parseRange(text: string, units: readonly string[]): readonly number[] | undefined {
  const number = String.raw`(\d+)`;
  const groups = [
    units
      .filter((unit) => unit === "YEAR" || unit === "MONTH")
      .map(() => number)
      .join("-"),
    units.includes("DAY") ? number : "",
    units
      .filter((unit) => ["HOUR", "MINUTE", "SECOND"].includes(unit))
      .map((unit) => (unit === "SECOND" ? String.raw`(\d+(?:\.\d{1,6})?)` : number))
      .join(":"),
  ].filter((group) => group !== "");
  const pattern = new RegExp(`^${groups.map((group) => `([+-]?)${group}`).join(String.raw`\s+`)}$`, "u");
  const found = pattern.exec(text.trim());
  if (found === null) return undefined;
  const numbers: number[] = [];
  let sign = 1;
  for (const part of found.slice(1)) {
    if (part === "" || part === "+" || part === "-") sign = part === "-" ? -1 : 1;
    else numbers.push(sign * Number(part));
  }
  return numbers;
}
