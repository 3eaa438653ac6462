import { isDataMap } from "../../../domain/data.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { fromData, toData } from "../values/convert-data.ts";
import { raise } from "../template-error.ts";
import { type HostObject, textOf, type Value } from "../values/value.ts";
import type { ModelScope } from "./model-scope.ts";
import { namedAttributes } from "./named-attributes.ts";

function record(scope: ModelScope, call: Call): Value {
  const [mapping, ...rest] = call.positional;
  const data = mapping === undefined ? {} : toData(mapping);
  if (rest.length > 0 || !isDataMap(data)) raise("config", '"config" takes its values by name, or one dictionary.');
  const named = [...call.named].map(([key, value]) => [key, toData(value)] as const);
  for (const [key, value] of [...Object.entries(data), ...named])
    scope.recording.config.push({ key, value, span: call.span });
  return "";
}

function keyOf(call: Call, value: Value): string {
  return textOf(value) ?? raise("config", `"${call.name}" takes the name of a config as text.`);
}

/** While the config is still being gathered nothing is known of it, as in dbt; then the template is evaluated once more. */
function read({ config, recording }: ModelScope, key: string): Value | undefined {
  recording.asksForConfig = true;
  if (config === undefined) return "";
  const value = Object.hasOwn(config, key) ? config[key] : undefined;
  return value === undefined ? undefined : fromData(value);
}

/** `config(…)`, `config.get(key, default)` and `config.require(key)`. */
export function configObject(scope: ModelScope): HostObject {
  const get = callable("config.get", (call) => {
    const bound = bindArguments(call, { required: ["name"], optional: ["default", "validator"] });
    const value = read(scope, keyOf(call, bound.name));
    return value === undefined ? (bound.default ?? null) : value;
  });
  const need = callable("config.require", (call) => {
    const bound = bindArguments(call, { required: ["name"], optional: ["validator"] });
    const key = keyOf(call, bound.name);
    const value = read(scope, key);
    return value === undefined ? raise("config", `"${scope.resource.name}" has no config "${key}".`) : value;
  });
  return {
    kind: "object",
    typeName: "config",
    print: () => "",
    ...namedAttributes({ get, require: need }),
    call: (call) => record(scope, call),
  };
}
