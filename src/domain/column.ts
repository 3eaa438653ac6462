/** An output column of a query or a column of a relation. `type` is the text of its type in the project's dialect. */
export interface Column {
  readonly name: string;
  readonly type: string;
}
