import { type Code, joinCode } from "../code.ts";
import { refuseUnsupported } from "../refusal.ts";
import { cast, structField } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { jsonTextOf } from "./json-writer.ts";

/** How FORMAT writes a value: as people read it (`%t`), or as the literal that stands for it (`%T`). */
export type ValueStyle = "plain" | "literal";

function orNull(value: Value, text: Code): Code {
  return value.isNullable ? ["coalesce(", text, ", 'NULL')"] : text;
}

const literalTypes: Readonly<Record<string, string>> = {
  DATE: "DATE",
  DATETIME: "DATETIME",
  TIMESTAMP: "TIMESTAMP",
  TIME: "TIME",
  NUMERIC: "NUMERIC",
  BIGNUMERIC: "BIGNUMERIC",
};

/** The text of a value in a style; the parts of an array or struct have the same style. */
export function valueText(value: Value, style: ValueStyle, name = "e"): Code {
  if (value.constant?.kind === "null") return "'NULL'";
  const { type } = value;
  const isPlain = style === "plain";
  switch (type.kind) {
    case "STRING":
      return orNull(value, isPlain ? value.code : ["gsql_string_literal(", value.code, ")"]);
    case "BYTES":
      return orNull(value, [isPlain ? "gsql_bytes_escaped(" : "gsql_bytes_literal(", value.code, ")"]);
    case "FLOAT64":
      return orNull(value, [isPlain ? "gsql_print_float(" : "gsql_float_literal(", value.code, ")"]);
    case "JSON": {
      const text = jsonTextOf({ ...value, isNullable: false }, "string");
      return orNull(value, isPlain ? text : ["'JSON ' || gsql_string_literal(", text, ")"]);
    }
    case "ARRAY": {
      const element = makeValue({ code: name, type: type.element, place: value.place });
      const text = valueText(element, style, `${name}e`);
      const items: Code = ["list_transform(", value.code, `, lambda ${name}: `, text, ")"];
      return orNull(value, ["'[' || array_to_string(", items, ", ', ') || ']'"]);
    }
    case "STRUCT": {
      const fields = type.fields.map((_, index) => valueText(structField(value, index), style, `${name}f`));
      const opening = !isPlain && fields.length === 1 ? "'STRUCT('" : "'('";
      const text: Code = [`${opening} || `, joinCode(fields, " || ', ' || "), " || ')'"];
      return value.isNullable ? ["CASE WHEN ", value.code, " IS NULL THEN 'NULL' ELSE ", text, " END"] : text;
    }
    case "UNKNOWN":
      return refuseUnsupported(`FORMAT of ${typeText(type)}`, value.place);
    case "INTERVAL": {
      const text = cast(value, scalar("STRING")).code;
      return orNull(value, isPlain ? text : [`'INTERVAL "' || `, text, ` || '" YEAR TO SECOND'`]);
    }
    default: {
      const text = cast(value, scalar("STRING")).code;
      const prefix = isPlain ? undefined : literalTypes[type.kind];
      return orNull(value, prefix === undefined ? text : [`'${prefix} "' || `, text, ` || '"'`]);
    }
  }
}
