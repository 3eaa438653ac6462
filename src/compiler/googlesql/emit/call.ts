import type { Code } from "../code.ts";
import { placed } from "../code.ts";
import type { FunctionEntry, Modifier } from "../functions/function-table.ts";
import { signaturesOf } from "../functions/function-table.ts";
import { findFunction, suggestFunction } from "../functions/registry.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { chooseSignature } from "../signature/choose.ts";
import { type CallFrame, fillTemplate } from "../signature/template.ts";
import type { Call } from "../syntax.ts";
import { typeText } from "../type/data-type.ts";
import { makeValue, settle, type Value } from "../value.ts";
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
  const value = entry.kind === "special" ? entry.translate(call, context) : applyLines(call, entry, context);
  return call.isSafe ? safely(value) : value;
}

function refuseUnknownFunction(call: Call): never {
  const { hint, isKnown } = suggestFunction(call.name);
  if (isKnown) refuseUnsupported(`The function ${call.name}`, call.namePlace, hint);
  refuse("unknown-function", `There is no function ${call.name}.`, call.namePlace, hint);
}

/** `SAFE.f(x)`: NULL where the function fails. */
export function safely(value: Value): Value {
  if (value.hasAggregate) refuseUnsupported("SAFE. before an aggregate function", value.place);
  return { ...value, code: ["TRY(", value.code, ")"], isCompound: false, isNullable: true };
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
export function applyLines(
  call: Call,
  entry: Exclude<FunctionEntry, { readonly kind: "special" }>,
  context: Context,
): Value {
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
  chosen.arguments.forEach((argument, index) => {
    if (argument.isVolatile && template.isRepeated(index)) refuseVolatile(argument.place);
  });
  const place = { start: call.start, end: call.end };
  const frame = entry.kind === "scalar" ? undefined : callFrame(call, chosen.arguments, context);
  const code = placed(call.namePlace, fillTemplate(template, chosen.arguments, frame));
  const value = makeValue(
    { code, isCompound: template.isCompound, type: chosen.type, place, isNullable },
    chosen.arguments,
  );
  return entry.kind === "scalar" ? value : overRows(call, value, context);
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
  if (call.over === undefined) return { ...settle(value, context.scope.owner), hasAggregate: true };
  return { ...value, hasWindow: true };
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
