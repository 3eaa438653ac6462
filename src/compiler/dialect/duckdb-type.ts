const scalarTypes: Readonly<Record<string, string>> = {
  INT64: "bigint",
  FLOAT64: "double",
  NUMERIC: "decimal(38, 9)",
  BIGNUMERIC: "decimal(38, 9)",
  STRING: "varchar",
  BYTES: "blob",
  BOOL: "boolean",
  DATE: "date",
  DATETIME: "timestamp",
  TIMESTAMP: "timestamptz",
  TIME: "time",
  JSON: "json",
  INTERVAL: "interval",
};

/** DuckDB's name of a scalar type: GoogleSQL's names are translated, DuckDB's own are kept. */
export function duckdbType(type: string): string {
  return scalarTypes[type.toUpperCase()] ?? type;
}
