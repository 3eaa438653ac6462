import type { Column } from "./column.ts";
import type { Relation } from "./relation.ts";

/**
 * CSV files that a warehouse reads by itself into a table, in place of all that the table held: all of them or none. Each has
 * a header; a field that is empty and not quoted is NULL. `key` is all that tells this load from any other one: the same load
 * is done once, however often it is asked for.
 */
export interface FileLoad {
  readonly target: Relation;
  readonly columns: readonly Column[];
  readonly uris: readonly string[];
  readonly key: readonly string[];
}
