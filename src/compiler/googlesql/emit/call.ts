import type { Code } from "../code.ts";
import { placed } from "../code.ts";
import type { FunctionEntry, Modifier, TableEntry } from "../functions/function-table.ts";
import { signaturesOf } from "../functions/function-table.ts";
import { findFunction, suggestFunction } from "../functions/registry.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { type Scope, scopesFrom } from "../scope/scope.ts";
import { chooseSignature } from "../signature/choose.ts";
import { type CallFrame, fillTemplate } from "../signature/template.ts";
import type { Call, Expression } from "../syntax.ts";
import { typeText } from "../type/data-type.ts";
import { makeValue, settle, type Value } from "../value.ts";
import { attemptOver, bindOnce } from "../value-binding.ts";
import type { Context } from "./context.ts";
import { refuseVolatile } from "./operators.ts";
import { orderCode } from "./order-by.ts";
import { translateUserCall } from "./user-function.ts";
import { windowCode } from "./window.ts";

/** Translates a call of a function. */
export function translateCall(call: Call, context: Context): Value {
  const definition = context.translation.functions.get(call.name);
  if (definition !== undefined) return translateUserCall(call, definition, context);
  const entry = findFunction(call.name);
  if (entry === undefined) refuseUnknownFunction(call);
  checkModifiers(call, entry);
  const translate = (inner: Context): Value =>
    entry.kind === "special" ? entry.translate(call, inner) : applyLines(call, entry, inner);
  const isScalar = entry.kind === "special" ? !entry.isAggregate : entry.kind === "scalar";
  if (!isScalar) {
    if (call.isSafe) refuseUnsupported("SAFE. before an aggregate or window function", call.namePlace);
    return translate(context);
  }
  return call.isSafe || entry.kind === "special" ? translateOverOnce(call, context, translate) : translate(context);
}

/**
 * Translates a call whose arguments must be evaluated before it: because SAFE covers the function and not them, or
 * because one gives something else each time while the function's SQL may name it twice.
 */
function translateOverOnce(call: Call, context: Context, translate: (inner: Context) => Value): Value {
  const given = new Map<Expression, Value>();
  const { translation } = context;
  const isArgument = new Set(call.arguments.map(({ value }) => value));
  const withArguments = (translateArgument: (expression: Expression, inner: Context) => Value): Context => ({
    ...context,
    translation: {
      ...translation,
      translateExpression: (expression, inner) =>
        isArgument.has(expression)
          ? translateArgument(expression, inner)
          : translation.translateExpression(expression, inner),
    },
  });
  const direct = translate(
    withArguments((expression, inner) => {
      const value = given.get(expression) ?? translation.translateExpression(expression, inner);
      given.set(expression, value);
      return value;
    }),
  );
  const expressions = [...given.keys()];
  const values = [...given.values()];
  const isSteady = !values.some((value) => value.isVolatile);
  if (isSteady && !call.isSafe) return direct;
  const rebuild = (standIns: readonly Value[]): Value =>
    standIns.every((standIn, index) => standIn === values[index])
      ? direct
      : translate(
          withArguments((expression, inner) => {
            const standIn = standIns[expressions.indexOf(expression)];
            return standIn ?? translation.translateExpression(expression, inner);
          }),
        );
  return call.isSafe ? attemptOver(values, rebuild) : bindOnce(values, rebuild);
}

function refuseUnknownFunction(call: Call): never {
  const { hint, isKnown } = suggestFunction(call.name);
  if (isKnown) refuseUnsupported(`The function ${call.name}`, call.namePlace, hint);
  refuse("unknown-function", `There is no function ${call.name}.`, call.namePlace, hint);
}

const modifierTexts: Readonly<Record<Modifier, string>> = {
  distinct: "DISTINCT",
  "order by": "ORDER BY",
  limit: "LIMIT",
  "ignore nulls": "IGNORE NULLS",
  "respect nulls": "RESPECT NULLS",
  having: "HAVING",
  over: "OVER",
};

function modifiersOf(call: Call): readonly Modifier[] {
  return [
    ...(call.isDistinct ? (["distinct"] as const) : []),
    ...(call.orderBy.length > 0 ? (["order by"] as const) : []),
    ...(call.limit === undefined ? [] : (["limit"] as const)),
    ...(call.nulls === undefined ? [] : ([`${call.nulls} nulls`] as const)),
    ...(call.having === undefined ? [] : (["having"] as const)),
    ...(call.over === undefined ? [] : (["over"] as const)),
  ];
}

function checkModifiers(call: Call, entry: FunctionEntry): void {
  for (const modifier of modifiersOf(call))
    if (!entry.modifiers.has(modifier))
      refuseUnsupported(`${modifierTexts[modifier]} with ${call.name}`, call.namePlace);
  if (entry.kind === "window" && call.over === undefined)
    refuse("argument-count", `${call.name} needs OVER (…).`, call.namePlace);
  if (call.over !== undefined && call.orderBy.length > 0)
    refuse(
      "syntax-error",
      `${call.name} cannot have ORDER BY in its brackets beside OVER.`,
      call.namePlace,
      "Order the window.",
    );
}

/** Translates the arguments of a call by the lines of a table. */
export function applyLines(call: Call, entry: TableEntry, context: Context): Value {
  if (call.hasStar) refuse("argument-count", `${call.name} does not take "*".`, call.namePlace);
  const inner = entry.kind === "aggregate" ? aggregateContext(call, context) : context;
  const values = call.arguments.map(({ name, value }) => ({
    name,
    value: context.translation.translateExpression(value, inner),
  }));
  const chosen = chooseSignature(
    { shown: call.name, place: call.namePlace, arguments: values },
    signaturesOf(entry.lines),
  );
  const { template, isNullable } = chosen.signature;
  if (template === undefined)
    refuseUnsupported(
      `${call.name} of ${chosen.arguments.map((argument) => typeText(argument.type)).join(", ")}`,
      call.namePlace,
    );
  const isRepeated = chosen.arguments.some((argument, index) => argument.isVolatile && template.isRepeated(index));
  const place = { start: call.start, end: call.end };
  const fill = (args: readonly Value[], frame?: CallFrame): Value => {
    const code = placed(call.namePlace, fillTemplate(template, args, frame));
    const { isCompound } = template;
    return makeValue({ code, isCompound, type: chosen.type, place, isNullable, isVolatile: entry.isVolatile }, args);
  };
  if (entry.kind === "scalar") {
    if (template.isAttempt) return attemptOver(chosen.arguments, fill);
    return isRepeated ? bindOnce(chosen.arguments, fill) : fill(chosen.arguments);
  }
  if (isRepeated) refuseVolatile(call.namePlace);
  return overRows(call, fill(chosen.arguments, callFrame(call, chosen.arguments, context)), context);
}

/** Where the arguments of an aggregate function stand: inside, no other aggregate may be taken. */
export function aggregateContext(call: Call, context: Context): Context {
  const shown = call.over === undefined ? call.name : `${call.name} OVER`;
  if (call.over === undefined && !context.allows.aggregates)
    refuse(
      "aggregate-not-allowed",
      `The aggregate function ${call.name} is not allowed in ${context.clause}.`,
      call.namePlace,
      context.clause === "WHERE" ? "Filter groups with HAVING." : undefined,
    );
  const aggregates = call.over !== undefined && context.allows.aggregates;
  return { ...context, clause: `an argument of ${shown}`, allows: { aggregates, windows: false } };
}

/** What a value is that an aggregate or window function took over several rows. */
export function overRows(call: Call, value: Value, context: Context): Value {
  if (call.over === undefined) {
    refuseOuterAggregate(call, value, context.scope);
    return { ...settle(value, context.scope.owner), hasAggregate: true };
  }
  return { ...value, hasWindow: true };
}

/** An aggregate of nothing but an outer query's columns is one of the outer query to DuckDB, and of the inner to GoogleSQL. */
function refuseOuterAggregate(call: Call, value: Value, scope: Scope): void {
  if (value.uses.some((use) => use.column.owner === scope.owner)) return;
  const outer = new Set([...scopesFrom(scope)].map((at) => at.owner));
  if (value.uses.some((use) => outer.has(use.column.owner)))
    refuseUnsupported(
      `${call.name} over columns of an outer query alone`,
      call.namePlace,
      "Select the column in a subquery of this FROM first.",
    );
}

/** The DISTINCT, ORDER BY, FILTER and OVER of a call. */
export function callFrame(call: Call, args: readonly Value[], context: Context): CallFrame {
  const [first] = args;
  const ignoresNulls = call.nulls === "ignore" && first !== undefined;
  const isWindowOnly = findFunction(call.name)?.kind === "window";
  const filters: readonly Code[] = [
    ...(context.filter === undefined ? [] : [context.filter]),
    ...(ignoresNulls && !isWindowOnly ? [[first.code, " IS NOT NULL"]] : []),
  ];
  const inner = aggregateContext(call, context);
  return {
    isDistinct: call.isDistinct,
    orderBy: call.orderBy.length === 0 ? undefined : orderCode(call.orderBy, inner),
    filter:
      filters.length === 0
        ? undefined
        : filters.flatMap((filter, index) => (index === 0 ? [filter] : [" AND ", filter])),
    nulls: ignoresNulls && isWindowOnly ? "IGNORE NULLS" : undefined,
    over: call.over === undefined ? undefined : windowCode(call.over, context),
  };
}
