import type { Constant, Value } from "../value.ts";
import { arrayOf, type DataType, isSameType, scalar, type ScalarName, structOf } from "./data-type.ts";

/** The types that a type turns into by itself, and how far each is away; of equal ones the first signature counts. */
const widenings: Readonly<Partial<Record<DataType["kind"], Readonly<Partial<Record<ScalarName, number>>>>>> = {
  INT64: { NUMERIC: 102, BIGNUMERIC: 102, FLOAT64: 102 },
  NUMERIC: { BIGNUMERIC: 101, FLOAT64: 102 },
  BIGNUMERIC: { FLOAT64: 101 },
  DATE: { DATETIME: 101 },
};

/** The types that a literal may take on beside its own, and how far each is away: nearer than any for other values. */
const literalWidenings: Readonly<Partial<Record<Constant["kind"], Readonly<Partial<Record<ScalarName, number>>>>>> = {
  string: { DATE: 1, DATETIME: 1, TIMESTAMP: 1, TIME: 1 },
  integer: { NUMERIC: 2, BIGNUMERIC: 2, FLOAT64: 2 },
  float: { NUMERIC: 5, BIGNUMERIC: 6 },
};

/** What the rules need to know of a value. */
export type Typed = Pick<Value, "type" | "constant" | "parts">;

/** How far a type is away from a value's own, 0 if it is the same; `undefined` if the value does not turn into it by itself. */
export function coercionCost(value: Typed, type: DataType): number | undefined {
  if (value.constant?.kind === "null" || value.constant?.kind === "error") return type.kind === "INT64" ? 0 : 1;
  if (isSameType(value.type, type)) return 0;
  if (type.kind === "ARRAY" && value.type.kind === "ARRAY") {
    if (value.constant?.kind === "empty array") return 1;
    return value.parts === undefined
      ? undefined
      : totalCost(
          value.parts,
          value.parts.map(() => type.element),
        );
  }
  if (type.kind === "STRUCT" && value.type.kind === "STRUCT") {
    if (type.fields.length !== value.type.fields.length) return undefined;
    const wanted = type.fields.map((field) => field.type);
    return totalCost(value.parts ?? value.type.fields.map((field) => fieldOf(field.type)), wanted);
  }
  if (type.kind === "ARRAY" || type.kind === "STRUCT" || type.kind === "UNKNOWN") return undefined;
  const literal = value.constant === undefined ? undefined : literalWidenings[value.constant.kind];
  return literal?.[type.kind] ?? widenings[value.type.kind]?.[type.kind];
}

function fieldOf(type: DataType): Typed {
  return { type, constant: undefined, parts: undefined };
}

function totalCost(values: readonly Typed[], types: readonly DataType[]): number | undefined {
  let total = 1;
  for (const [index, value] of values.entries()) {
    const type = types[index];
    const cost = type === undefined ? undefined : coercionCost(value, type);
    if (cost === undefined) return undefined;
    total += cost;
  }
  return total;
}

/** Whether a value is a literal, so that the other values decide about the common type. */
function isLiteral(value: Typed): boolean {
  return value.constant !== undefined && value.constant.kind !== "boolean" && value.constant.kind !== "decimal";
}

/** The type that all values can take on: of branches, elements, columns of a set operation, operands of a comparison. */
export function commonType(values: readonly Typed[]): DataType | undefined {
  const certain = values.filter((value) => !isLiteral(value));
  const literals = values.filter(
    (value) => isLiteral(value) && value.constant?.kind !== "null" && value.constant?.kind !== "error",
  );
  let common: DataType | undefined;
  for (const value of [...certain, ...literals]) {
    common = common === undefined ? value.type : widest(common, value);
    if (common === undefined) return undefined;
  }
  return common ?? (values.length === 0 ? undefined : scalar("INT64"));
}

/** The narrowest type that both the type and the value can take on. */
function widest(type: DataType, value: Typed): DataType | undefined {
  if (type.kind === "UNKNOWN" || value.type.kind === "UNKNOWN") return isSameType(type, value.type) ? type : undefined;
  if (coercionCost(value, type) !== undefined) return type;
  if (coercionCost({ type, constant: undefined, parts: undefined }, value.type) !== undefined) return value.type;
  if (type.kind === "ARRAY" && value.type.kind === "ARRAY") {
    const element = widest(type.element, fieldOf(value.type.element));
    return element === undefined || value.parts === undefined ? undefined : arrayOf(element);
  }
  if (type.kind === "STRUCT" && value.type.kind === "STRUCT") return widestStruct(type, value);
  return undefined;
}

function widestStruct(type: Extract<DataType, { kind: "STRUCT" }>, value: Typed): DataType | undefined {
  if (value.type.kind !== "STRUCT" || value.type.fields.length !== type.fields.length) return undefined;
  const fields = type.fields.map((field, index) => {
    const part = value.parts?.[index];
    const own = value.type.kind === "STRUCT" ? value.type.fields[index] : undefined;
    const common = own === undefined ? undefined : widest(field.type, part ?? fieldOf(own.type));
    return { name: field.name ?? own?.name, type: common };
  });
  return fields.every((field): field is { name: string | undefined; type: DataType } => field.type !== undefined)
    ? structOf(fields)
    : undefined;
}
