import type { DialectName } from "../../../domain/settings.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { integerOf } from "../values/numeric.ts";
import { printValue, reprValue } from "../values/print-value.ts";
import { raise } from "../template-error.ts";
import { type CallableValue, type HostObject, orElse, textOf, type Value } from "../values/value.ts";
import { namedAttributes } from "./named-attributes.ts";
import { quotedIdentifier } from "./relation-value.ts";

/** A column as `api.Column` makes it. */
interface ColumnParts {
  readonly name: string;
  readonly dtype: string;
  readonly charSize: Value;
  readonly precision: Value;
  readonly scale: Value;
}

/** What dbt's adapters know of an engine's types. */
interface EngineTypes {
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly strings: readonly string[];
  readonly integers: readonly string[];
  readonly floats: readonly string[];
  readonly numerics: readonly string[];
  readonly stringType: (size: string) => string;
  readonly numericType: (dtype: string, precision: Value, scale: Value) => string;
}

const engines: Readonly<Record<DialectName, EngineTypes>> = {
  duckdb: {
    label: "DuckDBColumn",
    labels: { STRING: "TEXT", TIMESTAMP: "TIMESTAMP", FLOAT: "FLOAT", INTEGER: "INT", BOOLEAN: "BOOLEAN" },
    strings: ["text", "character varying", "character", "varchar"],
    integers: [
      "tinyint",
      "smallint",
      "integer",
      "bigint",
      "hugeint",
      "utinyint",
      "usmallint",
      "uinteger",
      "ubigint",
      "int1",
      "int2",
      "int4",
      "int8",
      "int",
      "short",
      "long",
    ],
    floats: ["real", "float4", "float", "double precision", "float8", "double"],
    numerics: ["numeric", "decimal"],
    stringType: (size) => `character varying(${size})`,
    numericType: (dtype, precision, scale) =>
      precision === null || scale === null ? dtype : `${dtype}(${printValue(precision)},${printValue(scale)})`,
  },
  bigquery: {
    label: "BigQueryColumn",
    labels: { STRING: "STRING", TIMESTAMP: "TIMESTAMP", FLOAT: "FLOAT64", INTEGER: "INT64" },
    strings: ["string"],
    integers: ["int64", "integer"],
    floats: ["float64", "float"],
    numerics: ["numeric", "bignumeric"],
    stringType: () => "string",
    numericType: (dtype) => dtype,
  },
};

function isOne(types: readonly string[], dtype: string): boolean {
  return types.includes(dtype.toLowerCase());
}

function stringSize({ dtype, charSize, name }: ColumnParts, engine: EngineTypes): number {
  if (!isOne(engine.strings, dtype)) return raise("template-type", `The column "${name}" holds no text.`);
  const size = dtype.toLowerCase() === "text" ? undefined : integerOf(charSize);
  return size === undefined ? 256 : Number(size);
}

function dataType(parts: ColumnParts, dialect: DialectName): string {
  const engine = engines[dialect];
  const { dtype, precision, scale } = parts;
  if (dialect === "duckdb" && isOne(engine.strings, dtype)) return engine.stringType(String(stringSize(parts, engine)));
  return isOne(engine.numerics, dtype) ? engine.numericType(dtype, precision, scale) : dtype;
}

const columnsOf = new WeakMap<HostObject, ColumnParts>();

function columnValue(parts: ColumnParts, dialect: DialectName): HostObject {
  const engine = engines[dialect];
  const { name, dtype, charSize, precision, scale } = parts;
  const is = (label: string, types: readonly string[]): CallableValue => callable(label, () => isOne(types, dtype));
  const sizeOf = (other: Value): number | undefined => {
    const found = typeof other === "object" && other?.kind === "object" ? columnsOf.get(other) : undefined;
    return found !== undefined && isOne(engine.strings, found.dtype) ? stringSize(found, engine) : undefined;
  };
  const print = (): string => {
    const fields = [
      ["column", name],
      ["dtype", dtype],
      ["char_size", charSize],
      ["numeric_precision", precision],
      ["numeric_scale", scale],
    ] as const;
    return `${engine.label}(${fields.map(([key, value]) => `${key}=${reprValue(value)}`).join(", ")})`;
  };
  const attributes = namedAttributes({
    name,
    column: name,
    quoted: quotedIdentifier(name, dialect),
    dtype,
    data_type: dataType(parts, dialect),
    char_size: charSize,
    numeric_precision: precision,
    numeric_scale: scale,
    mode: "NULLABLE",
    is_string: is("is_string", engine.strings),
    is_integer: is("is_integer", engine.integers),
    is_float: is("is_float", engine.floats),
    is_numeric: is("is_numeric", engine.numerics),
    is_number: is("is_number", [...engine.integers, ...engine.floats, ...engine.numerics]),
    string_size: callable("string_size", () => stringSize(parts, engine)),
    can_expand_to: callable("can_expand_to", (call) => {
      const own = isOne(engine.strings, dtype) ? stringSize(parts, engine) : undefined;
      const other = sizeOf(bindArguments(call, { required: ["other_column"] }).other_column);
      return own !== undefined && other !== undefined && other > own;
    }),
    literal: callable(
      "literal",
      (call) => `${printValue(bindArguments(call, { required: ["value"] }).value)}::${dataType(parts, dialect)}`,
    ),
    ...typeFunctions(dialect),
  });
  const value: HostObject = {
    kind: "object",
    typeName: "a column",
    print,
    ...attributes,
    item: (key) => attributes.attribute(textOf(key) ?? ""),
    equals: (other) => typeof other === "object" && other?.kind === "object" && other.print() === print(),
  };
  columnsOf.set(value, parts);
  return value;
}

function typeFunctions(dialect: DialectName): Readonly<Record<string, CallableValue>> {
  const engine = engines[dialect];
  return {
    translate_type: callable("translate_type", (call) => {
      const dtype = printValue(bindArguments(call, { required: ["dtype"] }).dtype);
      const label = dtype.toUpperCase();
      return Object.hasOwn(engine.labels, label) ? (engine.labels[label] ?? dtype) : dtype;
    }),
    string_type: callable("string_type", (call) =>
      engine.stringType(printValue(bindArguments(call, { required: ["size"] }).size)),
    ),
    numeric_type: callable("numeric_type", (call) => {
      const bound = bindArguments(call, { required: ["dtype"], optional: ["precision", "size"] });
      const none = (): Value => null;
      return engine.numericType(printValue(bound.dtype), orElse(bound.precision, none), orElse(bound.size, none));
    }),
  };
}

/** A column of a relation as templates see it (CONFORMANCE_CASES §7). */
export function columnOf(name: string, dtype: string, dialect: DialectName): HostObject {
  return columnValue({ name, dtype, charSize: null, precision: null, scale: null }, dialect);
}

/** The name of a value that is a column. */
export function columnName(value: Value): string | undefined {
  return typeof value === "object" && value?.kind === "object" ? columnsOf.get(value)?.name : undefined;
}

/** `api.Column`: makes columns, and knows the engine's types by dbt's names. */
export function columnFactory(dialect: DialectName): HostObject {
  const make = (call: Call): Value => {
    const bound = bindArguments(
      { ...call, name: "api.Column" },
      { required: ["column", "dtype"], optional: ["char_size", "numeric_precision", "numeric_scale"] },
    );
    const none = (): Value => null;
    const parts: ColumnParts = {
      name: printValue(bound.column),
      dtype: printValue(bound.dtype),
      charSize: orElse(bound.char_size, none),
      precision: orElse(bound.numeric_precision, none),
      scale: orElse(bound.numeric_scale, none),
    };
    return columnValue(parts, dialect);
  };
  const create = callable("api.Column.create", (call) => {
    const bound = bindArguments(call, { required: ["name", "label_or_dtype"] });
    const dtype = printValue(bound.label_or_dtype);
    const { labels } = engines[dialect];
    const label = dtype.toUpperCase();
    return columnOf(printValue(bound.name), Object.hasOwn(labels, label) ? (labels[label] ?? dtype) : dtype, dialect);
  });
  return {
    kind: "object",
    typeName: "api.Column",
    print: () => `<class '${engines[dialect].label}'>`,
    ...namedAttributes({ create, ...typeFunctions(dialect) }),
    call: make,
  };
}
