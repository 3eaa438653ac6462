import type { DataMap } from "./data.ts";
import type { ColumnProperties, CompiledQuery, Resource } from "./model.ts";
import type { Relation } from "./relation.ts";
import type { SourceFile, Span } from "./source-file.ts";

/** A use of models outside of the project: a dashboard, a notebook. It is never made, and can be selected by. */
export interface Exposure extends Resource {
  readonly resourceType: "exposure";
  readonly label: string | undefined;
  readonly type: string;
  readonly maturity: string | undefined;
  readonly url: string | undefined;
  readonly owner: DataMap;
  readonly dependsOn: readonly string[];
  readonly refs: readonly (readonly string[])[];
  readonly sources: readonly (readonly [string, string])[];
  readonly span: Span;
}

/** A query of the project that is compiled and never made. */
export interface Analysis extends Resource {
  readonly resourceType: "analysis";
  readonly file: SourceFile;
  /** Where it would stand if it were made: what `this` means in it. */
  readonly relation: Relation;
  readonly properties: readonly ColumnProperties[];
  readonly query: CompiledQuery;
  readonly dependsOn: readonly string[];
  readonly refs: readonly (readonly string[])[];
  readonly sources: readonly (readonly [string, string])[];
  readonly macros: readonly string[];
}

/** A group of models, and who owns it. */
export interface Group {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly description: string;
  readonly owner: DataMap;
}

/** A text for descriptions, from a block of a Markdown file. */
export interface DocBlock {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly text: string;
  readonly span: Span;
}
