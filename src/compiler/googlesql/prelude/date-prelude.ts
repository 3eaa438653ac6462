import { microsOf } from "../calendar/civil.ts";
import { parseDate, parseDatetime, parseOffset, parseTime, parseTimestamp } from "../calendar/parse-civil.ts";
import { macro, macroOnce, native, type PreludeTable } from "./prelude-entry.ts";

const iso = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?`;
const clock = `[ Tt]${time}`;
const fraction = (micros: string): string =>
  `CASE WHEN ${micros} = 0 THEN '' WHEN ${micros} % 1000 = 0 THEN '.' || lpad(CAST(${micros} // 1000 AS VARCHAR), 3, '0') ELSE '.' || lpad(CAST(${micros} AS VARCHAR), 6, '0') END`;

/** A clock with no fraction where it is 0, and with three digits of it where the others are 0. */
function withoutZeros(clock: string): string {
  return String.raw`regexp_replace(${clock}, '(\.000000|000)$', '')`;
}

/** A value that exists only in years 1 to 9999. */
function inRange(type: string, first: string, last: string): string {
  return `CASE WHEN x < ${type} '${first}' OR x > ${type} '${last}' THEN CAST(gsql_fail_text('Out of the range of dates: ' || x) AS ${type}) ELSE x END`;
}

/** Calendars, clocks, zones and the texts that they are read from and written to. */
export const datePrelude: PreludeTable = {
  gsql_date_in_range: macro("x", inRange("DATE", "0001-01-01", "9999-12-31")),
  gsql_datetime_in_range: macro("x", inRange("TIMESTAMP", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")),
  gsql_timestamp_in_range: macro(
    "x",
    inRange("TIMESTAMPTZ", "0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00"),
  ),
  gsql_date_plus: macro("d, n", "gsql_date_in_range(d + CAST(n AS INTEGER))"),
  gsql_timestamp_plus: macro(
    "t, i",
    "CASE WHEN datepart('year', i) <> 0 OR datepart('month', i) <> 0 THEN CAST(gsql_fail_text('A TIMESTAMP cannot be moved by months: ' || t) AS TIMESTAMPTZ) ELSE gsql_timestamp_in_range(t + i) END",
  ),
  gsql_week_number: macro("x, first", "(dayofyear(x) + 6 - (dayofweek(x) - first + 7) % 7) // 7"),
  gsql_floor_div: macro("a, b", "((a - ((a % b) + b) % b) // b)"),
  gsql_time_trunc: macro("t, micros", "CAST(make_timestamp((epoch_us(t) // micros) * micros) AS TIME)"),
  gsql_timestamp_trunc: macro("t, unit, z", "t - (gsql_local(t, z) - date_trunc(unit, gsql_local(t, z)))"),
  gsql_zone_minutes: native(["VARCHAR"], "BIGINT", (zone) => {
    const minutes = parseOffset(zone);
    if (minutes === undefined) throw new Error(`Invalid time zone: ${zone}`);
    return BigInt(minutes);
  }),
  gsql_is_offset: macro("z", "prefix(z, '+') OR prefix(z, '-') OR prefix(z, 'UTC+') OR prefix(z, 'UTC-')"),
  gsql_local: macro(
    "t, z",
    "CASE WHEN gsql_is_offset(z) THEN timezone('UTC', t) + to_minutes(gsql_zone_minutes(z)) ELSE timezone(z, t) END",
  ),
  gsql_instant: macro(
    "t, z",
    "CASE WHEN gsql_is_offset(z) THEN timezone('UTC', t - to_minutes(gsql_zone_minutes(z))) ELSE gsql_timestamp_at(t, z) END",
  ),
  gsql_timestamp_at: macro(
    "t, z",
    "CASE WHEN timezone(z, timezone(z, t) - INTERVAL 1 HOUR) = t THEN timezone(z, t) - INTERVAL 1 HOUR ELSE timezone(z, t) END",
  ),
  gsql_date: macro(
    "x",
    `CASE WHEN regexp_full_match(x, '${iso}') THEN CAST(x AS DATE) ELSE CAST(make_timestamp(gsql_parse_date_text(x) * 86400000000) AS DATE) END`,
  ),
  gsql_date_of_text: macro(
    "x",
    `CASE WHEN regexp_full_match(x, '${iso}') THEN CAST(x AS DATE) ELSE CAST(timezone('UTC', gsql_timestamp(x)) AS DATE) END`,
  ),
  gsql_parse_date_text: native(["VARCHAR"], "BIGINT", (text) => {
    const days = parseDate(text);
    if (days === undefined) throw new Error(`Invalid date: '${text}'`);
    return BigInt(days);
  }),
  gsql_datetime: macro(
    "x",
    `CASE WHEN regexp_full_match(x, '${iso}${clock}') THEN CAST(replace(x, 't', 'T') AS TIMESTAMP) ELSE make_timestamp(gsql_parse_datetime_text(x)) END`,
  ),
  gsql_parse_datetime_text: native(["VARCHAR"], "BIGINT", (text) => {
    const civil = parseDatetime(text);
    if (civil === undefined) throw new Error(`Invalid datetime string "${text}"`);
    return microsOf(civil);
  }),
  gsql_time: macro(
    "x",
    `CASE WHEN regexp_full_match(x, '${time}') THEN CAST(x AS TIME) ELSE CAST(make_timestamp(gsql_parse_time_text(x)) AS TIME) END`,
  ),
  gsql_parse_time_text: native(["VARCHAR"], "BIGINT", (text) => {
    const micros = parseTime(text);
    if (micros === undefined) throw new Error(`Invalid time string "${text}"`);
    return BigInt(micros);
  }),
  gsql_timestamp: macro(
    "x",
    String.raw`CASE WHEN regexp_full_match(x, '${iso}(${clock}([Zz]|[+-](0\d|1[0-3])(:[0-5]\d)?)?)?') THEN CAST(replace(replace(x, 't', 'T'), 'z', 'Z') AS TIMESTAMPTZ) ELSE gsql_timestamp_of_text(x, 'UTC') END`,
  ),
  gsql_timestamp_in: macroOnce(
    "x, z",
    "CASE WHEN gsql_zone_of_text(r.x) <> '' THEN CAST(gsql_fail_text('A zone in the text and one beside it: ' || r.x) AS TIMESTAMPTZ) ELSE gsql_instant(make_timestamp(gsql_civil_of_text(r.x)), r.z) END",
  ),
  gsql_timestamp_of_text: macroOnce(
    "x, z",
    "CASE WHEN gsql_zone_of_text(r.x) = '' THEN gsql_instant(make_timestamp(gsql_civil_of_text(r.x)), r.z) ELSE gsql_instant(make_timestamp(gsql_civil_of_text(r.x)), gsql_zone_of_text(r.x)) END",
  ),
  gsql_civil_of_text: native(["VARCHAR"], "BIGINT", (text) => microsOf(zoned(text).civil)),
  gsql_zone_of_text: native(["VARCHAR"], "VARCHAR", (text) => zoned(text).zone.replace(/^[zZ]$/u, "UTC")),
  gsql_fraction: macro("micros", fraction("micros")),
  gsql_datetime_text: macro("x", withoutZeros("strftime(x, '%Y-%m-%d %H:%M:%S.%f')")),
  gsql_timestamp_text: macro("x", "gsql_datetime_text(timezone('UTC', x)) || '+00'"),
  gsql_timestamp_text_in: macroOnce(
    "x, z",
    "gsql_datetime_text(gsql_local(r.x, r.z)) || gsql_offset_text(epoch_us(gsql_local(r.x, r.z)) - epoch_us(r.x))",
  ),
  gsql_offset_text: macro(
    "micros",
    "CASE WHEN micros < 0 THEN '-' ELSE '+' END || lpad(CAST(abs(micros) // 3600000000 AS VARCHAR), 2, '0') || CASE WHEN abs(micros) // 60000000 % 60 = 0 THEN '' ELSE ':' || lpad(CAST(abs(micros) // 60000000 % 60 AS VARCHAR), 2, '0') END",
  ),
  gsql_time_text: macro("x", withoutZeros("strftime(DATE '1970-01-01' + x, '%H:%M:%S.%f')")),
  gsql_day_bucket: macro("x, w, o", "x - CAST(gsql_bucket_offset(x - o, w) AS INTEGER)"),
  gsql_time_bucket: macro("x, w, o", "x - to_microseconds(gsql_bucket_offset(epoch_us(x) - epoch_us(o), w))"),
  gsql_bucket_offset: macro(
    "d, w",
    "CASE WHEN w <= 0 THEN CAST(gsql_fail_text('A bucket whose width is not positive') AS BIGINT) ELSE ((d % w) + w) % w END",
  ),
  gsql_dates_by_day: macro(
    "a, b, n",
    "CASE WHEN a IS NOT NULL AND b IS NOT NULL AND n IS NOT NULL THEN CASE WHEN n = 0 THEN [CAST(gsql_fail_text('A range of dates with the step 0') AS DATE)] ELSE CAST(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), to_days(CAST(n AS INTEGER))) AS DATE[]) END END",
  ),
  gsql_dates_by_month: macro(
    "a, b, n",
    "CASE WHEN a IS NOT NULL AND b IS NOT NULL AND n IS NOT NULL THEN CASE WHEN n = 0 THEN [CAST(gsql_fail_text('A range of dates with the step 0') AS DATE)] ELSE CAST(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), to_months(CAST(n AS INTEGER))) AS DATE[]) END END",
  ),
  gsql_timestamps_by: macro(
    "a, b, n",
    "CASE WHEN a IS NOT NULL AND b IS NOT NULL AND n IS NOT NULL THEN CASE WHEN n = 0 THEN [CAST(gsql_fail_text('A range of timestamps with the step 0') AS TIMESTAMPTZ)] ELSE generate_series(a, b, to_microseconds(n)) END END",
  ),
  gsql_make_interval: macro(
    "y, mo, d, h, mi, s",
    "gsql_interval(y * 12 + mo, d, h * 3600000000 + mi * 60000000 + s * 1000000)",
  ),
  gsql_interval_months: macro("i", "(datepart('year', i) * 12 + datepart('month', i))"),
  gsql_interval_micros: macro(
    "i",
    "(datepart('hour', i) * 3600000000 + datepart('minute', i) * 60000000 + datepart('microsecond', i))",
  ),
  gsql_interval: macro("m, d, u", "to_months(CAST(m AS INTEGER)) + to_days(CAST(d AS INTEGER)) + to_microseconds(u)"),
  gsql_days_and_clock: macro("u", "(to_days(CAST(u // 86400000000 AS INTEGER)) + to_microseconds(u % 86400000000))"),
  gsql_carry: macro("high, low", "CASE WHEN high > 0 AND low < 0 THEN -1 WHEN high < 0 AND low > 0 THEN 1 ELSE 0 END"),
  gsql_justify_hours: macroOnce(
    "i",
    `gsql_justified_hours(gsql_interval_months(r.i), ${justified("datepart('day', r.i)", "gsql_interval_micros(r.i)", 86_400_000_000)})`,
  ),
  gsql_justified_hours: macroOnce(
    "m, d, u",
    "gsql_interval(r.m, r.d + gsql_carry(r.d, r.u), r.u - gsql_carry(r.d, r.u) * 86400000000)",
  ),
  gsql_justify_days: macroOnce(
    "i",
    `gsql_justified_days(${justified("gsql_interval_months(r.i)", "datepart('day', r.i)", 30)}, gsql_interval_micros(r.i))`,
  ),
  gsql_justified_days: macroOnce(
    "m, d, u",
    "gsql_interval(r.m + gsql_carry(r.m, r.d), r.d - gsql_carry(r.m, r.d) * 30, r.u)",
  ),
  gsql_justify_interval: macroOnce(
    "i",
    "gsql_justified_whole(gsql_interval_months(r.i) + (datepart('day', r.i) + gsql_interval_micros(r.i) // 86400000000) // 30, (datepart('day', r.i) + gsql_interval_micros(r.i) // 86400000000) % 30, gsql_interval_micros(r.i) % 86400000000)",
  ),
  gsql_justified_whole: macroOnce(
    "m, d, u",
    "gsql_justified_hours(r.m + gsql_carry(r.m, CASE WHEN r.d = 0 THEN r.u ELSE r.d END), r.d - gsql_carry(r.m, CASE WHEN r.d = 0 THEN r.u ELSE r.d END) * 30, r.u)",
  ),
  gsql_interval_text: macroOnce(
    "i",
    "CASE WHEN gsql_interval_months(r.i) < 0 THEN '-' ELSE '' END || abs(gsql_interval_months(r.i)) // 12 || '-' || abs(gsql_interval_months(r.i)) % 12 || ' ' || datepart('day', r.i) || ' ' || CASE WHEN gsql_interval_micros(r.i) < 0 THEN '-' ELSE '' END || abs(gsql_interval_micros(r.i)) // 3600000000 || ':' || abs(gsql_interval_micros(r.i)) // 60000000 % 60 || ':' || abs(gsql_interval_micros(r.i)) // 1000000 % 60 || gsql_fraction(abs(gsql_interval_micros(r.i)) % 1000000)",
  ),
};

/** Two numbers of which the lower is carried into the higher, as far as it makes whole ones. */
function justified(high: string, low: string, size: number): string {
  return `${high} + ${low} // ${size}, ${low} % ${size}`;
}

function zoned(text: string): NonNullable<ReturnType<typeof parseTimestamp>> {
  const parsed = parseTimestamp(text);
  if (parsed === undefined) throw new Error(`Invalid timestamp: '${text}'`);
  return parsed;
}
