import type { Column } from "../../../domain/column.ts";
import type { Relation } from "../../../domain/relation.ts";
import type { NamedRelation, StatementResult } from "../../../domain/script.ts";
import type { Sql } from "../../../domain/sql.ts";
import { answered, type Ask, askNobody } from "./ask.ts";

/** A statement as the warehouse gets it, and the functions of the prelude that it calls. */
export interface PreparedStatement {
  readonly statement: Sql;
  readonly uses: readonly string[];
}

/** How templates reach the warehouse. */
export interface WarehouseAccess {
  readonly ask: Ask;
  /** Makes a statement of the author's one of the warehouse's; raises the author's mistake where that cannot be. */
  readonly prepare: (statement: Sql) => PreparedStatement;
  /** The columns of a relation that are known without asking. */
  readonly knownColumns: (relation: Relation) => readonly Column[] | undefined;
  /** What the author's dialect calls a type of the warehouse's. */
  readonly typeName?: ((type: string) => string) | undefined;
}

/** A warehouse whose own SQL the author writes. */
export function nativeWarehouse(ask: Ask): WarehouseAccess {
  return { ask, prepare: (statement) => ({ statement, uses: [] }), knownColumns: () => undefined };
}

/** A warehouse that nobody is connected to: each question stops the evaluation. */
export const noWarehouse: WarehouseAccess = nativeWarehouse(askNobody);

/** Whether a transaction of the template's own is open; only a materialization keeps one. */
export interface Transaction {
  isOpen: boolean;
}

/** The result of a statement of the author's. */
export function askStatement({ ask, prepare }: WarehouseAccess, text: Sql): StatementResult {
  const { statement, uses } = prepare(text);
  if (uses.length > 0) answered(ask, { kind: "functions", names: uses });
  return answered(ask, { kind: "statement", statement }).result;
}

/** The tables and views of a schema. */
export function askRelations({ ask }: WarehouseAccess, database: string, schema: string): readonly NamedRelation[] {
  return answered(ask, { kind: "relations", schema: { database, schema } }).relations;
}

/** The columns of a relation, in order; those that are known are not asked for. */
export function askColumns({ ask, knownColumns, typeName }: WarehouseAccess, relation: Relation): readonly Column[] {
  const known = knownColumns(relation);
  if (known !== undefined) return known;
  const { columns } = answered(ask, { kind: "columns", relation, isStable: false });
  return typeName === undefined ? columns : columns.map(({ name, type }) => ({ name, type: typeName(type) }));
}
