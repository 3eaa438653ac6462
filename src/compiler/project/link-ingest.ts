import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { IngestColumn, IngestSettings } from "../../domain/ingest-settings.ts";
import { addedColumns } from "../dialect/staging-columns.ts";
import { nearestName } from "../nearest-name.ts";
import type { ColumnDeclaration, IngestDeclaration, SourceDeclaration } from "./parse-properties.ts";
import type { Placed } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

const added = new Set(addedColumns.map(({ name }) => name));

function checkTypes(columns: readonly ColumnDeclaration[], eventTime: string | undefined, report: Report): void {
  for (const { name, dataType } of columns) {
    if (dataType === undefined || added.has(name)) continue;
    const wanted = name === eventTime ? "TIMESTAMP" : "STRING";
    if (dataType.value.toUpperCase() === wanted) continue;
    const why = name === eventTime ? "the event time is a TIMESTAMP" : "ingest keeps values as text";
    report(
      error("ingest-type", `The column "${name}" is declared as ${dataType.value}, but ${why}.`, {
        span: dataType.span,
        hint: name === eventTime ? undefined : "Declare it as STRING and use safe_cast in a model.",
      }),
    );
  }
}

function named(
  columns: readonly ColumnDeclaration[],
  wanted: { readonly key: string; readonly value: Placed<string> | undefined; readonly ingest: IngestDeclaration },
  report: Report,
): string | undefined {
  const { key, value, ingest } = wanted;
  if (value === undefined) {
    report(error("missing-key", `This ingest mapping needs the key "${key}".`, { span: ingest.span }));
    return undefined;
  }
  if (columns.some((column) => column.name === value.value)) return value.value;
  const near = nearestName(
    value.value,
    columns.map((column) => column.name),
  );
  report(
    error("unknown-column", `There is no column "${value.value}" among the table's columns.`, {
      span: value.span,
      hint: near === undefined ? 'Declare it under "columns".' : `Did you mean "${near}"?`,
    }),
  );
  return undefined;
}

/**
 * What a source table's `ingest:` asks for. The staged CSV gets the table's declared columns in their order; the ones that
 * tsdbt adds itself may be declared too, for their descriptions.
 */
export function linkIngest(source: SourceDeclaration, report: Report): IngestSettings | undefined {
  const { ingest } = source;
  if (ingest === undefined) return undefined;
  const columns = source.columns.filter(({ name }) => !added.has(name));
  const find = (key: string, value: Placed<string> | undefined): string | undefined =>
    named(columns, { key, value, ingest }, report);
  const id = find("id", ingest.id);
  const eventTime = find("event_time", ingest.eventTime);
  const file = find("file", ingest.file);
  for (const key of ["from", "to"] as const)
    if (ingest[key] === undefined)
      report(error("missing-key", `This ingest mapping needs the key "${key}".`, { span: ingest.span }));
  for (const value of ingest.required) find("required", value);
  for (const [column, key] of Object.entries(ingest.keys)) find("keys", { value: column, span: key.span });
  checkTypes(columns, eventTime, report);
  if (id === undefined || eventTime === undefined || file === undefined) return undefined;
  if (ingest.from === undefined || ingest.to === undefined) return undefined;
  const required = new Set(ingest.required.map(({ value }) => value));
  return {
    source: `${source.source.value}.${source.table.value}`,
    from: ingest.from.value,
    to: ingest.to.value,
    columns: columns.map(({ name }): IngestColumn => {
      if (name === file) return { role: "file", name };
      const role = name === id ? "id" : name === eventTime ? "eventTime" : "text";
      return { role, name, key: ingest.keys[name]?.value ?? name, required: required.has(name) };
    }),
  };
}
