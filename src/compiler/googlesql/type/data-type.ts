/** The scalar types of GoogleSQL as BigQuery has them, without GEOGRAPHY and RANGE, which are refused by name. */
export const scalarNames = [
  "INT64",
  "FLOAT64",
  "NUMERIC",
  "BIGNUMERIC",
  "STRING",
  "BYTES",
  "BOOL",
  "DATE",
  "DATETIME",
  "TIMESTAMP",
  "TIME",
  "JSON",
  "INTERVAL",
] as const;

/** The name of a scalar type. */
export type ScalarName = (typeof scalarNames)[number];

/** A field of a struct type; fields of `(1, 2)` have no name. */
export interface StructField {
  readonly name: string | undefined;
  readonly type: DataType;
}

/**
 * A GoogleSQL type. `UNKNOWN` is the type of a column whose source does not declare one: such a value may be passed on,
 * and is refused where its type matters.
 */
export type DataType =
  | { readonly kind: ScalarName | "UNKNOWN" }
  | { readonly kind: "ARRAY"; readonly element: DataType }
  | { readonly kind: "STRUCT"; readonly fields: readonly StructField[] };

/** An array type. */
export type ArrayType = Extract<DataType, { readonly kind: "ARRAY" }>;

/** A struct type. */
export type StructType = Extract<DataType, { readonly kind: "STRUCT" }>;

const scalars = new Map<string, DataType>(scalarNames.map((kind) => [kind, { kind }]));

/** The one value that stands for a scalar type, so that scalar types may be compared by identity. */
export function scalar(name: ScalarName): DataType {
  return scalars.get(name) ?? unknownType;
}

/** The scalar type of this upper-case name, if there is one. */
export function scalarNamed(name: string): DataType | undefined {
  return scalars.get(name);
}

/** The type of what nothing is known about. */
export const unknownType: DataType = { kind: "UNKNOWN" };

/** The type of a column whose expression was refused: whatever uses it is refused without a word. */
export const brokenType: DataType = { kind: "UNKNOWN" };

/** The type of an array. */
export function arrayOf(element: DataType): ArrayType {
  return { kind: "ARRAY", element };
}

/** The type of a struct. */
export function structOf(fields: readonly StructField[]): StructType {
  return { kind: "STRUCT", fields };
}

/** The type as people write it, `ARRAY<STRUCT<sku STRING, qty INT64>>`. */
export function typeText(type: DataType): string {
  switch (type.kind) {
    case "ARRAY":
      return `ARRAY<${typeText(type.element)}>`;
    case "STRUCT":
      return `STRUCT<${type.fields.map((field) => (field.name === undefined ? "" : `${field.name} `) + typeText(field.type)).join(", ")}>`;
    default:
      return type.kind;
  }
}

/** Whether two types are the same, names of fields included (they are compared without case). */
export function isSameType(left: DataType, right: DataType): boolean {
  if (left.kind === "ARRAY" && right.kind === "ARRAY") return isSameType(left.element, right.element);
  if (left.kind !== "STRUCT" || right.kind !== "STRUCT") return left.kind === right.kind;
  return (
    left.fields.length === right.fields.length &&
    left.fields.every((field, index) => {
      const other = right.fields[index];
      return (
        other !== undefined &&
        field.name?.toLowerCase() === other.name?.toLowerCase() &&
        isSameType(field.type, other.type)
      );
    })
  );
}

/** The name under which DuckDB holds a field of a struct: BigQuery's `_field_1` for the unnamed ones would clash less often than it surprises. */
export function fieldName(field: StructField, index: number): string {
  return field.name ?? `_${index + 1}`;
}

/** Whether a type occurs in another one, itself included. */
export function containsType(type: DataType, wanted: (part: DataType) => boolean): boolean {
  if (wanted(type)) return true;
  if (type.kind === "ARRAY") return containsType(type.element, wanted);
  return type.kind === "STRUCT" && type.fields.some((field) => containsType(field.type, wanted));
}
