import { civilOf, microsOf } from "../calendar/civil.ts";
import { fitFormat, foreignElement } from "../calendar/fit-format.ts";
import { formatMoment } from "../calendar/format-civil.ts";
import { offsetOf, parseMoment } from "../calendar/parse-moment.ts";
import { formatByModel, parseByModel } from "../calendar/format-model.ts";
import { formatNumber } from "./format-number.ts";
import { macro, macroOnce, native, type PreludeTable } from "./prelude-entry.ts";

/** Dates and numbers in formats, where DuckDB's strftime, strptime and printf mean something else or do not know them. */
export const formatPrelude: PreludeTable = {
  gsql_format_civil: native(["VARCHAR", "BIGINT"], "VARCHAR", (format, micros) =>
    formatMoment(format, { local: civilOf(micros), offsetMinutes: 0, zone: "UTC" }),
  ),
  gsql_fit_format: native(["VARCHAR", "VARCHAR"], "VARCHAR", (format, type) => fitFormat(format, type)),
  gsql_parsable_format: native(["VARCHAR", "VARCHAR"], "VARCHAR", (format, type) => {
    const element = foreignElement(format, type);
    if (element !== undefined) throw new Error(`${element} is not allowed for the type ${type}.`);
    return format;
  }),
  gsql_format_instant: native(["VARCHAR", "BIGINT", "BIGINT", "VARCHAR"], "VARCHAR", (format, local, utc, zone) =>
    formatMoment(format, { local: civilOf(local), offsetMinutes: Number((local - utc) / 60_000_000n), zone }),
  ),
  gsql_strftime: macro(
    "x, f, g",
    "CASE WHEN year(x) > 999 THEN strftime(x, f) ELSE gsql_format_civil(g, epoch_us(CAST(x AS TIMESTAMP))) END",
  ),
  gsql_format_timestamp: macro("f, t, z", "gsql_format_instant(f, epoch_us(gsql_local(t, z)), epoch_us(t), z)"),
  gsql_parse_civil: native(["VARCHAR", "VARCHAR"], "BIGINT", (format, text) => {
    const parsed = parseMoment(format, text);
    const offset = offsetOf(parsed);
    return offset === undefined ? microsOf(parsed.civil) : microsOf(parsed.civil) - BigInt(offset) * 60_000_000n;
  }),
  gsql_parse_zone: native(["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (format, text, zone) => {
    const parsed = parseMoment(format, text);
    if (offsetOf(parsed) !== undefined) return "UTC";
    return parsed.zone === "" ? zone : parsed.zone;
  }),
  gsql_parse_timestamp: macroOnce(
    "f, x, z",
    "gsql_instant(make_timestamp(gsql_parse_civil(r.f, r.x)), gsql_parse_zone(r.f, r.x, r.z))",
  ),
  gsql_strptime: macro(
    "x, p, f, g",
    "CASE WHEN regexp_full_match(x, p) THEN strptime(x, f) ELSE make_timestamp(gsql_parse_civil(g, x)) END",
  ),
  gsql_format_model: native(["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (model, local, utc) =>
    formatByModel(model, civilOf(local), Number((local - utc) / 60_000_000n)),
  ),
  gsql_parse_model: native(["VARCHAR", "VARCHAR"], "BIGINT", (model, text) => microsOf(parseByModel(model, text))),
  gsql_format_int: native(["VARCHAR", "BIGINT"], "VARCHAR", (spec, value) => formatNumber(spec, value)),
  gsql_format_float: native(["VARCHAR", "DOUBLE"], "VARCHAR", (spec, value) => formatNumber(spec, value)),
  gsql_format_numeric: native(["VARCHAR", "DECIMAL(38,9)"], "VARCHAR", (spec, value) =>
    formatNumber(spec, { billionths: value }),
  ),
  gsql_format_text: native(["VARCHAR", "VARCHAR"], "VARCHAR", (spec, value) => {
    const {
      flags = "",
      width = "",
      precision,
    } = /^%(?<flags>[-]*)(?<width>\d*)(?:\.(?<precision>\d+))?s$/u.exec(spec)?.groups ?? {};
    const cut = precision === undefined ? value : Array.from(value).slice(0, Number(precision)).join("");
    const space = " ".repeat(Math.max(0, Number(width) - Array.from(cut).length));
    return flags.includes("-") ? cut + space : space + cut;
  }),
};
