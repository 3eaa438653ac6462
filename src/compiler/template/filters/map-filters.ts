import { didYouMean } from "../../nearest-name.ts";
import type { Call } from "../call.ts";
import { type Method, method, type MethodTable, textArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { arrayOf, isTrue } from "../values/collection.ts";
import { iterator, type Value } from "../values/value.ts";
import { attributePath } from "./attribute-path.ts";

/** How these filters apply other filters and tests by name. */
export interface Appliers {
  readonly filter: (name: string, target: Value, call: Omit<Call, "name">) => Value;
  readonly test: (name: string, target: Value, call: Omit<Call, "name">) => boolean;
}

function mapper(call: Call, apply: Appliers["filter"]): (item: Value) => Value {
  const attribute = call.named.get("attribute");
  if (call.positional.length === 0 && attribute !== undefined) {
    for (const name of call.named.keys())
      if (name !== "attribute" && name !== "default")
        raise("unknown-argument", `"map" takes no argument "${name}".`, {
          hint: didYouMean(name, ["attribute", "default"]),
        });
    return attributePath(attribute, call, call.named.get("default"));
  }
  const [name, ...positional] = call.positional;
  if (name === undefined) return raise("missing-argument", '"map" needs the name of a filter or an attribute.');
  const filter = textArgument(name, call);
  return (item) => apply(filter, item, { ...call, positional });
}

function tester(call: Call, from: number, apply: Appliers["test"]): (item: Value) => boolean {
  const name = call.positional[from];
  if (name === undefined) return isTrue;
  const test = textArgument(name, call);
  const positional = call.positional.slice(from + 1);
  return (item) => apply(test, item, { ...call, positional });
}

/** `select`, `reject` and their variants that look at an attribute of each item. */
function selecting(
  keeps: boolean,
  by: { readonly looksAt: "item" | "attribute"; readonly apply: Appliers["test"] },
): Method<Value> {
  return method("any", (target, _args, call) => {
    const [attribute] = call.positional;
    if (by.looksAt === "attribute" && attribute === undefined)
      raise("missing-argument", `"${call.name}" needs the name of an attribute.`);
    const pathOf = attributePath(by.looksAt === "attribute" ? (attribute ?? null) : null, call);
    const passes = tester(call, by.looksAt === "attribute" ? 1 : 0, by.apply);
    const kept = isTrue(target) ? arrayOf(target).filter((item) => passes(pathOf(item)) === keeps) : [];
    return iterator("generator object select_or_reject", kept);
  });
}

/** Jinja's filters that apply a filter or a test to every item. */
export function makeMapFilters(apply: Appliers): MethodTable<Value> {
  return new Map<string, Method<Value>>([
    [
      "map",
      method("any", (target, _args, call) =>
        iterator("generator object sync_do_map", isTrue(target) ? arrayOf(target).map(mapper(call, apply.filter)) : []),
      ),
    ],
    ["select", selecting(true, { looksAt: "item", apply: apply.test })],
    ["reject", selecting(false, { looksAt: "item", apply: apply.test })],
    ["selectattr", selecting(true, { looksAt: "attribute", apply: apply.test })],
    ["rejectattr", selecting(false, { looksAt: "attribute", apply: apply.test })],
  ]);
}
