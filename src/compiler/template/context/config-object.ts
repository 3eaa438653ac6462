import { isDataMap } from "../../../domain/data.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { fromData, toData } from "../values/convert-data.ts";
import { raise } from "../template-error.ts";
import { isTrue } from "../values/collection.ts";
import { entryOf } from "../values/dict.ts";
import { type HostObject, orElse, textOf, type Value } from "../values/value.ts";
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

/** A config of the author's own, from `meta`. */
function readMeta(scope: ModelScope, key: string): Value | undefined {
  const meta = read(scope, "meta");
  return typeof meta === "object" && meta?.kind === "dict" ? entryOf(meta, key) : undefined;
}

function persistsDocs(scope: ModelScope, key: "relation" | "columns"): boolean {
  const docs = read(scope, "persist_docs");
  const wanted = typeof docs === "object" && docs?.kind === "dict" ? entryOf(docs, key) : undefined;
  return wanted !== undefined && isTrue(wanted);
}

/** `config(…)`, `config.get(key, default)` and `config.require(key)`, and what else dbt's has. */
export function configObject(scope: ModelScope): HostObject {
  const get = callable("config.get", (call) => {
    const bound = bindArguments(call, { required: ["name"], optional: ["default", "validator"] });
    const value = read(scope, keyOf(call, bound.name));
    return value === undefined ? (bound.default ?? null) : value;
  });
  const getMeta = callable("config.meta_get", (call) => {
    const bound = bindArguments(call, { required: ["name"], optional: ["default", "validator"] });
    return orElse(readMeta(scope, keyOf(call, bound.name)), () => bound.default ?? null);
  });
  const needMeta = callable("config.meta_require", (call) => {
    const key = keyOf(call, bindArguments(call, { required: ["name"], optional: ["validator"] }).name);
    if (scope.config === undefined) return "";
    return orElse(readMeta(scope, key), () => raise("config", `The meta of "${scope.resource.name}" has no "${key}".`));
  });
  const set = callable("config.set", (call) => {
    const bound = bindArguments(call, { required: ["name", "value"] });
    scope.recording.config.push({ key: keyOf(call, bound.name), value: toData(bound.value), span: call.span });
    return "";
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
    ...namedAttributes({
      get,
      require: need,
      set,
      meta_get: getMeta,
      meta_require: needMeta,
      persist_relation_docs: callable("config.persist_relation_docs", () => persistsDocs(scope, "relation")),
      persist_column_docs: callable("config.persist_column_docs", () => persistsDocs(scope, "columns")),
    }),
    call: (call) => record(scope, call),
  };
}
