/** An output column of a query or a column of a relation. `type` is the text of its type in the project's dialect. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A column of a table that a query reads. */
export interface SourceColumn {
  /** The parts of the table's name, of which the last is its own. */
  readonly table: readonly string[];
  readonly column: string;
}

/** Where an output column comes from: the columns of tables whose values it is made of. */
export interface ColumnLineage {
  readonly column: string;
  readonly sources: readonly SourceColumn[];
}
