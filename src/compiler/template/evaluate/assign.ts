import type { Target } from "../syntax.ts";
import { raise } from "../template-error.ts";
import { itemsOf } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import type { Value } from "../values/value.ts";
import type { Frame } from "./evaluation.ts";
import { findName } from "./frame.ts";

/** Gives a variable of this block, several at once, or an attribute of a namespace its value. */
export function assign(target: Target, value: Value, frame: Frame): void {
  switch (target.kind) {
    case "name":
      frame.names.set(target.name, value);
      return;
    case "targets":
      assignAll(target, value, frame);
      return;
    case "namespace-attribute": {
      const name = { kind: "name", name: target.namespace, span: target.span } as const;
      const namespace = findName(name, frame);
      if (typeof namespace !== "object" || namespace?.kind !== "namespace")
        raise("template-type", `Only the attributes of a namespace can be set, found ${describeType(namespace)}.`, {
          span: target.span,
          hint: `Write "{% set ${target.namespace} = namespace(${target.name}=…) %}" first.`,
        });
      namespace.attributes.set(target.name, value);
    }
  }
}

function assignAll(target: Extract<Target, { readonly kind: "targets" }>, value: Value, frame: Frame): void {
  const items = itemsOf(value);
  const wanted = target.targets.length;
  if (items === undefined)
    return raise("template-type", `Expected ${wanted} values to assign, found ${describeType(value)}.`, {
      span: target.span,
    });
  const values = [...items];
  if (values.length !== wanted)
    raise("template-type", `Expected ${wanted} values to assign, found ${values.length}.`, { span: target.span });
  target.targets.forEach((each, index) => {
    assign(each, values[index] ?? null, frame);
  });
}
