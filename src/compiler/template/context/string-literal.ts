import type { DialectName } from "../../../domain/settings.ts";
import { originalPlace, sqlFrom } from "../../../domain/sql.ts";
import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import { printValue } from "../values/print-value.ts";
import { type CallableValue, text, type Value } from "../values/value.ts";

/** A text literal of a dialect. */
export function quotedText(content: string, dialect: DialectName): string {
  if (dialect === "duckdb") return `'${content.replaceAll("'", "''")}'`;
  const escaped = content.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return `'${escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`;
}

function placeOf(value: Value): ReturnType<typeof originalPlace> {
  if (typeof value !== "object" || value?.kind !== "text") return undefined;
  return originalPlace(value.sql, 0, value.sql.text.length);
}

/** `string_literal(value)`: the value as a text literal of the author's dialect, from where the value was written. */
export function stringLiteralFunction(dialect: DialectName): CallableValue {
  return callable("string_literal", (call) => {
    const { value } = bindArguments(call, { required: ["value"] });
    const literal = quotedText(printValue(value), dialect);
    return text(sqlFrom(placeOf(value)?.span ?? call.span, literal));
  });
}
