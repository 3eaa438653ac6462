import { type Diagnostic, error } from "../../../domain/diagnostic.ts";
import type { Span } from "../../../domain/source-file.ts";
import { didYouMean } from "../../nearest-name.ts";
import { bindPositions } from "../bind-arguments.ts";
import type { Call } from "../call.ts";
import { type Method, type MethodTable, raiseArgument } from "../methods/method.ts";
import { TemplateError } from "../template-error.ts";
import { isTrue } from "../values/collection.ts";
import { isHashable } from "../values/dict.ts";
import { textOf, type Value } from "../values/value.ts";
import { listFilters } from "./list-filters.ts";
import { makeMapFilters } from "./map-filters.ts";
import { orderFilters } from "./order-filters.ts";
import { textFilters } from "./text-filters.ts";
import { valueFilters } from "./value-filters.ts";
import { valueTests } from "./value-tests.ts";

const filters: MethodTable<Value> = new Map<string, Method<Value>>([
  ...textFilters,
  ...listFilters,
  ...orderFilters,
  ...valueFilters,
  ...makeMapFilters({ filter: applyFilter, test: applyTest }),
]);

const tests: MethodTable<Value> = new Map<string, Method<Value>>([
  ...valueTests,
  ["filter", isKnown(() => filters)],
  ["test", isKnown(() => tests)],
]);

function isKnown(table: () => MethodTable<Value>): Method<Value> {
  return {
    parameters: [],
    run: (value, _args, call) => {
      if (!isHashable(value)) raiseArgument(value, "a name", call);
      return table().has(textOf(value) ?? "");
    },
  };
}

/** The value through the filter of that name. */
export function applyFilter(name: string, target: Value, call: Omit<Call, "name">): Value {
  return apply({ kind: "filter", name, table: filters }, target, call);
}

/** Whether the value passes the test of that name. */
export function applyTest(name: string, target: Value, call: Omit<Call, "name">): boolean {
  return isTrue(apply({ kind: "test", name, table: tests }, target, call));
}

function apply(
  by: { readonly kind: "filter" | "test"; readonly name: string; readonly table: MethodTable<Value> },
  target: Value,
  call: Omit<Call, "name">,
): Value {
  const found = by.table.get(by.name);
  if (found === undefined) throw new TemplateError(unknown(by, call.span));
  const named = { ...call, name: by.name };
  const { parameters } = found;
  return found.run(target, parameters === "any" ? call.positional : bindPositions(named, parameters), named);
}

function unknown(
  by: { readonly kind: "filter" | "test"; readonly name: string; readonly table: MethodTable<Value> },
  span: Span,
): Diagnostic {
  return error(`unknown-${by.kind}`, `There is no ${by.kind} "${by.name}".`, {
    span,
    hint: didYouMean(by.name, by.table.keys()),
  });
}

/** The diagnostic for a filter or test that does not exist, or JS `undefined` if it does. */
export function unknownFilter(kind: "filter" | "test", name: string, span: Span): Diagnostic | undefined {
  const table = kind === "filter" ? filters : tests;
  return table.has(name) ? undefined : unknown({ kind, name, table }, span);
}
