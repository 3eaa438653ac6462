/**
 * A column of the staged CSV. `key` is the key of the JSON record that fills it; the column of role `file` gets the pull's name
 * instead, that of role `position` the place of the row among those of the pull, from 1, and behind a colon the columns, from 1,
 * whose text is empty, `7:3,5`: programs that read CSV differ in whether they tell it from NULL.
 */
export type IngestColumn =
  | {
      readonly role: "text" | "id" | "eventTime";
      readonly name: string;
      readonly key: string;
      readonly required: boolean;
    }
  | { readonly role: "file" | "position"; readonly name: string };

/**
 * What `ingest:` of a source table says. `from` holds the raw pulls (`YYYY-MM-DD/YYYYMMDD-HHMMSS.json`), `to` gets one CSV
 * a window with exactly `columns`, in this order. Both are paths relative to the project or URIs of an object store.
 * Exactly one column has the role `id`, one `eventTime`, at most one `file` and, behind all others, one `position`.
 */
export interface IngestSettings {
  /** `<source>.<table>`, the name by which output and ledger speak of it. */
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly columns: readonly IngestColumn[];
}
