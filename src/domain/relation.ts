/** The three-part name of a table or view: BigQuery's project, dataset, table; DuckDB's database, schema, table. */
export interface Relation {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}

/** What stands under a name in the warehouse. */
export type RelationKind = "table" | "view";

/** A text that is equal exactly for relations that the warehouse takes as one; both engines ignore case here as dbt does. */
export function relationKey(relation: Relation): string {
  return JSON.stringify([relation.database, relation.schema, relation.identifier].map((part) => part.toLowerCase()));
}

/** The relation as people read it, `database.schema.identifier`; never for SQL. */
export function relationName(relation: Relation): string {
  return `${relation.database}.${relation.schema}.${relation.identifier}`;
}
