import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import { nearestName } from "../../nearest-name.ts";
import { fromData } from "../values/convert-data.ts";
import { raise } from "../template-error.ts";
import { type CallableValue, type HostObject, textOf } from "../values/value.ts";
import { type ModelScope, scopedVars, type VarScope } from "./model-scope.ts";

/** `var('name', default)` and `var.has_var('name')`. */
export function varObject(scope: VarScope): HostObject {
  const vars = scopedVars(scope);
  const hasVar = callable("var.has_var", (call) => {
    const name = textOf(bindArguments(call, { required: ["name"] }).name);
    return name !== undefined && Object.hasOwn(vars, name);
  });
  return {
    kind: "object",
    typeName: "var",
    print: () => "",
    attribute: (name) => (name === "has_var" ? hasVar : undefined),
    attributeNames: () => ["has_var"],
    call: (call) => {
      const bound = bindArguments({ ...call, name: "var" }, { required: ["name"], optional: ["default"] });
      const name = textOf(bound.name) ?? raise("unknown-var", '"var" takes the name of a variable as text.');
      const value = Object.hasOwn(vars, name) ? vars[name] : undefined;
      if (value !== undefined) return fromData(value);
      if (bound.default !== undefined) return bound.default;
      const near = nearestName(name, Object.keys(vars));
      return raise("unknown-var", `The variable "${name}" has no value.`, {
        hint:
          near === undefined
            ? `Give it one under "vars" in the project file, by --vars '{"${name}": …}', or as the default of var().`
            : `Did you mean "${near}"?`,
      });
    },
  };
}

/** `env_var('NAME', 'default')`. */
export function envVarFunction({ inputs }: Pick<ModelScope, "inputs">): CallableValue {
  return callable("env_var", (call) => {
    const bound = bindArguments(call, { required: ["name"], optional: ["default"] });
    const name = textOf(bound.name) ?? raise("unknown-env-var", '"env_var" takes the name of a variable as text.');
    const value = inputs.environment[name];
    if (value !== undefined) return value;
    if (bound.default !== undefined && bound.default !== null) return bound.default;
    return raise("unknown-env-var", `The environment variable "${name}" is not set.`, {
      hint: `Set it, or give a default: env_var('${name}', '…').`,
    });
  });
}

/** `target`: where the project runs. */
export function targetObject({ settings }: Pick<ModelScope, "settings">): HostObject {
  const { target } = settings;
  const attributes: Readonly<Record<string, string | number>> = {
    name: target.name,
    target_name: target.name,
    type: target.type,
    schema: target.schema,
    dataset: target.schema,
    database: target.database,
    project: target.database,
    path: target.path,
    threads: target.threads,
    profile_name: settings.name,
  };
  return {
    kind: "object",
    typeName: "the target",
    print: () => target.name,
    attribute: (name) => attributes[name],
    attributeNames: () => Object.keys(attributes),
    item: (key) => attributes[textOf(key) ?? ""],
  };
}
