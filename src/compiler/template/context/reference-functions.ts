import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { type CallableValue, textOf, type Value } from "../values/value.ts";
import { toData } from "../values/convert-data.ts";
import { describeType } from "../values/describe-type.ts";
import type { ModelScope } from "./model-scope.ts";

function nameOf(call: Call, value: Value, what: string): string {
  const name = textOf(value);
  if (name !== undefined) return name;
  return raise("reference", `"${call.name}" takes the name of the ${what} as text, found ${describeType(value)}.`);
}

/** The version that `v=` or `version=` names. */
function versionOf(call: Call): string | number | undefined {
  const value = call.named.get("v") ?? call.named.get("version");
  if (value === undefined || value === null) return undefined;
  const data = toData(value);
  if (typeof data === "string" || typeof data === "number") return data;
  return raise("reference", `The version of a model is a number or text, found ${describeType(value)}.`);
}

/** `ref('model')` and `ref('package', 'model')`: the model's relation, and a dependency on it. */
export function refFunction(scope: ModelScope): CallableValue {
  return callable("ref", (call) => {
    const version = versionOf(call);
    const [first, second] = call.positional;
    const others = [...call.named.keys()].filter((name) => name !== "v" && name !== "version");
    if (first === undefined || call.positional.length > 2 || others.length > 0)
      raise("reference", '"ref" takes the name of a model, with its package before it where it has to be told.');
    const reference = {
      packageName: second === undefined ? undefined : nameOf(call, first, "package"),
      name: nameOf(call, second ?? first, "model"),
      ...(version === undefined ? {} : { version }),
      from: scope.resource.packageName,
      span: call.span,
    };
    scope.recording.refs.push(reference);
    return scope.reference(reference);
  });
}

/** `source('source', 'table')`: the table's relation, and a dependency on it. */
export function sourceFunction(scope: ModelScope): CallableValue {
  return callable("source", (call) => {
    const bound = bindArguments(call, { required: ["source_name", "table_name"] });
    const reference = {
      source: nameOf(call, bound.source_name, "source"),
      table: nameOf(call, bound.table_name, "table"),
      from: scope.resource.packageName,
      span: call.span,
    };
    scope.recording.sources.push(reference);
    return scope.source(reference);
  });
}

/** `is_incremental()`: whether the model is rendered to be added to its table (DBT_SEMANTICS §1.1). */
export function isIncrementalFunction(scope: ModelScope): CallableValue {
  return callable("is_incremental", (call) => {
    bindArguments(call, {});
    scope.recording.asksForRunMode = true;
    return scope.mode === "incremental";
  });
}
