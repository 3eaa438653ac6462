import { didYouMean } from "../../nearest-name.ts";
import { refuse } from "../refusal.ts";
import type { Expression, PartSyntax } from "../syntax.ts";

const weekdays = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];

/** The parts of dates and times by which GoogleSQL adds, truncates and counts, from long to short. */
export const dateUnits: readonly string[] = ["YEAR", "ISOYEAR", "QUARTER", "MONTH", "WEEK", "ISOWEEK", "DAY"];

/** The parts of a clock. */
export const timeUnits: readonly string[] = ["HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"];

/** Microseconds of the units that have a fixed length. */
export const unitMicros: Readonly<Record<string, number>> = {
  DAY: 86_400_000_000,
  HOUR: 3_600_000_000,
  MINUTE: 60_000_000,
  SECOND: 1_000_000,
  MILLISECOND: 1000,
  MICROSECOND: 1,
};

/** The part that an argument names: `MONTH`, `WEEK(MONDAY)`. */
export function readPart(expression: Expression): PartSyntax {
  const place = { start: expression.start, end: expression.end };
  const unit = nameOf(expression);
  if (unit !== undefined) return { unit, weekday: undefined, ...place };
  const [argument, ...others] = expression.kind === "call" ? expression.arguments : [];
  const weekday = argument === undefined ? undefined : nameOf(argument.value);
  if (expression.kind !== "call" || weekday === undefined || others.length > 0)
    refuse(
      "argument-type",
      "The name of a date part was expected here.",
      place,
      "Write a part such as DAY, MONTH or WEEK(MONDAY).",
    );
  return { unit: expression.name, weekday, ...place };
}

function nameOf(expression: Expression): string | undefined {
  const [name, ...others] = expression.kind === "path" ? expression.names : [];
  return others.length > 0 ? undefined : name?.text.toUpperCase();
}

/** Refuses a part that a function does not take for a type. */
export function requirePart(part: PartSyntax, allowed: readonly string[], shown: string): void {
  if (!allowed.includes(part.unit))
    refuse(
      "argument-type",
      `${shown} does not take the part ${part.unit}.`,
      part,
      didYouMean(part.unit, allowed) ?? `It takes ${allowed.join(", ")}.`,
    );
  if (part.weekday !== undefined && (part.unit !== "WEEK" || !weekdays.includes(part.weekday)))
    refuse(
      "argument-type",
      `There is no part ${part.unit}(${part.weekday}).`,
      part,
      didYouMean(part.weekday, weekdays),
    );
}

/** The number of days that a week part begins after Monday's week does: 0 for Monday, 6 for Sunday. */
export function weekShift(part: PartSyntax): number {
  const first = part.unit === "ISOWEEK" ? 1 : weekdays.indexOf(part.weekday ?? "SUNDAY");
  return (8 - first) % 7;
}

/** The number of a week part's first day, 0 for Sunday. */
export function firstWeekday(part: PartSyntax): number {
  return weekdays.indexOf(part.weekday ?? "SUNDAY");
}
