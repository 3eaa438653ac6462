import type { Code } from "../code.ts";
import { dateUnits, firstWeekday, requirePart, timeUnits } from "../functions/date-part.ts";
import { zoneOf } from "../functions/zone.ts";
import { refuse } from "../refusal.ts";
import type { Expression } from "../syntax.ts";
import { type DataType, scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import type { Context } from "./context.ts";

type Extract_ = Extract<Expression, { readonly kind: "extract" }>;

const ofDate = [...dateUnits, "DAYOFWEEK", "DAYOFYEAR"];
const ofInterval = ["YEAR", "MONTH", "DAY", ...timeUnits];

/** The parts that EXTRACT takes from each type. */
const partsOf: Readonly<Partial<Record<DataType["kind"], readonly string[]>>> = {
  DATE: ofDate,
  DATETIME: [...ofDate, ...timeUnits, "DATE", "TIME"],
  TIMESTAMP: [...ofDate, ...timeUnits, "DATE", "TIME", "DATETIME"],
  TIME: timeUnits,
  INTERVAL: ofInterval,
};

const parts: Readonly<Record<string, readonly [before: string, after: string]>> = {
  YEAR: ["year(", ")"],
  ISOYEAR: ["isoyear(", ")"],
  QUARTER: ["quarter(", ")"],
  MONTH: ["month(", ")"],
  ISOWEEK: ["week(", ")"],
  DAY: ["day(", ")"],
  DAYOFWEEK: ["(dayofweek(", ") + 1)"],
  DAYOFYEAR: ["dayofyear(", ")"],
  HOUR: ["hour(", ")"],
  MINUTE: ["minute(", ")"],
  SECOND: ["second(", ")"],
  MILLISECOND: ["(millisecond(", ") % 1000)"],
  MICROSECOND: ["(microsecond(", ") % 1000000)"],
};

/** Translates EXTRACT. */
export function translateExtract(expression: Extract_, context: Context): Value {
  const { part } = expression;
  const place = { start: expression.start, end: expression.end };
  const operand = context.translation.translateExpression(expression.operand, context);
  const allowed = partsOf[operand.type.kind];
  if (allowed === undefined)
    refuse(
      operand.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
      `EXTRACT does not read a value of type ${typeText(operand.type)}.`,
      operand.place,
    );
  requirePart(part, allowed, `EXTRACT from a value of type ${typeText(operand.type)}`);
  const zoneValue =
    expression.zone === undefined ? undefined : context.translation.translateExpression(expression.zone, context);
  if (zoneValue !== undefined && operand.type.kind !== "TIMESTAMP")
    refuse("argument-type", `AT TIME ZONE needs a TIMESTAMP, not ${typeText(operand.type)}.`, operand.place);
  const source: Code = operand.type.kind === "TIMESTAMP" ? zoneOf(zoneValue).local(operand.code) : operand.code;
  const operands = zoneValue === undefined ? [operand] : [operand, zoneValue];
  const made = (code: Code, type: DataType): Value =>
    makeValue({ code, type, place, isNullable: operand.isNullable }, operands);
  switch (part.unit) {
    case "DATE":
      return made(["CAST(", source, " AS DATE)"], scalar("DATE"));
    case "TIME":
      return made(["CAST(", source, " AS TIME)"], scalar("TIME"));
    case "DATETIME":
      return made(source, scalar("DATETIME"));
    case "WEEK":
      return made(["gsql_week_number(", source, `, ${firstWeekday(part)})`], scalar("INT64"));
    default: {
      const [before, after] = parts[part.unit] ?? ["", ""];
      return made([before, source, after], scalar("INT64"));
    }
  }
}
