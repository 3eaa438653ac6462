import type { Code } from "../code.ts";
import { intervalAmount } from "../emit/interval.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { chooseSignature } from "../signature/choose.ts";
import { parseSignature } from "../signature/signature.ts";
import { operandCode } from "../value.ts";
import { argumentAt, callValue, requireCount } from "./call-arguments.ts";
import { requirePart, timeUnits, unitMicros } from "./date-part.ts";
import { type FunctionEntry, specialFunction } from "./function-table.ts";

/** Where the buckets of a type begin to be counted if nothing else is said (BigQuery, "DATE_BUCKET"). */
const origins: Readonly<Record<string, string>> = {
  DATE: "DATE '1950-01-01'",
  DATETIME: "TIMESTAMP '1950-01-01'",
  TIMESTAMP: "TIMESTAMPTZ '1950-01-01 00:00:00+00'",
};

/** DATE_BUCKET, DATETIME_BUCKET and TIMESTAMP_BUCKET: where the bucket begins that holds a point in time. */
export const dateBucket: FunctionEntry = specialFunction((call, context) => {
  requireCount(call, [2, 3]);
  const type = call.name.split("_")[0] ?? "DATE";
  const width = argumentAt(call, 1);
  if (width.kind !== "interval" || width.to !== undefined)
    refuse("argument-type", `${call.name} takes INTERVAL with a number and a part.`, width, "Write INTERVAL 1 DAY.");
  const origin = call.arguments[2]?.value;
  const points = origin === undefined ? [argumentAt(call, 0)] : [argumentAt(call, 0), origin];
  const { arguments: operands, type: result } = chooseSignature(
    {
      shown: call.name,
      place: call.namePlace,
      arguments: points.map((point) => ({
        name: undefined,
        value: context.translation.translateExpression(point, context),
      })),
    },
    [parseSignature(`(${type}${origin === undefined ? "" : `, ${type}`}) -> ${type}: $1`)],
  );
  const [point, from] = operands;
  if (point === undefined) throw new Error("A point in time was counted.");
  requirePart(
    { unit: width.from, weekday: undefined, start: width.start, end: width.end },
    type === "DATE" ? ["DAY", "WEEK"] : ["DAY", ...timeUnits],
    call.name,
  );
  const amount = intervalAmount(width, context);
  const volatile = [...operands, amount].find((operand) => operand.isVolatile);
  if (volatile !== undefined) refuseUnsupported(`${call.name} of what changes with each evaluation`, volatile.place);
  const factor = type === "DATE" ? (width.from === "WEEK" ? 7 : 1) : (unitMicros[width.from] ?? 1);
  const size: Code = factor === 1 ? amount.code : [operandCode(amount), ` * ${factor}`];
  const start: Code = from === undefined ? (origins[type] ?? "") : from.code;
  const macro = type === "DATE" ? "gsql_day_bucket(" : "gsql_time_bucket(";
  return callValue(call, { code: [macro, point.code, ", ", size, ", ", start, ")"], type: result }, [
    ...operands,
    amount,
  ]);
});
