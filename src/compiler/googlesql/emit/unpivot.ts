import { bracketed, type Code, joinCode, newLine, quoteName, quoteText } from "../code.ts";
import { didYouMean } from "../../nearest-name.ts";
import { refuse } from "../refusal.ts";
import { columnValue } from "../scope/resolve.ts";
import { freshAlias, openScope, type OutputColumn, type Scope } from "../scope/scope.ts";
import type { FromItem, Name } from "../syntax.ts";
import { structCode } from "../type/cast.ts";
import { type DataType, isSameType, scalar, structOf, typeText } from "../type/data-type.ts";
import { makeValue, type ScopeColumn, type Value } from "../value.ts";
import type { Context } from "./context.ts";
import { addRelation, columnsSince } from "./from.ts";
import type { FromSetting } from "./join.ts";
import { inheritedAlias } from "./pivot.ts";

type Unpivot = Extract<FromItem, { readonly kind: "unpivot" }>;

/** Translates UNPIVOT: every row is joined with the list of its columns' values. */
export function translateUnpivot(unpivot: Unpivot, { context, translateFrom }: FromSetting): Code {
  const scope: Scope = { ...openScope(context.scope.parent), outerReads: context.scope.outerReads };
  const inner: Context = { ...context, scope };
  const from = translateFrom(unpivot.input, inner);
  const columns = columnsSince(scope, 0);
  const arms = unpivot.columns.map((arm) => {
    if (arm.names.length !== unpivot.values.length)
      refuse(
        "set-operation-width",
        `UNPIVOT puts ${unpivot.values.length} columns in a row, and this names ${arm.names.length}.`,
        arm.names[0] ?? unpivot.label,
      );
    const values = arm.names.map((name) => columnValue(columnOf(columns, name), name));
    return { values, label: labelOf(arm, inner) };
  });
  const [first] = arms;
  if (first === undefined) refuse("syntax-error", "UNPIVOT names no column.", unpivot.label);
  const types = first.values.map((value) => value.type);
  for (const { values } of arms)
    values.forEach((value, index) => {
      requireSameType(value, types[index], unpivot.values[index]);
    });
  const names = [...unpivot.values, unpivot.label];
  const rowType = structOf(names.map((name, index) => ({ name: name.text, type: types[index] ?? first.label.type })));
  const alias = freshAlias(scope, "unpivot");
  const row = `${quoteName(alias)}."row"`;
  const list = joinCode(
    arms.map(({ values, label }) => structCode(rowType, [...values, label])),
    ", ",
  );
  const used = new Set(arms.flatMap(({ values }) => values.flatMap((value) => value.uses.map((use) => use.column))));
  const kept = columns.filter((column) => !used.has(column));
  const rowItems = names.map((name): Code => [`${row}.${quoteName(name.text)} AS `, quoteName(name.text)]);
  const items = [...kept.map((column): Code => [column.code, " AS ", quoteName(column.name)]), ...rowItems];
  const filter = unpivot.values.map((name): Code => `${row}.${quoteName(name.text)} IS NOT NULL`);
  const where: Code = unpivot.includesNulls ? [] : [newLine, "WHERE ", joinCode(filter, " OR ")];
  const query: Code = [
    ["SELECT ", joinCode(items, ", "), newLine, "FROM ", from, newLine],
    ["CROSS JOIN LATERAL unnest([", list, "]) AS ", quoteName(alias), '("row")', where],
  ];
  const added = names.map((name, index): ScopeColumn => ({
    name: name.text,
    type: types[index] ?? first.label.type,
    code: "",
    sources: arms.flatMap(({ values }) => values[index]?.uses.flatMap((use) => use.column.sources) ?? []),
    owner: scope.owner,
  }));
  const result = [...kept, ...added].map((column): OutputColumn => ({
    name: column.name,
    emitted: column.name,
    type: column.type,
    sources: column.sources,
    isNullable: true,
    constant: undefined,
  }));
  return addRelation(
    { alias: unpivot.alias ?? inheritedAlias(unpivot.input), columns: result, valueType: undefined },
    { context, code: bracketed(query), ownName: undefined },
  );
}

function columnOf(columns: readonly ScopeColumn[], name: Name): ScopeColumn {
  const found = columns.find((column) => column.name.toLowerCase() === name.text.toLowerCase());
  if (found === undefined)
    refuse(
      "unknown-column",
      `UNPIVOT names the column "${name.text}", which its input does not have.`,
      name,
      didYouMean(
        name.text,
        columns.map((column) => column.name),
      ),
    );
  return found;
}

function labelOf(arm: Unpivot["columns"][number], context: Context): Value {
  if (arm.label !== undefined) return context.translation.translateExpression(arm.label, context);
  const text = arm.names.map((name) => name.text).join("_");
  return makeValue({
    code: quoteText(text),
    type: scalar("STRING"),
    place: arm.names[0] ?? { start: 0, end: 0 },
    isNullable: false,
  });
}

function requireSameType(value: Value, type: DataType | undefined, name: Name | undefined): void {
  if (type === undefined || isSameType(value.type, type)) return;
  refuse(
    "set-operation-type",
    `UNPIVOT puts values of types ${typeText(type)} and ${typeText(value.type)} into "${name?.text ?? ""}".`,
    value.place,
    "Cast them to one type first.",
  );
}
