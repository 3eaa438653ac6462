import type { Sql } from "./sql.ts";

/** A rule that the warehouse holds rows to; `columns` are those of a rule of the whole table. */
export interface Constraint {
  readonly kind: "not_null" | "check" | "unique" | "primary_key" | "foreign_key" | "custom";
  readonly name: string | undefined;
  readonly expression: Sql | undefined;
  readonly columns: readonly string[];
  /** The table that a foreign key leads to, as the warehouse writes it, and its columns. */
  readonly to: Sql | undefined;
  readonly toColumns: readonly string[];
}

/** A column as the contract of a model promises it; the type is in the warehouse's own words. */
export interface ContractColumn {
  readonly name: string;
  readonly type: string;
  readonly constraints: readonly Constraint[];
}

/** What a model promises of its columns (DBT_SEMANTICS §9). */
export interface Contract {
  readonly columns: readonly ContractColumn[];
  readonly constraints: readonly Constraint[];
}

/** What is written to the warehouse about a column; the name of a quoted one is meant letter by letter. */
export interface ColumnComment {
  readonly name: string;
  readonly text: string;
  readonly isQuoted?: boolean;
}

/** What is written to the warehouse about a relation; `undefined` where nothing is to be said of relation or columns. */
export interface Comments {
  readonly relation: string | undefined;
  readonly columns: readonly ColumnComment[];
}
