import { intervalAmount } from "../emit/interval.ts";
import type { Code } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { chooseSignature } from "../signature/choose.ts";
import { parseSignature } from "../signature/signature.ts";
import { scalar } from "../type/data-type.ts";
import { makeValue, operandCode } from "../value.ts";
import { argumentAt, callValue, requireCount } from "./call-arguments.ts";
import { requirePart, timeUnits, unitMicros } from "./date-part.ts";
import { type FunctionEntry, specialFunction } from "./function-table.ts";

/** GENERATE_DATE_ARRAY and GENERATE_TIMESTAMP_ARRAY. */
export const generateDates: FunctionEntry = specialFunction((call, context) => {
  requireCount(call, [2, 3]);
  const values = [0, 1].map((index) => context.translation.translateExpression(argumentAt(call, index), context));
  const isDate = call.name === "GENERATE_DATE_ARRAY";
  const type = isDate ? "DATE" : "TIMESTAMP";
  const lines = [parseSignature(`(${type}, ${type}) -> ARRAY<${type}>: $1`)];
  const given = {
    shown: call.name,
    place: call.namePlace,
    arguments: values.map((value) => ({ name: undefined, value })),
  };
  const chosen = chooseSignature(given, lines);
  const [start, end] = chosen.arguments;
  if (start === undefined || end === undefined) throw new Error("A range has two ends.");
  const step = call.arguments[2]?.value;
  if (step === undefined && !isDate) refuse("argument-count", `${call.name} needs an INTERVAL.`, call.namePlace);
  if (step !== undefined && (step.kind !== "interval" || step.to !== undefined))
    refuse("argument-type", `${call.name} takes INTERVAL with a number and a part.`, step, "Write INTERVAL 1 DAY.");
  const unit = step?.from ?? "DAY";
  const allowed = isDate ? ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY"] : ["DAY", ...timeUnits];
  requirePart({ unit, weekday: undefined, ...(step ?? call.namePlace) }, allowed, call.name);
  const amount =
    step === undefined
      ? makeValue({
          code: "1::BIGINT",
          type: scalar("INT64"),
          place: call.namePlace,
          constant: { kind: "integer", text: "1" },
        })
      : intervalAmount(step, context);
  if (amount.isVolatile) refuseUnsupported("A step that changes with each evaluation", amount.place);
  const operands = [start, end, amount];
  if (isDate && !["DAY", "WEEK"].includes(unit)) {
    const months = { YEAR: 12, QUARTER: 3, MONTH: 1 }[unit] ?? 1;
    return callValue(
      call,
      {
        code: ["gsql_dates_by_month(", start.code, ", ", end.code, ", ", operandCode(amount), ` * ${months})`],
        type: chosen.type,
      },
      operands,
    );
  }
  const macro = isDate ? "gsql_dates_by_day" : "gsql_timestamps_by";
  const micros = isDate ? (unit === "WEEK" ? 7 : 1) : (unitMicros[unit] ?? 1);
  const stepCode: Code = micros === 1 ? amount.code : [operandCode(amount), ` * ${micros}`];
  return callValue(
    call,
    { code: [`${macro}(`, start.code, ", ", end.code, ", ", stepCode, ")"], type: chosen.type },
    operands,
  );
});
