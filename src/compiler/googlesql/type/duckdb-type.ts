import { quoteName } from "../code.ts";
import { type DataType, fieldName, type ScalarName } from "./data-type.ts";

const names: Readonly<Record<ScalarName, string>> = {
  INT64: "BIGINT",
  FLOAT64: "DOUBLE",
  NUMERIC: "DECIMAL(38,9)",
  BIGNUMERIC: "DECIMAL(38,9)",
  STRING: "VARCHAR",
  BYTES: "BLOB",
  BOOL: "BOOLEAN",
  DATE: "DATE",
  DATETIME: "TIMESTAMP",
  TIMESTAMP: "TIMESTAMPTZ",
  TIME: "TIME",
  JSON: "JSON",
  INTERVAL: "INTERVAL",
};

/** The DuckDB type that holds the values of a GoogleSQL type; `undefined` if it holds an unknown one. */
export function duckdbType(type: DataType): string | undefined {
  switch (type.kind) {
    case "UNKNOWN":
      return undefined;
    case "ARRAY": {
      const element = duckdbType(type.element);
      return element === undefined ? undefined : `${element}[]`;
    }
    case "STRUCT": {
      const fields = type.fields.map((field, index) => {
        const text = duckdbType(field.type);
        return text === undefined ? undefined : `${quoteName(fieldName(field, index))} ${text}`;
      });
      return fields.includes(undefined) ? undefined : `STRUCT(${fields.join(", ")})`;
    }
    default:
      return names[type.kind];
  }
}
