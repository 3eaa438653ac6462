import type { Column } from "./column.ts";
import type { Data, DataMap } from "./data.ts";
import type { CompiledQuery, Resource } from "./model.ts";
import type { Relation } from "./relation.ts";
import type { DialectName } from "./settings.ts";
import type { Span } from "./source-file.ts";
import type { Sql } from "./sql.ts";

/** A row that an author writes down: the values of some columns. What is not named is NULL. */
export type FixtureRow = Readonly<Record<string, Data>>;

/** What an author gives in place of a table: rows, or a query. */
export type Fixture =
  | { readonly kind: "rows"; readonly rows: readonly FixtureRow[]; readonly span: Span }
  | { readonly kind: "query"; readonly query: Sql; readonly span: Span };

/** An input of a model under test: the rows that stand in for it, under the name by which the model's query speaks of it. */
export interface GivenInput {
  readonly cteName: string;
  /** How messages speak of it: `ref('orders')`. */
  readonly title: string;
  readonly relation: Relation;
  /** Its columns where they are known without asking the warehouse; types in the dialect of the test. */
  readonly columns: readonly Column[] | undefined;
  readonly fixture: Fixture;
}

/** A unit test: a model's query over given rows, and the rows that are to come of it. */
export interface CompiledUnitTest extends Resource {
  readonly resourceType: "unit_test";
  /** The unique id of the model. */
  readonly model: string;
  readonly modelName: string;
  readonly dialect: DialectName;
  /** The model's query, its inputs by the names of their stand-ins. */
  readonly text: Sql;
  readonly given: readonly GivenInput[];
  readonly expect: Fixture;
  /** The statement where all is known that it is made of: in GoogleSQL, which is translated beforehand. */
  readonly query: CompiledQuery | undefined;
  /** What the model reads: it has to be there for its columns. */
  readonly dependsOn: readonly string[];
  /** As written, for artifacts. */
  readonly written: DataMap;
  readonly span: Span;
}
