import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { IngestColumn, IngestSettings } from "../../domain/ingest-settings.ts";
import { addedColumns } from "../dialect/staging-columns.ts";
import { didYouMean } from "../nearest-name.ts";
import type { ColumnDeclaration } from "./column-declaration.ts";
import type { IngestDeclaration, SourceDeclaration } from "./source-declaration.ts";
import type { Placed } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

const added: ReadonlySet<string> = new Set(addedColumns.map(({ name }) => name));

/** The words for the types of a staging table: GoogleSQL's, and DuckDB's for projects in its dialect. */
const textTypes: ReadonlySet<string> = new Set(["STRING", "VARCHAR", "TEXT"]);
const timeTypes: ReadonlySet<string> = new Set(["TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"]);

function checkType({ name, dataType }: ColumnDeclaration, { eventTime }: IngestDeclaration, report: Report): void {
  if (dataType === undefined || eventTime === undefined) return;
  const isTime = name === eventTime.value;
  const type = dataType.value.trim().toUpperCase();
  if ((isTime ? timeTypes : textTypes).has(type)) return;
  const why = isTime ? "the event time is a TIMESTAMP" : "ingest keeps values as text";
  report(
    error("ingest-type", `The column "${name}" is declared as ${dataType.value}, but ${why}.`, {
      span: dataType.span,
      hint: isTime ? undefined : "Declare it as STRING and use safe_cast in a model.",
    }),
  );
}

/** A column that is named like one that tsdbt adds, but for its case, would be a second one of that name to a warehouse. */
function checkName({ name, span }: ColumnDeclaration, report: Report): void {
  const twin = addedColumns.find((column) => column.name === name.toLowerCase());
  if (twin !== undefined)
    report(error("duplicate-column", `tsdbt itself adds the column "${twin.name}" to an ingested table.`, { span }));
}

type Roles = Readonly<Record<"id" | "eventTime" | "file", Placed<string> | undefined>>;

/** A column has one role: the file's name is no event time. */
function checkRoles({ id, eventTime, file }: Roles, report: Report): void {
  const told = new Set<string>();
  for (const role of [id, eventTime, file]) {
    if (role === undefined) continue;
    if (told.has(role.value))
      report(error("ingest-role", `The column "${role.value}" has another role already.`, { span: role.span }));
    told.add(role.value);
  }
}

/** Tells each name of the mapping that is no column of the table. */
function checkColumns(ingest: IngestDeclaration, columns: readonly ColumnDeclaration[], report: Report): void {
  const names = columns.map(({ name }) => name);
  const roles = [ingest.id, ingest.eventTime, ingest.file].flatMap((role) => role ?? []);
  for (const { value, span } of [...roles, ...ingest.required, ...ingest.keys.map(({ column }) => column)])
    if (!names.includes(value))
      report(
        error("unknown-column", `There is no column "${value}" among the table's columns.`, {
          span,
          hint: didYouMean(value, names) ?? 'Declare it under "columns".',
        }),
      );
  for (const { value, span } of [...ingest.required, ...ingest.keys.map(({ column }) => column)])
    if (value === ingest.file?.value)
      report(error("ingest-role", `The column "${value}" gets the pull's name, not a key of its records.`, { span }));
}

/**
 * What a source table's `ingest:` asks for; faults are told. The staged CSV gets the table's declared columns in their
 * order; the ones that tsdbt adds itself may be declared too, for their descriptions.
 */
export function linkIngest(source: SourceDeclaration, report: Report): IngestSettings | undefined {
  const { ingest } = source;
  if (ingest === undefined) return undefined;
  const columns = source.columns.filter(({ name }) => !added.has(name));
  const { id, eventTime, file, from, to } = ingest;
  checkColumns(ingest, columns, report);
  checkRoles({ id, eventTime, file }, report);
  for (const column of columns) {
    checkName(column, report);
    checkType(column, ingest, report);
  }
  if (id === undefined || eventTime === undefined || file === undefined || from === undefined || to === undefined)
    return undefined;
  const required = new Set(ingest.required.map(({ value }) => value));
  const keys = new Map(ingest.keys.map(({ column, key }) => [column.value, key]));
  return {
    source: `${source.source.value}.${source.table.value}`,
    from: from.value,
    to: to.value,
    columns: columns.map(({ name }): IngestColumn => {
      if (name === file.value) return { role: "file", name };
      const role = name === id.value ? "id" : name === eventTime.value ? "eventTime" : "text";
      return { role, name, key: keys.get(name) ?? name, required: required.has(name) };
    }),
  };
}
