import type { Column } from "../../domain/column.ts";

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
