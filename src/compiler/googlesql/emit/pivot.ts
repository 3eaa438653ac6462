import { bracketed, type Code, joinCode, newLine, quoteName } from "../code.ts";
import { dateText } from "../calendar/civil.ts";
import { parseDate } from "../calendar/parse-civil.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { columnValue } from "../scope/resolve.ts";
import { openScope, type OutputColumn, type Scope } from "../scope/scope.ts";
import type { Expression, FromItem, Name } from "../syntax.ts";
import { type ColumnUse, operandCode, type Value } from "../value.ts";
import { alignOperands } from "./comparison.ts";
import { type Context, placeIn } from "./context.ts";
import { addRelation, columnsSince } from "./from.ts";
import type { FromSetting } from "./join.ts";

type Pivot = Extract<FromItem, { readonly kind: "pivot" }>;

/** Translates PIVOT: aggregates over the rows of each value, grouped by the columns that PIVOT does not use. */
export function translatePivot(pivot: Pivot, { context, translateFrom }: FromSetting): Code {
  const scope: Scope = { ...openScope(context.scope.parent), outerReads: context.scope.outerReads };
  const inner: Context = { ...context, scope, clause: "PIVOT", allows: { aggregates: false, windows: false } };
  const from = translateFrom(pivot.input, inner);
  const columns = columnsSince(scope, 0);
  const by = context.translation.translateExpression(pivot.by, inner);
  const values = pivot.values.map((item) => pivotValue(item, by, inner));
  if (pivot.aggregates.length > 1 && pivot.aggregates.some((aggregate) => aggregate.alias === undefined))
    refuse("syntax-error", "PIVOT with several aggregates needs an alias for each.", placeIn(pivot.by));
  const used = new Set(by.uses.map((use) => use.column));
  const outputs = values.flatMap(({ name, condition }) =>
    pivot.aggregates.map(({ value, alias }) => {
      const aggregate = aggregateValue(value, {
        ...inner,
        filter: condition,
        allows: { aggregates: true, windows: false },
      });
      for (const use of [...aggregate.uses, ...orderUses(value, inner)]) used.add(use.column);
      return { value: aggregate, name: alias === undefined ? name : `${alias.text}_${name}` };
    }),
  );
  const groups = columns.filter((column) => !used.has(column)).map((column) => columnValue(column, placeIn(pivot.by)));
  const items = [...groups.map((value) => ({ value, name: value.name ?? "" })), ...outputs];
  const list = items.map(({ value, name }): Code => [value.code, " AS ", quoteName(name)]);
  const grouping =
    groups.length === 0
      ? []
      : [
          newLine,
          "GROUP BY ",
          joinCode(
            groups.map((_, index) => String(index + 1)),
            ", ",
          ),
        ];
  const query: Code = ["SELECT ", joinCode(list, ", "), newLine, "FROM ", from, grouping];
  const result = items.map(({ value, name }): OutputColumn => ({
    name,
    emitted: name,
    type: value.type,
    sources: value.uses.flatMap((use) => use.column.sources),
    isNullable: true,
    constant: undefined,
  }));
  const alias = pivot.alias ?? inheritedAlias(pivot.input);
  return addRelation(
    { alias, columns: result, valueType: undefined },
    { context, code: bracketed(query), ownName: undefined },
  );
}

/** Without an alias of its own the result keeps the name of what it was made of. */
export function inheritedAlias(input: FromItem): Name | undefined {
  if (input.kind === "join") return undefined;
  return input.alias ?? (input.kind === "table" ? input.path.at(-1) : undefined);
}

function aggregateValue(expression: Expression, context: Context): Value {
  const value = context.translation.translateExpression(expression, context);
  if (!value.hasAggregate || expression.kind !== "call")
    refuse("syntax-error", "PIVOT takes aggregate functions.", expression);
  return value;
}

function orderUses(aggregate: Expression, context: Context): readonly ColumnUse[] {
  if (aggregate.kind !== "call") return [];
  return aggregate.orderBy.flatMap((item) => context.translation.translateExpression(item.value, context).uses);
}

function pivotValue(
  item: Pivot["values"][number],
  by: Value,
  context: Context,
): { readonly name: string; readonly condition: Code } {
  const value = context.translation.translateExpression(item.value, context);
  if (value.uses.length > 0) refuse("argument-type", "A value of PIVOT must be a constant.", item.value);
  const [left, right] = alignOperands("PIVOT", [by, value]);
  if (left === undefined || right === undefined) throw new Error("PIVOT compares two values.");
  const condition: Code = [operandCode(left), " IS NOT DISTINCT FROM ", operandCode(right)];
  return { name: item.alias?.text ?? valueName(item.value), condition };
}

/** The name that GoogleSQL makes of a value without an alias. */
function valueName(value: Expression): string {
  switch (value.kind) {
    case "null":
      return "NULL";
    case "boolean":
      return value.value ? "TRUE" : "FALSE";
    case "unary":
      if (value.operator === "-" && value.operand.kind === "literal")
        return `minus_${valueName(value.operand).replace(/^_/u, "")}`;
      break;
    case "literal":
      switch (value.type) {
        case "STRING":
          return value.text;
        case "INT64":
        case "NUMERIC":
        case "BIGNUMERIC":
          return `_${value.text.replace(".", "_point_")}`.replace(/^_-/u, "minus_");
        case "DATE": {
          const days = parseDate(value.text);
          if (days !== undefined) return `_${dateText(days).replaceAll("-", "_")}`;
          break;
        }
        default:
          break;
      }
      break;
    default:
      break;
  }
  refuseUnsupported("This value of PIVOT without an alias", value, "Give it an alias: value AS name.");
}
