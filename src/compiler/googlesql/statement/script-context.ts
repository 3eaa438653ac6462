import type { Column } from "../../../domain/column.ts";
import { didYouMean } from "../../nearest-name.ts";
import { type Code, quoteName } from "../code.ts";
import type { Catalog, CatalogTable, Context, Translation } from "../emit/context.ts";
import { refuse } from "../refusal.ts";
import type { Source } from "../read/read-text.ts";
import type { Value } from "../value.ts";
import type { Path } from "./cursor.ts";

/** What a script knows while its statements are translated one after another: tables that it made itself among it. */
export interface ScriptContext {
  readonly source: Source;
  readonly translation: Translation;
  readonly context: Context;
  readonly tables: ScriptCatalog;
  /** The values of the script's variables, by lower-case name: the outermost names of its context's scope. */
  readonly variables: Map<string, Value>;
}

/** A catalog that learns what a script's statements make, rename and drop. */
export interface ScriptCatalog extends Catalog {
  readonly define: (path: readonly string[], columns: readonly Column[], relation?: readonly string[]) => void;
  readonly forget: (path: readonly string[]) => void;
}

function keyOf(path: readonly string[]): string {
  return path.join(".").toLowerCase();
}

/** A catalog over another one. */
export function openScriptCatalog(outer: Catalog): ScriptCatalog {
  const made = new Map<string, { readonly name: string; readonly table: CatalogTable | undefined }>();
  return {
    find: (path) => {
      const known = made.get(keyOf(path));
      return known === undefined ? outer.find(path) : known.table;
    },
    names: () => {
      const names = new Set<string>();
      for (const name of outer.names()) if (!made.has(name.toLowerCase())) names.add(name);
      for (const { name, table } of made.values()) if (table !== undefined) names.add(name);
      return names;
    },
    define: (path, columns, relation = path) => {
      made.set(keyOf(path), { name: path.join("."), table: { relation, columns } });
    },
    forget: (path) => {
      made.set(keyOf(path), { name: path.join("."), table: undefined });
    },
  };
}

/** The table that a statement changes; it must be known. */
export function targetTable(path: Path, script: ScriptContext): CatalogTable {
  const table = script.tables.find(path.parts);
  if (table === undefined) {
    const name = path.parts.join(".");
    refuse("unknown-table", `There is no table "${name}".`, path, didYouMean(name, script.tables.names()));
  }
  return table;
}

/** DuckDB's name for a table. */
export function relationCode(relation: readonly string[]): Code {
  return relation.map(quoteName).join(".");
}
