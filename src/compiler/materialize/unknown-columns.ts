import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Incremental } from "../../domain/incremental.ts";
import type { CompiledModel } from "../../domain/model.ts";
import { relationName } from "../../domain/relation.ts";
import { didYouMean } from "../nearest-name.ts";
import { refreshHint, type SchemaChange } from "./schema-change.ts";

/** The columns of a key that not both the query and the table have. */
function unknownKey(model: CompiledModel, column: string, change: SchemaChange): Diagnostic {
  const isAdded = change.added.some(({ name }) => name.toLowerCase() === column.toLowerCase());
  const where = isAdded ? `the table ${relationName(model.relation)}` : `the query of "${model.name}"`;
  const list = column.split(",").map((part) => `"${part.trim()}"`);
  const near = list.length > 1 ? `Write a list of columns: [${list.join(", ")}].` : didYouMean(column, change.common);
  return error("unknown-key", `The unique_key "${column}" is not a column of ${where}.`, {
    span: { file: model.file, start: 0, end: 0 },
    hint: isAdded ? refreshHint : near,
  });
}

function unknownUpdate(model: CompiledModel, column: string, change: SchemaChange): Diagnostic {
  return error(
    "unknown-column",
    `A merge cannot update "${column}": the query of "${model.name}" has no such column.`,
    {
      span: { file: model.file, start: 0, end: 0 },
      hint: didYouMean(column, change.common),
    },
  );
}

/** The columns that a model's config names for its strategy and that not both the query and the table have. */
export function unknownColumns(
  model: CompiledModel,
  { strategy, uniqueKey }: Incremental,
  change: SchemaChange,
): readonly Diagnostic[] {
  const known = new Set(change.common.map((name) => name.toLowerCase()));
  const isUnknown = (column: string): boolean => !known.has(column.replaceAll('"', "").toLowerCase());
  if (strategy.kind === "append") return [];
  const clauses = strategy.kind === "merge" ? strategy.clauses : [];
  return [
    ...uniqueKey
      .filter((column) => !known.has(column.toLowerCase()))
      .map((column) => unknownKey(model, column, change)),
    ...clauses
      .flatMap(({ action }) => (action.kind === "update" ? action.include : []))
      .filter(isUnknown)
      .map((column) => unknownUpdate(model, column, change)),
  ];
}
