import { bracketed, type Code, joinCode, newLine, quoteName } from "../code.ts";
import type { Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import type { OutputColumn } from "../scope/scope.ts";
import type { ColumnMatching, Name } from "../syntax.ts";
import { scalar } from "../type/data-type.ts";
import type { QueryResult } from "./query-result.ts";

/** How columns are matched by their names. */
export type NameMatching = Extract<ColumnMatching, { readonly by: "name" }>;

/** The parts of a set operation with the columns that their names ask for, in one order; NULL where a part has none. */
export function matchColumns(
  results: readonly QueryResult[],
  matching: NameMatching,
  place: Place,
): readonly QueryResult[] {
  const wanted = wantedColumns(results, matching, place);
  return results.map((result) => withColumns(result, wanted));
}

function wantedColumns(results: readonly QueryResult[], matching: NameMatching, place: Place): readonly OutputColumn[] {
  const [first, ...others] = results;
  if (first === undefined) return [];
  for (const result of results) requireNames(result, place);
  const choices = matching.keeps === "all" ? allColumns(results) : first.columns;
  const { listed } = matching;
  const wanted = listed.length === 0 ? choices : listed.map((name) => listedColumn(name, choices, first));
  if (matching.keeps === "all") return wanted;
  if (matching.keeps === "left") {
    for (const other of others)
      if (listed.length === 0 && !first.columns.some((column) => columnOf(other, column.name) !== undefined))
        refuse("set-operation-width", "A part of the set operation shares no column with the first.", place);
    return wanted;
  }
  if (matching.keeps === "same") {
    for (const result of results) requireSame(result, wanted, place);
    return wanted;
  }
  const common = wanted.filter((column) => others.every((other) => columnOf(other, column.name) !== undefined));
  const lost = listed.find((name) => !common.some((column) => isNamed(column, name.text)));
  if (lost !== undefined) refuse("unknown-column", `A part of the set operation has no column "${lost.text}".`, lost);
  if (common.length === 0)
    refuse("set-operation-width", "The parts of the set operation have no column of the same name.", place);
  return common;
}

function listedColumn(name: Name, choices: readonly OutputColumn[], first: QueryResult): OutputColumn {
  const found = choices.find((column) => isNamed(column, name.text)) ?? columnOf(first, name.text);
  return found ?? refuse("unknown-column", `The set operation has no column "${name.text}".`, name);
}

function requireNames(result: QueryResult, place: Place): void {
  const names = new Set<string>();
  for (const { name } of result.columns) {
    if (name === undefined)
      refuse(
        "set-operation-name",
        "A part of a set operation by name has a column without a name.",
        place,
        "Name it with AS.",
      );
    if (names.has(name.toLowerCase()))
      refuse("set-operation-name", `A part of a set operation by name has two columns "${name}".`, place);
    names.add(name.toLowerCase());
  }
}

function requireSame(result: QueryResult, wanted: readonly OutputColumn[], place: Place): void {
  const hint = "Every part must have the same columns, or FULL, LEFT or INNER says which are kept.";
  for (const { name } of wanted)
    if (columnOf(result, name) === undefined)
      refuse("set-operation-width", `A part of BY NAME has no column "${name ?? ""}".`, place, hint);
  const other = result.columns.find((column) => !wanted.some((known) => isNamed(known, column.name)));
  if (other !== undefined)
    refuse(
      "set-operation-width",
      `The column "${other.name ?? ""}" of a part of BY NAME is not in all parts.`,
      place,
      hint,
    );
}

function allColumns(results: readonly QueryResult[]): readonly OutputColumn[] {
  const columns: OutputColumn[] = [];
  for (const result of results)
    for (const column of result.columns)
      if (!columns.some((known) => isNamed(known, column.name))) columns.push(column);
  return columns;
}

function isNamed(column: OutputColumn, name: string | undefined): boolean {
  return column.name !== undefined && column.name.toLowerCase() === name?.toLowerCase();
}

function columnOf(result: QueryResult, name: string | undefined): OutputColumn | undefined {
  return result.columns.find((column) => isNamed(column, name));
}

function withColumns(result: QueryResult, wanted: readonly OutputColumn[]): QueryResult {
  const isArranged =
    wanted.length === result.columns.length &&
    wanted.every((column, index) => result.columns[index] === columnOf(result, column.name));
  if (isArranged) return result;
  const columns = wanted.map((column) => columnOf(result, column.name) ?? missing(column));
  const items = columns.map((column): Code =>
    column.constant?.kind === "null" ? ["NULL AS ", quoteName(column.emitted)] : quoteName(column.emitted),
  );
  const code: Code = ["SELECT ", joinCode(items, ", "), newLine, "FROM ", bracketed(result.code), ' AS "q"'];
  return { ...result, code, columns, isSimple: true };
}

function missing({ name, emitted }: OutputColumn): OutputColumn {
  return { name, emitted, type: scalar("INT64"), sources: [], isNullable: true, constant: { kind: "null" } };
}
