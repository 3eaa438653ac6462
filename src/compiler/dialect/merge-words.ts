import type { MergeAction } from "../../domain/incremental.ts";
import type { MergeRows } from "./dialect.ts";

function nameKey(name: string): string {
  return name.replaceAll(/["`]/gu, "").toLowerCase();
}

/** The columns that take the model's values: those asked for, else all but the keys, which are equal. */
export function updatedColumns(
  { include, exclude, set }: Extract<MergeAction, { readonly kind: "update" }>,
  { columns, uniqueKey }: MergeRows,
): readonly string[] {
  if (exclude.includes("*")) return [];
  const wanted = new Set(include.map(nameKey));
  const left = new Set([...exclude, ...(include.length > 0 ? [] : uniqueKey)].map(nameKey));
  const isSet = new Set(set.map(({ column }) => nameKey(column.text)));
  return columns.filter((column) => {
    const key = nameKey(column);
    return (wanted.size === 0 || wanted.has(key)) && !left.has(key) && !isSet.has(key);
  });
}

/** How the clauses of a merge begin. */
export const whenWords = {
  matched: "when matched",
  "not matched": "when not matched",
  "not matched by source": "when not matched by source",
} as const;
