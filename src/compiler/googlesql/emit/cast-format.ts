import { parseModel, unreadableModelElement, unsupportedModelElement } from "../calendar/format-model.ts";
import { type Code, quoteText } from "../code.ts";
import { zoneOf } from "../functions/zone.ts";
import type { Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { type DataType, scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";

/** The FORMAT clause of a CAST. */
export interface FormatClause {
  readonly format: string;
  readonly place: Place;
  readonly zone: Value | undefined;
}

const plain: Readonly<Record<string, string>> = {
  YYYY: "%Y",
  YY: "%y",
  MM: "%m",
  DD: "%d",
  DDD: "%j",
  HH24: "%H",
  HH12: "%I",
  HH: "%I",
  MI: "%M",
  SS: "%S",
  AM: "%p",
  PM: "%p",
};

/** The model for DuckDB's strftime if each element of it has one there; years of four digits are written alike. */
function strftimeModel(model: string): string | undefined {
  const parts = (parseModel(model) ?? []).map((part) => {
    if (!/[A-Za-z]/u.test(part)) return part.replaceAll("%", "%%");
    return part === part.toUpperCase() ? plain[part] : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}

/** `CAST(x AS STRING FORMAT …)` of dates and times, and of BYTES by an encoding. */
export function castToFormat(operand: Value, clause: FormatClause): Value {
  const made = (code: Code): Value =>
    makeValue({ code, type: scalar("STRING"), place: operand.place, isNullable: operand.isNullable }, [operand]);
  if (clause.zone !== undefined && operand.type.kind !== "TIMESTAMP")
    refuse("argument-type", `AT TIME ZONE needs a TIMESTAMP, not ${typeText(operand.type)}.`, operand.place);
  const zone = zoneOf(clause.zone);
  const local = ((): Code => {
    switch (operand.type.kind) {
      case "TIMESTAMP":
        return zone.local(operand.code);
      case "DATETIME":
        return operand.code;
      case "DATE":
        return ["CAST(", operand.code, " AS TIMESTAMP)"];
      case "TIME":
        return ["(DATE '1970-01-01' + ", operand.code, ")"];
      case "BYTES":
        return "";
      default:
        return refuseUnsupported(`CAST … FORMAT of a value of type ${typeText(operand.type)}`, operand.place);
    }
  })();
  if (operand.type.kind === "BYTES") return made(encodingCode(operand.code, clause));
  const odd = unsupportedModelElement(clause.format);
  if (odd !== undefined) refuseUnsupported(`The format element "${odd}"`, clause.place);
  const model = strftimeModel(clause.format);
  if (model !== undefined) return made(["strftime(", local, `, ${quoteText(model)})`]);
  const utc: Code = operand.type.kind === "TIMESTAMP" ? ["epoch_us(", operand.code, ")"] : ["epoch_us(", local, ")"];
  return made([`gsql_format_model(${quoteText(clause.format)}, epoch_us(`, local, "), ", utc, ")"]);
}

function encodingCode(code: Code, clause: FormatClause): Code {
  switch (clause.format.toUpperCase()) {
    case "HEX":
      return ["lower(hex(", code, "))"];
    case "BASE64":
      return ["to_base64(", code, ")"];
    case "UTF-8":
    case "UTF8":
      return ["decode(", code, ")"];
    case "BASE32":
      return ["gsql_to_base32(", code, ")"];
    default:
      return refuseUnsupported(`The format "${clause.format}" of BYTES`, clause.place);
  }
}

/** `CAST(text AS type FORMAT …)`. */
export function castWithFormat(operand: Value, type: DataType, clause: FormatClause): Value {
  const made = (code: Code): Value =>
    makeValue({ code, type, place: operand.place, isNullable: operand.isNullable }, [operand]);
  if (type.kind === "BYTES") return made(decodingCode(operand.code, clause));
  const odd = unreadableModelElement(clause.format);
  if (odd !== undefined) refuseUnsupported(`The format "${odd}" for reading`, clause.place);
  if (clause.zone !== undefined && type.kind !== "TIMESTAMP")
    refuse("argument-type", "AT TIME ZONE goes with a TIMESTAMP only.", clause.zone.place);
  const civil: Code = [`make_timestamp(gsql_parse_model(${quoteText(clause.format)}, `, operand.code, "))"];
  switch (type.kind) {
    case "DATE":
    case "TIME":
      return made(["CAST(", civil, ` AS ${type.kind})`]);
    case "DATETIME":
      return made(civil);
    case "TIMESTAMP":
      return made(zoneOf(clause.zone).instant(civil));
    default:
      return refuseUnsupported(`CAST … FORMAT to ${typeText(type)}`, operand.place);
  }
}

function decodingCode(code: Code, clause: FormatClause): Code {
  switch (clause.format.toUpperCase()) {
    case "HEX":
      return ["gsql_from_hex(", code, ")"];
    case "BASE64":
      return ["gsql_from_base64(", code, ")"];
    case "UTF-8":
    case "UTF8":
      return ["encode(", code, ")"];
    case "BASE32":
      return ["gsql_from_base32(", code, ")"];
    default:
      return refuseUnsupported(`The format "${clause.format}" of BYTES`, clause.place);
  }
}
