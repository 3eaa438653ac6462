import type { Code } from "../code.ts";
import type { Context } from "../emit/context.ts";
import { intervalAmount, intervalCode } from "../emit/interval.ts";
import { refuse } from "../refusal.ts";
import { chooseSignature } from "../signature/choose.ts";
import { parseSignature, type Signature } from "../signature/signature.ts";
import type { Call, PartSyntax } from "../syntax.ts";
import { type DataType, scalar, typeText } from "../type/data-type.ts";
import { operandCode, type Value } from "../value.ts";
import { argumentAt, callValue, requireCount } from "./call-arguments.ts";
import { dateUnits, readPart, requirePart, timeUnits, unitMicros, weekShift } from "./date-part.ts";
import { type FunctionEntry, specialFunction } from "./function-table.ts";
import { utc, zoneOf } from "./zone.ts";

/** The values that these functions take: a literal text becomes the type that the function is named after. */
const operandLines: Readonly<Record<string, readonly Signature[]>> = Object.fromEntries(
  ["DATE", "DATETIME", "TIMESTAMP", "TIME"].map((first) => {
    const others = first === "TIME" ? [] : ["DATE", "DATETIME", "TIMESTAMP"].filter((type) => type !== first);
    return [first, [first, ...others].map((type) => parseSignature(`(${type}) -> ${type}: $1`))];
  }),
);

/** The argument of a date function, as the type that decides what the function does. */
function operandOf(call: Call, index: number, context: Context): Value {
  const argument = argumentAt(call, index);
  const value = context.translation.translateExpression(argument, context);
  const family = call.name.split("_")[0] ?? "DATE";
  const given = { shown: call.name, place: argument, arguments: [{ name: undefined, value }] };
  const chosen = chooseSignature(given, operandLines[family === "LAST" ? "DATE" : family] ?? []);
  return chosen.arguments[0] ?? value;
}

function made(
  call: Call,
  result: { readonly code: Code; readonly type: DataType; readonly isCompound?: boolean },
  operands: readonly Value[],
): Value {
  return callValue(call, { ...result, isNullable: operands.some((operand) => operand.isNullable) }, operands);
}

const addable: Readonly<Partial<Record<DataType["kind"], readonly string[]>>> = {
  DATE: ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY"],
  DATETIME: ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", ...timeUnits],
  TIMESTAMP: ["DAY", ...timeUnits],
  TIME: timeUnits,
};

/** DATE_ADD and its kin. */
export function addition(sign: "+" | "-"): FunctionEntry {
  return specialFunction((call, context) => {
    requireCount(call, [2, 2]);
    const operand = operandOf(call, 0, context);
    const interval = argumentAt(call, 1);
    if (interval.kind !== "interval" || interval.to !== undefined)
      refuse(
        "argument-type",
        `${call.name} takes INTERVAL with a number and a part.`,
        interval,
        "Write INTERVAL 1 DAY.",
      );
    const part = { unit: interval.from, weekday: undefined, start: interval.start, end: interval.end };
    requirePart(part, addable[operand.type.kind] ?? [], `${call.name} of a value of type ${typeText(operand.type)}`);
    const amount = intervalAmount(interval, context);
    const moved: Code = [operandCode(operand), ` ${sign} `, intervalCode(amount, interval.from)];
    const code = operand.type.kind === "DATE" ? dateMoved({ operand, amount, unit: interval.from, sign }) : moved;
    const isCompound = operand.type.kind !== "DATE";
    if (operand.type.kind === "TIME") return made(call, { code, type: operand.type, isCompound }, [operand, amount]);
    const macro = inRange[operand.type.kind] ?? "";
    return made(call, { code: [macro, "(", code, ")"], type: operand.type }, [operand, amount]);
  });
}

const inRange: Readonly<Record<string, string>> = {
  DATE: "gsql_date_in_range",
  DATETIME: "gsql_datetime_in_range",
  TIMESTAMP: "gsql_timestamp_in_range",
};

function dateMoved(move: {
  readonly operand: Value;
  readonly amount: Value;
  readonly unit: string;
  readonly sign: "+" | "-";
}): Code {
  const { operand, amount, unit, sign } = move;
  if (unit === "DAY" || unit === "WEEK") {
    const factor = unit === "WEEK" ? 7 : 1;
    if (amount.constant?.kind === "integer")
      return [operandCode(operand), ` ${sign} (${BigInt(amount.constant.text) * BigInt(factor)})`];
    const days: Code = factor === 1 ? amount.code : [operandCode(amount), " * 7"];
    return [operandCode(operand), ` ${sign} CAST(`, days, " AS INTEGER)"];
  }
  return ["CAST(", operandCode(operand), ` ${sign} `, intervalCode(amount, unit), " AS DATE)"];
}

const truncatable: Readonly<Partial<Record<DataType["kind"], readonly string[]>>> = {
  DATE: dateUnits,
  DATETIME: [...dateUnits, ...timeUnits],
  TIMESTAMP: [...dateUnits, ...timeUnits],
  TIME: timeUnits,
};

/** DATE_TRUNC and its kin. */
export const truncation: FunctionEntry = specialFunction((call, context) => {
  requireCount(call, [2, 3]);
  const operand = operandOf(call, 0, context);
  const part = readPart(argumentAt(call, 1));
  requirePart(part, truncatable[operand.type.kind] ?? [], `${call.name} of a value of type ${typeText(operand.type)}`);
  const zoneArgument = call.arguments[2];
  if (zoneArgument !== undefined && operand.type.kind !== "TIMESTAMP")
    refuse("argument-count", `${call.name} takes a time zone only with a TIMESTAMP.`, zoneArgument.value);
  const zone = zoneOf(
    zoneArgument === undefined ? undefined : context.translation.translateExpression(zoneArgument.value, context),
  );
  const operands = zone.value === undefined ? [operand] : [operand, zone.value];
  const { type } = operand;
  switch (type.kind) {
    case "DATE":
      return made(call, { code: truncatedDate(operand.code, part), type }, operands);
    case "TIME":
      return made(
        call,
        { code: ["gsql_time_trunc(", operand.code, `, ${unitMicros[part.unit] ?? 1})`], type },
        operands,
      );
    case "TIMESTAMP": {
      if (zone !== utc && timeUnits.includes(part.unit))
        return made(
          call,
          { code: ["gsql_timestamp_trunc(", operand.code, `, '${part.unit.toLowerCase()}', `, zone.code, ")"], type },
          operands,
        );
      return made(call, { code: zone.instant(truncatedDatetime(zone.local(operand.code), part)), type }, operands);
    }
    default:
      return made(call, { code: truncatedDatetime(operand.code, part), type }, operands);
  }
});

function isWeek(part: PartSyntax): boolean {
  return part.unit === "WEEK" || part.unit === "ISOWEEK";
}

/** DuckDB's weeks begin on Monday: others are Monday's, moved. */
function truncatedDate(code: Code, part: PartSyntax): Code {
  const shift = isWeek(part) ? weekShift(part) : 0;
  const unit = isWeek(part) ? "week" : part.unit.toLowerCase();
  if (unit === "day") return code;
  if (shift === 0) return [`CAST(date_trunc('${unit}', `, code, ") AS DATE)"];
  return [`(CAST(date_trunc('week', `, code, ` + ${shift}) AS DATE) - ${shift})`];
}

function truncatedDatetime(code: Code, part: PartSyntax): Code {
  const shift = isWeek(part) ? weekShift(part) : 0;
  const unit = isWeek(part) ? "week" : part.unit.toLowerCase();
  if (shift === 0) return [`date_trunc('${unit}', `, code, ")"];
  return [`(date_trunc('week', `, code, ` + INTERVAL ${shift} DAY) - INTERVAL ${shift} DAY)`];
}

const countable: Readonly<Partial<Record<DataType["kind"], readonly string[]>>> = {
  DATE: dateUnits,
  DATETIME: [...dateUnits, ...timeUnits],
  TIMESTAMP: ["DAY", ...timeUnits],
  TIME: timeUnits,
};

/** DATE_DIFF and its kin: boundaries between two dates or datetimes, whole units between two instants. */
export const difference: FunctionEntry = specialFunction((call, context) => {
  requireCount(call, [3, 3]);
  const [end, start] = commonOperands(call, context);
  const part = readPart(argumentAt(call, 2));
  const { type } = end;
  requirePart(part, countable[type.kind] ?? [], `${call.name} of values of type ${typeText(type)}`);
  const count = (code: Code): Value => made(call, { code, type: scalar("INT64") }, [end, start]);
  const micros = unitMicros[part.unit] ?? 1;
  if (type.kind === "TIMESTAMP")
    return count(["((epoch_us(", end.code, ") - epoch_us(", start.code, `)) // ${micros})`]);
  if (type.kind === "TIME")
    return count(["(epoch_us(", end.code, `) // ${micros} - epoch_us(`, start.code, `) // ${micros})`]);
  if (isWeek(part)) {
    const dates = [end, start].map((value) =>
      truncatedDate(type.kind === "DATE" ? value.code : ["CAST(", value.code, " AS DATE)"], part),
    );
    return count(["CAST((", dates[0] ?? "", " - ", dates[1] ?? "", ") // 7 AS BIGINT)"]);
  }
  return count([`date_diff('${part.unit.toLowerCase()}', `, start.code, ", ", end.code, ")"]);
});

const pairLines: Readonly<Record<string, readonly Signature[]>> = Object.fromEntries(
  ["DATE", "DATETIME", "TIMESTAMP", "TIME"].map((first) => {
    const others = first === "TIME" ? [] : ["DATE", "DATETIME", "TIMESTAMP"].filter((type) => type !== first);
    return [first, [first, ...others].map((type) => parseSignature(`(${type}, ${type}) -> INT64: $1`))];
  }),
);

function commonOperands(call: Call, context: Context): readonly [Value, Value] {
  const values = [0, 1].map((index) => context.translation.translateExpression(argumentAt(call, index), context));
  const given = {
    shown: call.name,
    place: call.namePlace,
    arguments: values.map((value) => ({ name: undefined, value })),
  };
  const chosen = chooseSignature(given, pairLines[call.name.split("_")[0] ?? "DATE"] ?? []);
  const [end, start] = chosen.arguments;
  if (end === undefined || start === undefined) throw new Error("A difference has two operands.");
  return [end, start];
}

/** LAST_DAY. */
export const lastDay: FunctionEntry = specialFunction((call, context) => {
  requireCount(call, [1, 2]);
  const operand = operandOf(call, 0, context);
  if (operand.type.kind === "TIMESTAMP")
    refuse("argument-type", "LAST_DAY takes a DATE or a DATETIME, not a TIMESTAMP.", operand.place);
  const argument = call.arguments[1];
  const part =
    argument === undefined ? { unit: "MONTH", weekday: undefined, ...call.namePlace } : readPart(argument.value);
  requirePart(part, ["YEAR", "QUARTER", "MONTH", "WEEK", "ISOWEEK", "ISOYEAR"], "LAST_DAY");
  const date: Code = operand.type.kind === "DATE" ? operand.code : ["CAST(", operand.code, " AS DATE)"];
  const result = (code: Code): Value => made(call, { code, type: scalar("DATE") }, [operand]);
  if (isWeek(part)) return result(["(", truncatedDate(date, part), " + 6)"]);
  switch (part.unit) {
    case "MONTH":
      return result(["last_day(", date, ")"]);
    case "ISOYEAR":
      return result([
        "(CAST(date_trunc('isoyear', date_trunc('isoyear', ",
        date,
        ") + INTERVAL 375 DAY) AS DATE) - 1)",
      ]);
    default:
      return result([
        `CAST(date_trunc('${part.unit.toLowerCase()}', `,
        date,
        `) + INTERVAL 1 ${part.unit} - INTERVAL 1 DAY AS DATE)`,
      ]);
  }
});
