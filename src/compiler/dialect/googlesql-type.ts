const scalarTypes: Readonly<Record<string, string>> = {
  TINYINT: "INT64",
  SMALLINT: "INT64",
  INTEGER: "INT64",
  BIGINT: "INT64",
  FLOAT: "FLOAT64",
  DOUBLE: "FLOAT64",
  VARCHAR: "STRING",
  BLOB: "BYTES",
  BOOLEAN: "BOOL",
  TIMESTAMP: "DATETIME",
  "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
};

/** The parts of a list between brackets, divided by the commas that stand in none of its own. */
function partsOf(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < list.length; i++) {
    const sign = list[i];
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    else if (sign === "," && depth === 0) {
      parts.push(list.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, list.slice(start)].map((part) => part.trim());
}

/** GoogleSQL's name of a type of DuckDB's; one that GoogleSQL has not stays as it is. */
export function googlesqlType(type: string): string {
  if (type.endsWith("[]")) return `ARRAY<${googlesqlType(type.slice(0, -2))}>`;
  if (type.startsWith("DECIMAL(")) return "NUMERIC";
  const fields = /^STRUCT\((?<fields>.*)\)$/u.exec(type)?.groups?.["fields"];
  if (fields === undefined) return scalarTypes[type] ?? type;
  const named = partsOf(fields).map((field) => {
    const [, quoted, bare, inner = ""] = /^(?:"((?:[^"]|"")*)"|(\S+)) (.*)$/u.exec(field) ?? [];
    return `${quoted?.replaceAll('""', '"') ?? bare ?? ""} ${googlesqlType(inner)}`;
  });
  return `STRUCT<${named.join(", ")}>`;
}
