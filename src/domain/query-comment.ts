import type { Span } from "./source-file.ts";

/** `query-comment:` of a project file: a template, and where its text goes. */
export interface QueryCommentSetting {
  readonly text: string;
  readonly span: Span | undefined;
  readonly place: "front" | "end";
  /** Whether jobs of the warehouse are labelled with it too. */
  readonly isLabel: boolean;
}

/** What every statement of a resource says about itself to whoever reads the warehouse's history. */
export interface QueryComment {
  readonly text: string;
  readonly place: "front" | "end";
  readonly labels: Readonly<Record<string, string>>;
}

/** The comment on the statements of a resource, by its unique id; without one, on those that belong to the whole call. `undefined`: none. */
export type CommentOf = (uniqueId: string | undefined) => QueryComment | undefined;
