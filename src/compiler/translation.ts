import type { Column, ColumnLineage } from "../domain/column.ts";
import type { Checked } from "../domain/diagnostic.ts";
import type { Relation } from "../domain/relation.ts";
import type { Sql } from "../domain/sql.ts";

/** A relation that queries may read, with its columns as far as they are known. */
export interface CatalogTable {
  readonly relation: Relation;
  /** Types are GoogleSQL's; `undefined` where nothing says what the columns are. */
  readonly columns: readonly Column[] | undefined;
}

/** What queries may read. */
export interface Catalog {
  /** The table of a relation. */
  readonly find: (relation: Relation) => CatalogTable | undefined;
  readonly tables: () => Iterable<CatalogTable>;
}

/** A query in the warehouse's SQL. */
export interface Translation {
  readonly statement: Sql;
  /** With their lineage `undefined` where a query is passed on that was not understood. */
  readonly columns: readonly Column[] | undefined;
  /** Tables are named by all three parts. */
  readonly lineage: readonly ColumnLineage[] | undefined;
  /** Functions of the prelude that the statement calls, in the order in which they have to be installed. */
  readonly uses: readonly string[];
}

/** Translates a GoogleSQL query into the warehouse's SQL, exactly or not at all. */
export type Translate = (query: Sql, catalog: Catalog) => Checked<Translation>;
