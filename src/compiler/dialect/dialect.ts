import type { Batch } from "../../domain/batch.ts";
import type { Column } from "../../domain/column.ts";
import type { Comments, Contract } from "../../domain/contract.ts";
import type { MergeClause } from "../../domain/incremental.ts";
import type { Layout, Partitioning } from "../../domain/layout.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import type { DialectName } from "../../domain/settings.ts";
import type { Sql } from "../../domain/sql.ts";
import type { PartitionSet } from "./partition-ranges.ts";

/** What a merge needs to know: the keys that identify a row, further conditions on it, the columns that both sides have, what is done. */
export interface MergeRows {
  readonly uniqueKey: readonly string[];
  readonly predicates: readonly Sql[];
  readonly columns: readonly string[];
  readonly clauses: readonly MergeClause[];
}

/** What replacing rows by key needs to know; rows of the table that fail a predicate stay. */
export interface ReplacedRows {
  readonly uniqueKey: readonly string[];
  /** Compared in place of columns, where it is given. */
  readonly keyExpression: Sql | undefined;
  readonly predicates: readonly Sql[];
  readonly columns: readonly string[];
}

/** What replacing the rows of a batch needs to know: rows of the table that fail a predicate stay. */
export interface BatchRows {
  /** The column by whose value a row belongs to the batch. */
  readonly eventTime: string;
  readonly batch: Batch;
  readonly predicates: readonly Sql[];
  readonly columns: readonly string[];
}

/** The tables of a snapshot's own session: what its query gives, what of it is new or changed, what is gone. */
export interface SnapshotTables {
  readonly source: TemporaryTable;
  readonly changed: TemporaryTable;
  readonly deleted: TemporaryTable;
}

/** What is known of a snapshot once its query has run. */
export interface SnapshotChange {
  readonly tables: SnapshotTables;
  /** The run's logical time in microseconds. */
  readonly now: number;
  /** The columns of the query. */
  readonly queried: readonly string[];
  /** Columns that are compared, among those that the table had. */
  readonly checked: readonly string[];
  /** Whether a column that is to be compared is new: then every row counts as changed, as in dbt. */
  readonly isWidened: boolean;
}

/** How the columns of a table are to be changed; types are the warehouse's own words. */
export interface ColumnChange {
  readonly added: readonly Column[];
  readonly removed: readonly string[];
  readonly retyped: readonly Column[];
  /** How the table lies, which a warehouse has to be told that writes it anew for other types. */
  readonly layout?: Layout | undefined;
}

/**
 * The statements of a warehouse, as intents. A verb returns finished statements that belong into one `execute`; what
 * readers see changes in the last of them alone, or in all at once where the warehouse has transactions (DESIGN §3).
 */
export interface Dialect {
  /** The SQL that the warehouse reads. */
  readonly language: DialectName;
  /** The statements of a unit in their order. */
  unit(parts: UnitParts): readonly Sql[];
  /** The table that the script of an owner keeps rows in meanwhile; the suffix tells its tables apart. */
  temporary(owner: Relation, suffix: string): TemporaryTable;
  relation(relation: Relation): Sql;
  createSchema(relation: Relation): readonly Sql[];
  /** Puts a table with the query's rows under the name, whatever stood there. */
  replaceTable(relation: Relation, existing: RelationKind | undefined, build: RelationBuild): readonly Sql[];
  /** Puts a table under the name that has the contract's columns and constraints, and the query's rows in it. */
  replaceContracted(relation: Relation, existing: RelationKind | undefined, content: ContractedContent): readonly Sql[];
  /** A query of no matter what rows with the contract's columns. */
  contractQuery(contract: Contract): Sql;
  /** The column that has to be there for a comment on this name. */
  commentedColumn(name: string): string;
  /** Writes down what a relation and its columns are. */
  comment(relation: Relation, kind: RelationKind, comments: KnownComments): readonly Sql[];
  /** Puts a view of the query under the name, whatever stood there. */
  replaceView(relation: Relation, existing: RelationKind | undefined, build: RelationBuild): readonly Sql[];
  /**
   * Makes functions of the prelude in the database of a view that calls them, so that other programs can read the view: a
   * statement each, but for those that no database can hold.
   */
  createFunctions(view: Relation, functions: readonly string[]): readonly Sql[];
  /** Puts a table with given rows under the name; a cell of `null` is NULL, any other is text that its type reads. */
  replaceTableByRows(relation: Relation, existing: RelationKind | undefined, content: TableContent): readonly Sql[];
  /** Of some texts those that a type cannot read: `row` (the place in the list, from 0), at most five. */
  unreadableTexts(type: Pick<Column, "type"> & { readonly dialect: DialectName }, texts: readonly string[]): Sql;
  /**
   * All columns of tables and views of the given schemas, in order: `database`, `schema`, `relation`, `kind` (`table` or
   * `view`), `relation_comment`, `name`, `position` (from 1), `type`, `comment`.
   */
  describeColumns(schemas: readonly Pick<Relation, "database" | "schema">[]): Sql;
  /** A table of the script's own session. */
  createTemporary(table: TemporaryTable, query: Sql): readonly Sql[];
  /** The rows of a temporary table. */
  readTemporary(table: TemporaryTable, columns: readonly string[]): Sql;
  /** Rids the warehouse of temporary tables that outlive a session. */
  dropTemporary(tables: readonly TemporaryTable[]): readonly Sql[];
  /** Gives columns of a temporary table other types, in the warehouse's own words; refused where a value does not fit. */
  retypeTemporary(table: TemporaryTable, columns: readonly Column[]): readonly Sql[];
  /** Rows of a temporary table that repeat a key which the target has: `key` (text) and `copies`, at most five. */
  repeatedKeys(target: Relation, staged: TemporaryTable, uniqueKey: readonly string[]): Sql;
  /** Adds, drops and retypes columns of a table. */
  alterColumns(target: Relation, change: ColumnChange): readonly Sql[];
  /**
   * Does what the clauses say; the plain ones update rows with a known key where they differ and insert the others. A null in
   * a key matches nothing (DBT_SEMANTICS §6), and without a key nothing matches.
   */
  merge(target: Relation, staged: TemporaryTable, rows: MergeRows): readonly Sql[];
  /** The table's rows whose key is in the temporary table are deleted, and all rows of that are inserted. */
  deleteInsert(target: Relation, staged: TemporaryTable, rows: ReplacedRows): readonly Sql[];
  /** The table's rows of the batch's time are deleted, and those of the temporary table inserted. */
  replaceBatch(target: Relation, staged: TemporaryTable, rows: BatchRows): readonly Sql[];
  /** The query's rows with the columns that a snapshot adds, all of them valid from `now` (microseconds) or their own time on. */
  snapshotQuery(snapshot: Snapshot, query: Sql, now: number): Sql;
  /** When the newest state of a snapshot's table began, as `latest` (microseconds); null where it has none. */
  latestState(target: Relation, snapshot: Snapshot): Sql;
  /** Sets apart which of the source's rows are new or changed, and which of the table's are gone. */
  stageSnapshot(target: Relation, snapshot: Snapshot, change: SnapshotChange): readonly Sql[];
  /** Ends the table's rows that are no longer valid and adds those that are. */
  applySnapshot(target: Relation, snapshot: Snapshot, change: SnapshotChange): readonly Sql[];
  /** What only a warehouse has whose tables are divided. */
  readonly partitions?: PartitionVerbs | undefined;
  /** All rows of the temporary table are inserted. */
  append(target: Relation, staged: TemporaryTable, columns: readonly string[]): readonly Sql[];
}

/** What a table or view is made of, and how it is to lie where the warehouse lets one say so. */
export interface RelationBuild {
  readonly query: Sql;
  readonly layout?: Layout | undefined;
  /** Whether a table of another layout stands there, which cannot be replaced in place. */
  readonly isRelaid?: boolean;
}

/** By the value of which column a table is divided. */
export type ColumnPartitioning = Exclude<Partitioning, { kind: "ingestion" }>;

/** The rows that come into partitions in place of all that meet a condition. */
export interface OverwrittenRows {
  readonly columns: readonly string[];
  readonly where: Sql;
}

/** The verbs of tables that are divided. A condition speaks of the table's rows as `DBT_INTERNAL_DEST`. */
export interface PartitionVerbs {
  /** The partitions that a temporary table's rows belong to, a row each, as `readPartitions` reads them. */
  of(staged: TemporaryTable, partitioning: ColumnPartitioning): Sql;
  /** That a row lies in one of them. */
  within(partitions: PartitionSet, partitioning: ColumnPartitioning): Sql;
  /** That a row lies in one of those that the author names. */
  listed(partitions: readonly Sql[], partitioning: ColumnPartitioning): Sql;
  /** The temporary table's rows take the place of the table's that meet the condition. */
  overwrite(target: Relation, staged: TemporaryTable, rows: OverwrittenRows): readonly Sql[];
}

/** What a table with a contract is made of. */
export interface ContractedContent extends RelationBuild {
  readonly contract: Contract;
}

/** Comments, with the columns that the relation has. */
export interface KnownComments extends Comments {
  readonly known?: readonly Column[];
}

/** What one unit does: it defines tables and views, changes rows, and has the ledger remember it. */
export interface UnitParts {
  readonly defined: readonly Sql[];
  readonly rows: readonly Sql[];
  readonly recorded: readonly Sql[];
}

/** The rows of a table, cells in the order of the columns. */
export interface TableContent {
  /** What the types of the columns are called. */
  readonly dialect: DialectName;
  readonly columns: readonly Column[];
  /** How column names go into SQL: within quotes, or as they are. */
  readonly namesAre: "quoted" | "bare";
  /** Whether a table of another layout stands there. */
  readonly isRelaid?: boolean;
  readonly rows: readonly (readonly (string | null)[])[];
}
