import { colon, dot, minus, nine, upperT, upperZ, zero } from "./ascii.ts";

const daysOfMonth = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || day < 1 || day > (daysOfMonth[month] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

/** The number that two digits at an offset say; a number below -1000 where there are others. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at] ?? 0;
  const ones = bytes[at + 1] ?? 0;
  return isDigit(tens) && isDigit(ones) ? 10 * (tens - zero) + (ones - zero) : -9999;
}

/** Whether a text is already an event time as the CSV has it: `YYYY-MM-DDTHH:MM:SS[.fff|.ffffff]Z`, fraction not longer than needed. */
export function isNormalTime(bytes: Buffer, from: number, to: number): boolean {
  const length = to - from;
  if (length !== 20 && length !== 24 && length !== 27) return false;
  if (
    bytes[from + 4] !== minus ||
    bytes[from + 7] !== minus ||
    bytes[from + 10] !== upperT ||
    bytes[from + 13] !== colon ||
    bytes[from + 16] !== colon ||
    bytes[to - 1] !== upperZ
  )
    return false;
  const year = 100 * twoDigits(bytes, from) + twoDigits(bytes, from + 2);
  if (!isDay(year, twoDigits(bytes, from + 5), twoDigits(bytes, from + 8))) return false;
  if (!isTimeOfDay(twoDigits(bytes, from + 11), twoDigits(bytes, from + 14), twoDigits(bytes, from + 17))) return false;
  if (length === 20) return true;
  if (bytes[from + 19] !== dot) return false;
  for (let p = from + 20; p < to - 1; p++) if (!isDigit(bytes[p] ?? 0)) return false;
  return bytes[to - 2] !== zero || bytes[to - 3] !== zero || bytes[to - 4] !== zero;
}

const timeShape =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d+))?)?(?:Z|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)?)?$/u;

/**
 * An ISO 8601 text as the CSV has it, in UTC; `undefined` where it names no instant. `T` or a space; seconds, fraction
 * (cut to microseconds) and zone may be absent (then UTC), and so may the time of day (then midnight).
 */
export function normalTime(text: string): string | undefined {
  const parts = timeShape.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const part = (name: string): number => Number(parts[name] ?? 0);
  const [year, hour, zoneHour, zoneMinute] = [part("year"), part("hour"), part("zoneHour"), part("zoneMinute")];
  if (!isDay(year, part("month"), part("day")) || !isTimeOfDay(hour, part("minute"), part("second"))) return undefined;
  if (!isTimeOfDay(zoneHour, zoneMinute, 0)) return undefined;
  const instant = new Date(0);
  instant.setUTCFullYear(year, part("month") - 1, part("day"));
  const zone = (parts["sign"] === "-" ? -1 : 1) * (60 * zoneHour + zoneMinute);
  instant.setUTCHours(hour, part("minute") - zone, part("second"));
  if (instant.getUTCFullYear() < 1 || instant.getUTCFullYear() > 9999) return undefined;
  return `${instant.toISOString().slice(0, 19)}${normalFraction(parts["fraction"] ?? "")}Z`;
}

function normalFraction(digits: string): string {
  const micros = digits.slice(0, 6).padEnd(6, "0");
  if (micros === "000000") return "";
  return `.${micros.endsWith("000") ? micros.slice(0, 3) : micros}`;
}
