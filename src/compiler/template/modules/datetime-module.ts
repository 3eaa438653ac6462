import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { integerArgument, textArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { numberOf } from "../values/numeric.ts";
import type { CallableValue, HostObject, Value } from "../values/value.ts";
import { namedAttributes } from "../context/named-attributes.ts";
import { type CivilTime, civilMicros, parseTime, startOfDay } from "./civil.ts";
import { fixedZone, namedZone, utc, type Zone } from "./time-zone.ts";
import { timeParts, timeValue, zoneArgument, zoneValue } from "./time-values.ts";

function typeObject(
  name: string,
  given: { readonly make: (call: Call) => Value; readonly members: Readonly<Record<string, Value>> },
): HostObject {
  return {
    kind: "object",
    typeName: name,
    print: () => `<class '${name}'>`,
    ...namedAttributes(given.members),
    call: (call) => given.make({ ...call, name }),
  };
}

const earliest = civilMicros({ year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 });

const dateFields = ["year", "month", "day"] as const;
const clockFields = ["hour", "minute", "second", "microsecond"] as const;

function fieldsOf(bound: Readonly<Record<string, Value | undefined>>, call: Call): CivilTime {
  const field = (name: string, fallback: number): number => {
    const value = bound[name];
    return value === undefined ? fallback : integerArgument(value, call);
  };
  return {
    year: field("year", 1970),
    month: field("month", 1),
    day: field("day", 1),
    hour: field("hour", 0),
    minute: field("minute", 0),
    second: field("second", 0),
    microsecond: field("microsecond", 0),
  };
}

function parsedTime(text: string, format: string): HostObject {
  const { time, offsetMinutes } = parseTime(text, format);
  const zone: Zone | undefined = offsetMinutes === undefined ? undefined : fixedZone(offsetMinutes);
  return timeValue({ type: "datetime", micros: civilMicros(time), zone });
}

const isoFormats: readonly string[] = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"];

/** A time in ISO's form, with or without fraction and zone. */
function fromIso(text: string): HostObject {
  const plain = text.replace(/^(\d{4}-\d{2}-\d{2}) /u, "$1T");
  for (const format of isoFormats.flatMap((each) => [each, `${each}%z`]))
    try {
      return parsedTime(plain, format);
    } catch {
      continue;
    }
  return raise("argument-type", `"${text}" is not a date or time in ISO's form.`);
}

const textOf = (call: Call, name: string): string =>
  textArgument(bindArguments(call, { required: [name] })[name], call);

function dateOf(value: HostObject): HostObject {
  const parts = timeParts(value);
  return timeValue({ type: "date", micros: startOfDay(parts?.micros ?? 0n) });
}

function datetimeType(nowMicros: bigint): HostObject {
  const now = (zone: Zone | undefined): HostObject =>
    timeValue({
      type: "datetime",
      micros: nowMicros + BigInt(zone?.offsetAt(nowMicros) ?? 0) * 60_000_000n,
      zone,
    });
  return typeObject("datetime.datetime", {
    make: (call) => {
      const bound = bindArguments(call, { required: dateFields, optional: [...clockFields, "tzinfo"] });
      return timeValue({
        type: "datetime",
        micros: civilMicros(fieldsOf(bound, call)),
        zone: zoneArgument(bound.tzinfo),
      });
    },
    members: {
      now: callable("now", (call) => now(zoneArgument(bindArguments(call, { optional: ["tz"] }).tz))),
      today: callable("today", () => now(undefined)),
      utcnow: callable("utcnow", () => now(undefined)),
      strptime: callable("strptime", (call) => {
        const { date_string, format } = bindArguments(call, { required: ["date_string", "format"] });
        return parsedTime(textArgument(date_string, call), textArgument(format, call));
      }),
      fromisoformat: callable("fromisoformat", (call) => fromIso(textOf(call, "date_string"))),
      fromtimestamp: callable("fromtimestamp", (call) => {
        const { timestamp, tz } = bindArguments(call, { required: ["timestamp"], optional: ["tz"] });
        const micros = BigInt(Math.round((numberOf(timestamp) ?? NaN) * 1_000_000));
        const zone = zoneArgument(tz);
        return timeValue({
          type: "datetime",
          micros: micros + BigInt(zone?.offsetAt(micros) ?? 0) * 60_000_000n,
          zone,
        });
      }),
      combine: callable("combine", (call) => {
        const { date, time } = bindArguments(call, { required: ["date", "time"] });
        const [day, clock] = [timeParts(date), timeParts(time)];
        if (day === undefined || clock === undefined)
          return raise("argument-type", '"combine" takes a date and a time.');
        return timeValue({ type: "datetime", micros: startOfDay(day.micros) + clock.micros, zone: undefined });
      }),
      min: timeValue({ type: "datetime", micros: earliest, zone: undefined }),
    },
  });
}

function dateType(nowMicros: bigint): HostObject {
  return typeObject("datetime.date", {
    make: (call) =>
      timeValue({ type: "date", micros: civilMicros(fieldsOf(bindArguments(call, { required: dateFields }), call)) }),
    members: {
      today: callable("today", () => timeValue({ type: "date", micros: startOfDay(nowMicros) })),
      fromisoformat: callable("fromisoformat", (call) => dateOf(fromIso(textOf(call, "date_string")))),
    },
  });
}

const timeType: HostObject = typeObject("datetime.time", {
  make: (call) =>
    timeValue({ type: "time", micros: civilMicros(fieldsOf(bindArguments(call, { optional: clockFields }), call)) }),
  members: {},
});

const unitMicros: readonly (readonly [string, number])[] = [
  ["days", 86_400_000_000],
  ["seconds", 1_000_000],
  ["microseconds", 1],
  ["milliseconds", 1000],
  ["minutes", 60_000_000],
  ["hours", 3_600_000_000],
  ["weeks", 604_800_000_000],
];

const timedeltaType: HostObject = typeObject("datetime.timedelta", {
  make: (call) => {
    const bound: Readonly<Record<string, Value | undefined>> = bindArguments(call, {
      optional: unitMicros.map(([name]) => name),
    });
    const micros = unitMicros.reduce((sum, [name, size]) => {
      const value = bound[name];
      return (
        sum + (value === undefined ? 0 : (numberOf(value) ?? raise("argument-type", `"${name}" is a number.`))) * size
      );
    }, 0);
    return timeValue({ type: "timedelta", micros: BigInt(Math.round(micros)) });
  },
  members: {},
});

const timezoneType: HostObject = typeObject("datetime.timezone", {
  make: (call) => {
    const parts = timeParts(bindArguments(call, { required: ["offset"], optional: ["name"] }).offset);
    if (parts?.type !== "timedelta") return raise("argument-type", '"timezone" takes a timedelta.');
    return zoneValue(fixedZone(Number(parts.micros / 60_000_000n)));
  },
  members: { utc: zoneValue(utc) },
});

/** `modules.datetime`; what is now is the logical time of the run. */
export function datetimeModule(nowMicros: bigint): HostObject {
  return typeObject("the module datetime", {
    make: () => raise("not-callable", "A module cannot be called."),
    members: {
      datetime: datetimeType(nowMicros),
      date: dateType(nowMicros),
      time: timeType,
      timedelta: timedeltaType,
      timezone: timezoneType,
    },
  });
}

const timezone: CallableValue = callable("pytz.timezone", (call) => zoneValue(namedZone(textOf(call, "zone"))));

/** `modules.pytz`. */
export const pytzModule: HostObject = typeObject("the module pytz", {
  make: () => raise("not-callable", "A module cannot be called."),
  members: {
    timezone,
    utc: zoneValue(utc),
    UTC: zoneValue(utc),
    FixedOffset: callable("pytz.FixedOffset", (call) =>
      zoneValue(fixedZone(integerArgument(bindArguments(call, { required: ["offset"] }).offset, call))),
    ),
  },
});
