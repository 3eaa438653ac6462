import { type Code, joinCode, placed, quoteName, quoteText } from "../code.ts";
import { placeAround } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { parseType } from "../read/parse-type.ts";
import type { OutputColumn } from "../scope/scope.ts";
import type { FromItem } from "../syntax.ts";
import { isSameType, scalar } from "../type/data-type.ts";
import type { Context } from "./context.ts";
import { addRelation } from "./from.ts";

/** Whether the name of a table stands for all tables that begin like it: `events_*`. */
export function isWildcard(path: readonly string[]): boolean {
  return path.at(-1)?.endsWith("*") === true;
}

/** Translates a wildcard table: the union of the known tables whose names begin so, with `_TABLE_SUFFIX`. */
export function translateWildcard(
  item: Extract<FromItem, { readonly kind: "table" }>,
  path: readonly string[],
  context: Context,
): Code {
  const place = item.path.reduce(placeAround, item.path[0] ?? item);
  const { catalog } = context.translation;
  const prefix = path.join(".").slice(0, -1).toLowerCase();
  const names = [...new Set(catalog.names())].filter((name) => name.toLowerCase().startsWith(prefix)).sort();
  const tables = names.flatMap((name) => {
    const table = catalog.find(name.split("."));
    return table === undefined ? [] : [{ table, suffix: name.slice(prefix.length) }];
  });
  const latest = tables.at(-1);
  if (latest === undefined)
    refuse("unknown-table", `No table's name begins with "${path.join(".").slice(0, -1)}".`, place);
  const columns = latest.table.columns.map((column): OutputColumn => ({
    name: column.name,
    emitted: column.name,
    type: parseType(column.type),
    sources: tables.map(({ suffix }) => ({
      table: [...path.slice(0, -1), (path.at(-1) ?? "").slice(0, -1) + suffix],
      column: column.name,
    })),
    isNullable: true,
    constant: undefined,
  }));
  const branches = tables.map(({ table, suffix }): Code => {
    const items = columns.map((column): Code => {
      const own = table.columns.find((other) => other.name.toLowerCase() === column.emitted.toLowerCase());
      if (own === undefined) return ["NULL AS ", quoteName(column.emitted)];
      if (!isSameType(parseType(own.type), column.type))
        refuseUnsupported(`A wildcard over tables whose column "${column.emitted}" has different types`, place);
      return quoteName(column.emitted);
    });
    return [
      "SELECT ",
      joinCode(items, ", "),
      `, ${quoteText(suffix)} AS "_TABLE_SUFFIX" FROM `,
      table.relation.map(quoteName).join("."),
    ];
  });
  const suffix: OutputColumn = {
    name: "_TABLE_SUFFIX",
    emitted: "_TABLE_SUFFIX",
    type: scalar("STRING"),
    sources: [],
    isNullable: false,
    constant: undefined,
  };
  return addRelation(
    { alias: item.alias, columns: [...columns, suffix], valueType: undefined },
    { context, code: placed(place, ["(", joinCode(branches, " UNION ALL "), ")"]), ownName: undefined },
  );
}
