import { type Call, callable } from "../call.ts";
import { bindArguments } from "../bind-arguments.ts";
import { integerArgument, textArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { numberOf } from "../values/numeric.ts";
import { float, type HostObject, type Operation, tuple, type Value } from "../values/value.ts";
import { namedAttributes } from "../context/named-attributes.ts";
import {
  type CivilTime,
  civilMicros,
  civilTime,
  dayOfYear,
  formatTime,
  isoCalendar,
  padded,
  startOfDay,
  weekday,
} from "./civil.ts";
import { instantOf, offsetText, utc, type Zone } from "./time-zone.ts";

/** What is behind a value of Python's `datetime` module. Microseconds of a `datetime` are those that its own clock shows. */
export type TimeParts =
  | { readonly type: "datetime"; readonly micros: bigint; readonly zone: Zone | undefined }
  | { readonly type: "date"; readonly micros: bigint }
  | { readonly type: "time"; readonly micros: bigint }
  | { readonly type: "timedelta"; readonly micros: bigint };

const partsOf = new WeakMap<HostObject, TimeParts>();

/** What is behind a value, if it is one of these. */
export function timeParts(value: Value | undefined): TimeParts | undefined {
  return typeof value === "object" && value?.kind === "object" ? partsOf.get(value) : undefined;
}

const zoneOf = new WeakMap<HostObject, Zone>();

/** The zone that a value stands for, if it is one. */
export function zoneArgument(value: Value | undefined): Zone | undefined {
  return typeof value === "object" && value?.kind === "object" ? zoneOf.get(value) : undefined;
}

const dayMicros = 86_400_000_000n;

function instant(parts: Extract<TimeParts, { type: "datetime" }>): bigint {
  return parts.zone === undefined ? parts.micros : instantOf(parts.micros, parts.zone);
}

function offsetMinutes({ zone, micros }: Extract<TimeParts, { type: "datetime" }>): number | undefined {
  return zone === undefined ? undefined : zone.offsetAt(instantOf(micros, zone));
}

function clockText({ hour, minute, second, microsecond }: CivilTime): string {
  const fraction = microsecond === 0 ? "" : `.${padded(microsecond, 6)}`;
  return `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${fraction}`;
}

function dateText({ year, month, day }: CivilTime): string {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

function isoText(parts: TimeParts, separator: string): string {
  const time = civilTime(parts.type === "timedelta" ? 0n : parts.micros);
  switch (parts.type) {
    case "date":
      return dateText(time);
    case "time":
      return clockText(time);
    case "datetime": {
      const offset = offsetMinutes(parts);
      return `${dateText(time)}${separator}${clockText(time)}${offset === undefined ? "" : offsetText(offset, ":")}`;
    }
    case "timedelta":
      return deltaText(parts.micros);
  }
}

function daysAndRest(micros: bigint): readonly [bigint, bigint] {
  const rest = ((micros % dayMicros) + dayMicros) % dayMicros;
  return [(micros - rest) / dayMicros, rest];
}

function deltaText(micros: bigint): string {
  const [days, rest] = daysAndRest(micros);
  const { hour, minute, second, microsecond } = civilTime(rest);
  const fraction = microsecond === 0 ? "" : `.${padded(microsecond, 6)}`;
  const clock = `${hour}:${padded(minute, 2)}:${padded(second, 2)}${fraction}`;
  if (days === 0n) return clock;
  return `${days} day${days === 1n || days === -1n ? "" : "s"}, ${clock}`;
}

function reprParts(parts: TimeParts): string {
  if (parts.type === "timedelta") {
    const [days, rest] = daysAndRest(parts.micros);
    const fields = [
      ["days", days],
      ["seconds", rest / 1_000_000n],
      ["microseconds", rest % 1_000_000n],
    ] as const;
    const shown = fields.filter(([, value]) => value !== 0n).map(([name, value]) => `${name}=${value}`);
    return `datetime.timedelta(${shown.length === 0 ? "0" : shown.join(", ")})`;
  }
  const time = civilTime(parts.micros);
  const clock = [time.hour, time.minute, time.second, time.microsecond];
  while (clock.length > 2 && clock.at(-1) === 0) clock.pop();
  const date = [time.year, time.month, time.day];
  const fields = parts.type === "date" ? date : parts.type === "time" ? clock : [...date, ...clock];
  const zone = parts.type === "datetime" && parts.zone !== undefined ? `, tzinfo=<${parts.zone.name}>` : "";
  return `datetime.${parts.type}(${fields.join(", ")}${zone})`;
}

function compareParts(left: TimeParts, right: TimeParts): number | undefined {
  if (left.type !== right.type) return undefined;
  const of = (parts: TimeParts): bigint => (parts.type === "datetime" ? instant(parts) : parts.micros);
  if (left.type === "datetime" && right.type === "datetime" && (left.zone === undefined) !== (right.zone === undefined))
    return undefined;
  const [a, b] = [of(left), of(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function moved(parts: TimeParts, by: bigint): HostObject {
  if (parts.type === "date") return timeValue({ type: "date", micros: startOfDay(parts.micros + by) });
  civilTime(parts.type === "timedelta" ? 0n : parts.micros + by);
  return timeValue({ ...parts, micros: parts.micros + by });
}

function operate(left: TimeParts, { operator, other, isRight }: Operation): Value | undefined {
  const right = timeParts(other);
  if (left.type === "timedelta") {
    const factor = numberOf(other);
    if (operator === "*" && factor !== undefined)
      return timeValue({ type: "timedelta", micros: BigInt(Math.round(Number(left.micros) * factor)) });
    if (operator === "/" && !isRight && factor !== undefined && factor !== 0)
      return timeValue({ type: "timedelta", micros: BigInt(Math.round(Number(left.micros) / factor)) });
    if (right?.type !== "timedelta") {
      return right !== undefined && operator === "+" && right.type !== "time" ? moved(right, left.micros) : undefined;
    }
    if (operator === "/") return float(Number(left.micros) / Number(right.micros));
    if (operator === "+") return moved(left, right.micros);
    return operator === "-" ? moved(isRight ? right : left, isRight ? -left.micros : -right.micros) : undefined;
  }
  if (left.type === "time" || right === undefined || isRight) return undefined;
  if (right.type === "timedelta") {
    if (operator === "+") return moved(left, right.micros);
    return operator === "-" ? moved(left, -right.micros) : undefined;
  }
  if (operator !== "-" || right.type !== left.type) return undefined;
  const of = (parts: TimeParts): bigint => (parts.type === "datetime" ? instant(parts) : parts.micros);
  return timeValue({ type: "timedelta", micros: of(left) - of(right) });
}

type Attributes = Readonly<Record<string, Value>>;

function replaced(parts: Exclude<TimeParts, { type: "timedelta" }>, call: Call): HostObject {
  const names = ["year", "month", "day", "hour", "minute", "second", "microsecond"] as const;
  const bound = bindArguments(call, { optional: [...names, "tzinfo"] });
  const old = civilTime(parts.micros);
  const field = (name: (typeof names)[number]): number => {
    const value = bound[name];
    return value === undefined ? old[name] : integerArgument(value, call);
  };
  const micros = civilMicros({
    year: field("year"),
    month: field("month"),
    day: field("day"),
    hour: field("hour"),
    minute: field("minute"),
    second: field("second"),
    microsecond: field("microsecond"),
  });
  if (parts.type !== "datetime") return timeValue({ ...parts, micros });
  return timeValue({ ...parts, micros, zone: bound.tzinfo === undefined ? parts.zone : zoneArgument(bound.tzinfo) });
}

function deltaAttributes({ micros }: TimeParts): Attributes {
  const [days, rest] = daysAndRest(micros);
  return {
    days: Number(days),
    seconds: Number(rest / 1_000_000n),
    microseconds: Number(rest % 1_000_000n),
    total_seconds: callable("total_seconds", () => float(Number(micros) / 1_000_000)),
  };
}

function dateAttributes(parts: Extract<TimeParts, { type: "date" | "datetime" }>): Attributes {
  const { micros } = parts;
  const { year, month, day } = civilTime(micros);
  const [isoYear, isoWeek, isoDay] = isoCalendar(micros);
  return {
    year,
    month,
    day,
    weekday: callable("weekday", () => weekday(micros)),
    isoweekday: callable("isoweekday", () => weekday(micros) + 1),
    isocalendar: callable("isocalendar", () => ({
      ...tuple([isoYear, isoWeek, isoDay]),
      names: ["year", "week", "weekday"],
    })),
    toordinal: callable("toordinal", () => Number(startOfDay(micros) / dayMicros) + 719_163),
    timetuple: callable("timetuple", () => {
      const time = civilTime(micros);
      return tuple([year, month, day, time.hour, time.minute, time.second, weekday(micros), dayOfYear(micros), -1]);
    }),
  };
}

function clockAttributes({ micros }: TimeParts): Attributes {
  const { hour, minute, second, microsecond } = civilTime(micros);
  return { hour, minute, second, microsecond };
}

function datetimeAttributes(parts: Extract<TimeParts, { type: "datetime" }>): Attributes {
  const { micros, zone } = parts;
  const offset = offsetMinutes(parts);
  return {
    tzinfo: zone === undefined ? null : zoneValue(zone),
    date: callable("date", () => timeValue({ type: "date", micros: startOfDay(micros) })),
    time: callable("time", () => timeValue({ type: "time", micros: micros - startOfDay(micros) })),
    timestamp: callable("timestamp", () => float(Number(instant(parts)) / 1_000_000)),
    utcoffset: callable("utcoffset", () =>
      offset === undefined ? null : timeValue({ type: "timedelta", micros: BigInt(offset) * 60_000_000n }),
    ),
    tzname: callable("tzname", () => zone?.abbreviationAt(instant(parts)) ?? null),
    astimezone: callable("astimezone", (call) => {
      const to = zoneArgument(bindArguments(call, { optional: ["tz"] }).tz) ?? utc;
      const at = instant(parts);
      return timeValue({ type: "datetime", micros: at + BigInt(to.offsetAt(at)) * 60_000_000n, zone: to });
    }),
  };
}

function sharedAttributes(parts: Exclude<TimeParts, { type: "timedelta" }>): Attributes {
  const strftime = callable("strftime", (call) => {
    const { format } = bindArguments(call, { required: ["format"] });
    const offset = parts.type === "datetime" ? offsetMinutes(parts) : undefined;
    const name = parts.type === "datetime" ? (parts.zone?.abbreviationAt(instant(parts)) ?? "") : "";
    const zone = { offset: offset === undefined ? "" : offsetText(offset, ""), name };
    return formatTime(parts.micros, textArgument(format, call), zone);
  });
  return {
    strftime,
    isoformat: callable("isoformat", (call) => {
      const { sep } = bindArguments(call, { optional: ["sep"] });
      return isoText(parts, sep === undefined ? "T" : textArgument(sep, call));
    }),
    replace: callable("replace", (call) => replaced(parts, call)),
  };
}

function attributesOf(parts: TimeParts): Attributes {
  switch (parts.type) {
    case "timedelta":
      return deltaAttributes(parts);
    case "date":
      return { ...sharedAttributes(parts), ...dateAttributes(parts) };
    case "time":
      return { ...sharedAttributes(parts), ...clockAttributes(parts) };
    case "datetime":
      return {
        ...sharedAttributes(parts),
        ...dateAttributes(parts),
        ...clockAttributes(parts),
        ...datetimeAttributes(parts),
      };
  }
}

/** A value of Python's `datetime` module. */
export function timeValue(parts: TimeParts): HostObject {
  const value: HostObject = {
    kind: "object",
    typeName: `a ${parts.type}`,
    print: () => isoText(parts, " "),
    repr: () => reprParts(parts),
    ...namedAttributes(attributesOf(parts)),
    isTrue: () => parts.type !== "timedelta" || parts.micros !== 0n,
    equals: (other) => {
      const known = timeParts(other);
      return known !== undefined && compareParts(parts, known) === 0;
    },
    compare: (other) => {
      const known = timeParts(other);
      const order = known === undefined ? undefined : compareParts(parts, known);
      if (order === undefined && known !== undefined)
        raise("template-type", `There is no order between a ${parts.type} and a ${known.type}.`);
      return order;
    },
    operate: (operation) => operate(parts, operation),
    hashKey: () => `\u0000${parts.type}:${String(parts.type === "datetime" ? instant(parts) : parts.micros)}`,
  };
  partsOf.set(value, parts);
  return value;
}

/** A time zone as templates see it. */
export function zoneValue(zone: Zone): HostObject {
  const localize = callable("localize", (call) => {
    const parts = timeParts(bindArguments(call, { required: ["dt"], optional: ["is_dst"] }).dt);
    if (parts?.type !== "datetime") return raise("argument-type", '"localize" takes a datetime.');
    return timeValue({ ...parts, zone });
  });
  const value: HostObject = {
    kind: "object",
    typeName: "a time zone",
    print: () => zone.name,
    ...namedAttributes({ zone: zone.name, localize }),
    equals: (other) => zoneArgument(other)?.name === zone.name,
  };
  zoneOf.set(value, zone);
  return value;
}
