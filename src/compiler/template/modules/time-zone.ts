import { raise } from "../template-error.ts";
import { padded } from "./civil.ts";

/** A time zone: how far its clocks are from UTC, and what they call that. */
export interface Zone {
  readonly name: string;
  /** Minutes ahead of UTC at an instant, in microseconds since 1970. */
  readonly offsetAt: (utcMicros: bigint) => number;
  readonly abbreviationAt: (utcMicros: bigint) => string;
}

/** The zone of the whole world's clock. */
export const utc: Zone = { name: "UTC", offsetAt: () => 0, abbreviationAt: () => "UTC" };

/** `+02:00`, or `+0200` without the separator. */
export function offsetText(minutes: number, separator: ":" | ""): string {
  const distance = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${padded(Math.floor(distance / 60), 2)}${separator}${padded(distance % 60, 2)}`;
}

/** A zone that is always as far from UTC. */
export function fixedZone(minutes: number): Zone {
  if (minutes === 0) return utc;
  const name = `UTC${offsetText(minutes, ":")}`;
  return { name, offsetAt: () => minutes, abbreviationAt: () => name };
}

const zones = new Map<string, Zone>();

/** The zone of a name of the IANA database, such as `Europe/Berlin`. */
export function namedZone(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (/^(?:utc|gmt|etc\/utc|zulu)$/iu.test(name)) return utc;
  let format: Intl.DateTimeFormat;
  let short: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    short = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "short" });
  } catch (cause) {
    if (cause instanceof RangeError) return raise("argument-type", `There is no time zone "${name}".`);
    throw cause;
  }
  const partAt = (by: Intl.DateTimeFormat, utcMicros: bigint): string =>
    by.formatToParts(new Date(Number(utcMicros / 1000n))).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const zone: Zone = {
    name,
    offsetAt: (utcMicros) => {
      const [, sign, hours = "0", minutes = "0"] = /GMT([-+])(\d+):(\d+)/u.exec(partAt(format, utcMicros)) ?? [];
      const distance = Number(hours) * 60 + Number(minutes);
      return sign === "-" ? -distance : distance;
    },
    abbreviationAt: (utcMicros) => partAt(short, utcMicros),
  };
  zones.set(name, zone);
  return zone;
}

/** The instant at which a zone's clocks show a civil time; the later one where they show none, the earlier where they show it twice. */
export function instantOf(civilMicros: bigint, zone: Zone): bigint {
  const minute = 60_000_000n;
  const guess = civilMicros - BigInt(zone.offsetAt(civilMicros)) * minute;
  return civilMicros - BigInt(zone.offsetAt(guess)) * minute;
}
