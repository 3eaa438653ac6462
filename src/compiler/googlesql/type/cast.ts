import { type Code, codeText, quoteName } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { fillTemplate, parseTemplate, type Template } from "../signature/template.ts";
import { makeValue, type Value } from "../value.ts";
import { bindOnce } from "../value-binding.ts";
import { coercionCost } from "./coercion.ts";
import { type DataType, fieldName, isSameType, type ScalarName, typeText } from "./data-type.ts";
import { duckdbType } from "./duckdb-type.ts";
import { literalValue } from "./literal.ts";

/** How a value of the first type becomes one of the second; what is not in the table cannot be cast. */
const casts: Readonly<Partial<Record<ScalarName, Readonly<Partial<Record<ScalarName, string>>>>>> = {
  INT64: {
    FLOAT64: "CAST($1 AS DOUBLE)",
    NUMERIC: "CAST($1 AS DECIMAL(38,9))",
    BIGNUMERIC: "CAST($1 AS DECIMAL(38,9))",
    STRING: "CAST($1 AS VARCHAR)",
    BOOL: "CAST($1 AS BOOLEAN)",
  },
  FLOAT64: {
    INT64: "CAST(round($1) AS BIGINT)",
    NUMERIC: "gsql_numeric_from_float($1)",
    STRING: "gsql_float_text($1)",
  },
  NUMERIC: {
    INT64: "CAST(round($1, 0) AS BIGINT)",
    FLOAT64: "gsql_float_from_numeric($1)",
    BIGNUMERIC: "$1",
    STRING: "gsql_numeric_text($1)",
  },
  BIGNUMERIC: {
    INT64: "CAST(round($1, 0) AS BIGINT)",
    FLOAT64: "gsql_float_from_numeric($1)",
    NUMERIC: "$1",
    STRING: "gsql_numeric_text($1)",
  },
  STRING: {
    INT64: "gsql_int64($1)",
    FLOAT64: "gsql_float64($1)",
    NUMERIC: "gsql_numeric($1)",
    BIGNUMERIC: "gsql_bignumeric($1)",
    BYTES: "encode($1)",
    BOOL: "gsql_bool($1)",
    DATE: "gsql_date($1)",
    DATETIME: "gsql_datetime($1)",
    TIMESTAMP: "gsql_timestamp($1)",
    TIME: "gsql_time($1)",
  },
  BYTES: { STRING: "decode($1)" },
  BOOL: { INT64: "CAST($1 AS BIGINT)", STRING: "CAST($1 AS VARCHAR)" },
  DATE: {
    STRING: "CAST($1 AS VARCHAR)",
    DATETIME: "CAST($1 AS TIMESTAMP)",
    TIMESTAMP: "timezone('UTC', CAST($1 AS TIMESTAMP))",
  },
  DATETIME: {
    STRING: "gsql_datetime_text($1)",
    DATE: "CAST($1 AS DATE)",
    TIME: "CAST($1 AS TIME)",
    TIMESTAMP: "timezone('UTC', $1)",
  },
  TIMESTAMP: {
    STRING: "gsql_timestamp_text($1)",
    DATE: "CAST(timezone('UTC', $1) AS DATE)",
    DATETIME: "timezone('UTC', $1)",
    TIME: "CAST(timezone('UTC', $1) AS TIME)",
  },
  TIME: { STRING: "gsql_time_text($1)" },
  INTERVAL: { STRING: "gsql_interval_text($1)" },
};

const templates = new Map<string, Template>();

function castTemplate(from: DataType, to: DataType): Template | undefined {
  if (!isScalar(from) || !isScalar(to)) return undefined;
  const text = casts[from.kind]?.[to.kind];
  if (text === undefined) return undefined;
  const known = templates.get(text) ?? parseTemplate(text);
  templates.set(text, known);
  return known;
}

function isScalar(type: DataType): type is { readonly kind: ScalarName } {
  return type.kind !== "ARRAY" && type.kind !== "STRUCT" && type.kind !== "UNKNOWN";
}

/** The value as one of the wanted type if it turns into it by itself (a literal, or a narrower type); else `undefined`. */
export function coerce(value: Value, type: DataType): Value | undefined {
  return coercionCost(value, type) === undefined ? undefined : converted(value, type);
}

/** CAST: the value as one of the wanted type, or a refusal where GoogleSQL has no such conversion. */
export function cast(value: Value, type: DataType): Value {
  if (value.type.kind === "UNKNOWN")
    refuse(
      "untyped",
      `The type of ${value.name === undefined ? "this value" : `"${value.name}"`} is not known, and a conversion to ${typeText(type)} depends on it.`,
      value.place,
      "Declare the column's data_type where its table is described.",
    );
  const result = converted(value, type);
  if (result !== undefined) return result;
  refuse("argument-type", `A value of type ${typeText(value.type)} cannot be cast to ${typeText(type)}.`, value.place);
}

function converted(value: Value, type: DataType): Value | undefined {
  if (value.constant?.kind === "null") return nullOf(type, value);
  if (value.constant?.kind === "error")
    return { ...value, code: ["CAST(", value.code, ` AS ${duckdbType(type) ?? "BIGINT"})`], isCompound: false, type };
  if (isSameType(value.type, type)) return value;
  if (type.kind === "ARRAY") return convertedArray(value, type);
  if (type.kind === "STRUCT") return convertedStruct(value, type);
  const literal = convertedLiteral(value, type);
  if (literal !== undefined) return literal;
  const template = castTemplate(value.type, type);
  if (template === undefined) return undefined;
  const { name, place, isNullable } = value;
  const fill = (args: readonly Value[]): Value =>
    makeValue(
      { code: fillTemplate(template, args), isCompound: template.isCompound, type, place, name, isNullable },
      args,
    );
  return value.isVolatile && template.isRepeated(0) ? bindOnce([value], fill) : fill([value]);
}

/** NULL as a value of a type. */
export function nullOf(type: DataType, value: Value): Value {
  const text = duckdbType(type);
  const code = text === undefined ? "NULL" : `NULL::${text}`;
  return { ...value, code, isCompound: false, type, constant: { kind: "null" }, parts: undefined };
}

/** Literals are converted at compile time, so that one that says nothing is found there. */
function convertedLiteral(value: Value, type: DataType): Value | undefined {
  const { constant, place } = value;
  if (constant === undefined || constant.kind === "boolean" || !("text" in constant)) return undefined;
  const { text } = constant;
  switch (type.kind) {
    case "DATE":
    case "DATETIME":
    case "TIMESTAMP":
    case "TIME":
      return constant.kind === "string" ? literalValue(type.kind, text, place) : undefined;
    case "NUMERIC":
    case "BIGNUMERIC":
      return constant.kind === "string" ? undefined : literalValue(type.kind, text, place);
    case "FLOAT64":
      return constant.kind === "integer" ? literalValue("FLOAT64", text, place) : undefined;
    default:
      return undefined;
  }
}

function convertedArray(value: Value, type: Extract<DataType, { kind: "ARRAY" }>): Value | undefined {
  if (value.type.kind !== "ARRAY") return undefined;
  if (value.constant?.kind === "empty array") {
    const text = duckdbType(type);
    return { ...value, code: text === undefined ? "[]" : `[]::${text}`, type };
  }
  if (value.parts !== undefined) {
    const parts = value.parts.map((part) => converted(part, type.element));
    if (!parts.every((part) => part !== undefined)) return undefined;
    return { ...value, code: arrayCode(parts), parts, type };
  }
  const element = makeValue({ code: "e", type: value.type.element, place: value.place });
  const changed = converted(element, type.element);
  if (changed === undefined) return undefined;
  const code: Code = ["list_transform(", value.code, ", lambda e: ", changed.code, ")"];
  return { ...value, code, isCompound: false, type };
}

/** `[a, b]` of values that have one type. */
export function arrayCode(parts: readonly Value[]): Code {
  return ["[", ...parts.flatMap((part, index) => (index === 0 ? [part.code] : [", ", part.code])), "]"];
}

/** A struct of values, each under the name of its field. */
export function structCode(type: Extract<DataType, { kind: "STRUCT" }>, parts: readonly Value[]): Code {
  const names = type.fields.map((field, index) => fieldName(field, index).toLowerCase());
  const [first] = parts;
  if (first !== undefined && new Set(names).size < names.length)
    refuseUnsupported("A STRUCT with two fields of one name", first.place);
  const fields = type.fields.map((field, index): Code => {
    const separator = index === 0 ? "" : ", ";
    return [separator, quoteName(fieldName(field, index)), " := ", parts[index]?.code ?? "NULL"];
  });
  return ["struct_pack(", ...fields, ")"];
}

/** Fields are converted one by one, by position: DuckDB itself goes by their names. */
function convertedStruct(value: Value, type: Extract<DataType, { kind: "STRUCT" }>): Value | undefined {
  const own = value.type;
  if (own.kind !== "STRUCT" || own.fields.length !== type.fields.length) return undefined;
  if (value.parts === undefined && value.isVolatile) return bindOnce([value], ([given]) => cast(given ?? value, type));
  const fields = value.parts ?? own.fields.map((_, index) => structField(value, index));
  const parts = type.fields.map((field, index) => {
    const part = fields[index];
    return part === undefined ? undefined : converted(part, field.type);
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  const built = structCode(type, parts);
  if (value.parts !== undefined) return { ...value, code: built, isCompound: false, parts, type };
  return { ...value, code: ["CASE WHEN ", value.code, " IS NOT NULL THEN ", built, " END"], isCompound: false, type };
}

/** A field of a struct value, by its position. */
export function structField(value: Value, index: number): Value {
  const field = value.type.kind === "STRUCT" ? value.type.fields[index] : undefined;
  if (field === undefined) throw new Error(`A struct has no field ${index}.`);
  const part = value.parts?.[index];
  if (part !== undefined) return { ...part, name: field.name };
  const isPath = /^"[^"]*"(?:\."[^"]*")*$/u.test(codeText(value.code));
  const base: Code = isPath ? value.code : ["(", value.code, ")"];
  return makeValue(
    { code: [base, ".", quoteName(fieldName(field, index))], type: field.type, place: value.place, name: field.name },
    [value],
  );
}
