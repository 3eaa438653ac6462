import { type Code, quoteText } from "../code.ts";
import { quoteJson } from "../json/json-text.ts";
import { refuse } from "../refusal.ts";
import { structField } from "../type/cast.ts";
import { makeValue, type Value } from "../value.ts";

/**
 * Numbers beyond what a FLOAT64 holds become texts in TO_JSON_STRING and stay numbers in values of type JSON, where a
 * FLOAT64 that is whole keeps a point.
 */
export type JsonTarget = "string" | "json";

/** What is written where: `depth` counts the arrays around, whose elements need names of their own. */
interface Writing {
  readonly target: JsonTarget;
  readonly depth: number;
}

/** The JSON text of a value, put together from its type: `null` for NULL. */
export function jsonTextOf(value: Value, target: JsonTarget): Code {
  return textOf(value, { target, depth: 0 });
}

function textOf(value: Value, writing: Writing): Code {
  if (value.constant?.kind === "null") return "'null'";
  const text = plainText(value, writing);
  return value.isNullable ? ["coalesce(", text, ", 'null')"] : text;
}

function plainText(value: Value, writing: Writing): Code {
  const { code, type } = value;
  const { target, depth } = writing;
  switch (type.kind) {
    case "STRING":
      return value.constant?.kind === "string"
        ? quoteText(quoteJson(value.constant.text))
        : ["gsql_json_quoted(", code, ")"];
    case "INT64":
      return target === "string" ? ["gsql_json_of_int(", code, ")"] : ["CAST(", code, " AS VARCHAR)"];
    case "BOOL":
      return ["CAST(", code, " AS VARCHAR)"];
    case "FLOAT64":
      return [target === "string" ? "gsql_json_of_float(" : "gsql_json_pointed_float(", code, ")"];
    case "NUMERIC":
    case "BIGNUMERIC":
      return [target === "string" ? "gsql_json_of_numeric(" : "gsql_numeric_text(", code, ")"];
    case "BYTES":
      return ["'\"' || to_base64(", code, ") || '\"'"];
    case "DATE":
      return ["'\"' || CAST(", code, " AS VARCHAR) || '\"'"];
    case "DATETIME":
      return ["'\"' || replace(gsql_datetime_text(", code, "), ' ', 'T') || '\"'"];
    case "TIMESTAMP":
      return ["'\"' || replace(gsql_datetime_text(timezone('UTC', ", code, ")), ' ', 'T') || 'Z\"'"];
    case "TIME":
      return ["'\"' || gsql_time_text(", code, ") || '\"'"];
    case "INTERVAL":
      return [
        "gsql_json_of_interval(gsql_interval_months(",
        code,
        "), datepart('day', ",
        code,
        "), gsql_interval_micros(",
        code,
        "))",
      ];
    case "JSON":
      return ["gsql_json_text(CAST(", code, " AS VARCHAR))"];
    case "ARRAY": {
      const name = `e${depth === 0 ? "" : depth}`;
      const element = makeValue({ code: name, type: type.element, place: value.place });
      const items: Code = [
        "list_transform(",
        code,
        `, lambda ${name}: `,
        textOf(element, { target, depth: depth + 1 }),
        ")",
      ];
      return ["'[' || array_to_string(", items, ", ',') || ']'"];
    }
    case "STRUCT": {
      const members = type.fields.map((field, index): Code => {
        const name = quoteText(`${index === 0 ? "" : ","}${quoteJson(field.name ?? "")}:`);
        return [name, " || ", textOf(structField(value, index), writing), " || "];
      });
      const text: Code = ["'{' || ", ...members, "'}'"];
      return value.parts === undefined && value.isNullable
        ? ["CASE WHEN ", value.code, " IS NOT NULL THEN ", text, " END"]
        : text;
    }
    case "UNKNOWN":
      refuse(
        "untyped",
        `The type of "${value.name ?? ""}" is not known, and its JSON depends on it.`,
        value.place,
        "Declare the column's data_type where its table is described.",
      );
  }
}
