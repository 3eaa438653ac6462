import { parseOffset } from "../calendar/parse-civil.ts";
import type { Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import { coerce } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import type { Value } from "../value.ts";

/** How a time zone turns an instant into a calendar and clock, and back. */
export interface Zone {
  readonly local: (instant: Code) => Code;
  readonly instant: (local: Code) => Code;
  /** The zone as a text in SQL. */
  readonly code: Code;
  readonly value: Value | undefined;
}

/** UTC, the zone of everything that names none. */
export const utc: Zone = {
  local: (instant) => ["timezone('UTC', ", instant, ")"],
  instant: (local) => ["timezone('UTC', ", local, ")"],
  code: "'UTC'",
  value: undefined,
};

/** The zone that an argument gives: a name of the time zone database, or an offset such as `+02:00`. */
export function zoneOf(value: Value | undefined): Zone {
  if (value === undefined) return utc;
  const text = coerce(value, scalar("STRING"));
  if (text === undefined) refuse("argument-type", `A time zone is a STRING, not ${typeText(value.type)}.`, value.place);
  const constant = text.constant?.kind === "string" ? text.constant.text : undefined;
  if (constant !== undefined) {
    if (constant === "UTC") return { ...utc, value };
    const isOffset = /^(?:UTC)?[+-]/u.test(constant);
    if (isOffset ? parseOffset(constant) === undefined : !isZoneName(constant))
      refuse(
        "argument-type",
        `There is no time zone "${constant}".`,
        value.place,
        'Write a name such as "America/New_York" or an offset such as "+02:00".',
      );
    if (!isOffset) return namedZone(text);
  }
  return {
    local: (instant) => ["gsql_local(", instant, ", ", text.code, ")"],
    instant: (local) => ["gsql_instant(", local, ", ", text.code, ")"],
    code: text.code,
    value,
  };
}

function namedZone(value: Value): Zone {
  return {
    local: (instant) => ["timezone(", value.code, ", ", instant, ")"],
    instant: (local) => ["gsql_timestamp_at(", local, ", ", value.code, ")"],
    code: value.code,
    value,
  };
}

function isZoneName(name: string): boolean {
  return /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/u.test(name) && !/^GMT[+-]/u.test(name);
}
