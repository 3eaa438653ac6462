import type { Column } from "../../domain/column.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { Incremental } from "../../domain/incremental.ts";
import type { CompiledModel } from "../../domain/model.ts";
import { relationName } from "../../domain/relation.ts";
import type { ColumnChange } from "../dialect/dialect.ts";

/** How the columns of a query differ from those of the table that it is to be added to. Names are compared without case (DBT_SEMANTICS §18.3). */
export interface SchemaChange {
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
  readonly retyped: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Names that both have, as the table spells them. */
  readonly common: readonly string[];
}

function byName(columns: readonly Column[]): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [column.name.toLowerCase(), column]));
}

/** Compares the columns of a table with those of the rows that are to go into it. */
export function schemaChange(table: readonly Column[], staged: readonly Column[]): SchemaChange {
  const old = byName(table);
  const fresh = byName(staged);
  return {
    added: staged.filter(({ name }) => !old.has(name.toLowerCase())),
    removed: table.filter(({ name }) => !fresh.has(name.toLowerCase())),
    retyped: table.flatMap(({ name, type }) => {
      const to = fresh.get(name.toLowerCase())?.type;
      return to === undefined || to === type ? [] : [{ name, from: type, to }];
    }),
    common: table.map(({ name }) => name).filter((name) => fresh.has(name.toLowerCase())),
  };
}

/** The differences in words, or `undefined` where there are none. */
export function describeChange({ added, removed, retyped }: SchemaChange): string | undefined {
  const quoted = (columns: readonly { readonly name: string }[]): string =>
    columns.map(({ name }) => `"${name}"`).join(", ");
  const parts = [
    added.length > 0 ? `the model adds ${quoted(added)}` : undefined,
    removed.length > 0 ? `the model lacks ${quoted(removed)}` : undefined,
    ...retyped.map(({ name, from, to }) => `"${name}" is ${to} in the model and ${from} in the table`),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** What mends a table whose columns are no longer the model's. */
export const refreshHint = "Run with --full-refresh to build the table with the model's columns.";

/** What a change of columns leads to: how table and rows are fitted to each other, or that they are not. */
export interface SchemaDecision {
  readonly refusal: Diagnostic | undefined;
  readonly warnings: readonly Diagnostic[];
  readonly alter: ColumnChange;
  /** Types that the rows are given before they go into the table. */
  readonly retypeRows: readonly Column[];
  /** The columns that rows and table have then. */
  readonly columns: readonly string[];
}

const noChange: ColumnChange = { added: [], removed: [], retyped: [] };

/** Decides by the model's policy what a change of its columns leads to (DBT_SEMANTICS §7). */
export function decideSchemaChange(
  model: CompiledModel,
  { onSchemaChange, strategy }: Incremental,
  change: SchemaChange,
): SchemaDecision {
  const difference = describeChange(change);
  const span = { file: model.file, start: 0, end: 0 };
  const { added, removed, retyped, common } = change;
  const tableTypes = retyped.map(({ name, from }) => ({ name, type: from }));
  const kept: SchemaDecision = {
    refusal: undefined,
    warnings: [],
    alter: noChange,
    retypeRows: tableTypes,
    columns: common,
  };
  if (difference === undefined) return kept;
  const refused = (): SchemaDecision => {
    const message = `The columns of "${model.name}" are not those of ${relationName(model.relation)}: ${difference}.`;
    return { ...kept, refusal: error("schema-change", message, { span, hint: refreshHint }) };
  };
  const names = [...common, ...added.map(({ name }) => name)];
  switch (onSchemaChange) {
    case "fail":
      return refused();
    case "ignore": {
      // Replaced rows would lose what the table alone has of them.
      const loses = strategy.kind === "delete+insert" && removed.length > 0;
      if (common.length === 0 || loses) return refused();
      const message = `The table of "${model.name}" keeps its columns: ${difference}.`;
      return { ...kept, warnings: [warning("schema-change", message, { span, hint: refreshHint })] };
    }
    case "append_new_columns":
      return { ...kept, alter: { ...noChange, added }, columns: names };
    case "sync_all_columns":
      return {
        ...kept,
        alter: {
          added,
          removed: removed.map(({ name }) => name),
          retyped: retyped.map(({ name, to }) => ({ name, type: to })),
        },
        retypeRows: [],
        columns: names,
      };
  }
}
