import { type CallArguments, noArguments } from "../call.ts";
import type { Arguments, Expression } from "../syntax.ts";
import { raise } from "../template-error.ts";
import { itemsOf } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { textOf, type Value } from "../values/value.ts";

/** The arguments of a call in the order in which Python evaluates them, `*` and `**` spread out. */
export function evaluateArguments(from: Arguments, evaluate: (node: Expression) => Value): CallArguments {
  const { positional, named, spread, spreadNamed } = from;
  if (named.length === 0 && spread === undefined && spreadNamed === undefined)
    return positional.length === 0 ? noArguments : { positional: positional.map(evaluate), named: noArguments.named };
  const values = positional.map(evaluate);
  const byName = new Map<string, Value>();
  for (const { name, nameSpan, value } of named) {
    if (byName.has(name)) raise("duplicate-argument", `The argument "${name}" stands here twice.`, { span: nameSpan });
    byName.set(name, evaluate(value));
  }
  if (spread !== undefined) values.push(...spreadItems(evaluate(spread), spread));
  if (spreadNamed !== undefined)
    for (const [name, value] of spreadEntries(evaluate(spreadNamed), spreadNamed)) {
      if (byName.has(name))
        raise("duplicate-argument", `The argument "${name}" stands here twice.`, { span: spreadNamed.span });
      byName.set(name, value);
    }
  return { positional: values, named: byName };
}

function spreadItems(value: Value, node: Expression): Iterable<Value> {
  return (
    itemsOf(value) ?? raise("template-type", `"*" spreads a list, found ${describeType(value)}.`, { span: node.span })
  );
}

function spreadEntries(value: Value, node: Expression): readonly (readonly [string, Value])[] {
  if (typeof value !== "object" || value?.kind !== "dict")
    return raise("template-type", `"**" spreads a dictionary, found ${describeType(value)}.`, { span: node.span });
  return [...value.entries.values()].map(({ key, value: item }) => {
    const name = textOf(key);
    return name === undefined
      ? raise("template-type", `"**" needs keys that are texts, found ${describeType(key)}.`, { span: node.span })
      : ([name, item] as const);
  });
}
