import type { DocBlock } from "../../../domain/exposure.ts";
import type { Inputs, Settings, Target } from "../../../domain/settings.ts";
import type { Environment } from "../evaluate/evaluation.ts";
import type { Value } from "../values/value.ts";
import { docFunction } from "./doc-function.ts";
import { envVarFunction, targetObject, varObject } from "./input-functions.ts";
import type { VarScope } from "./model-scope.ts";

/** The environment of a YAML value: what comes from outside, and some names more. */
function yamlEnvironment(scope: VarScope, more: Readonly<Record<string, Value>>): Environment {
  const values: Readonly<Record<string, Value>> = {
    env_var: envVarFunction(scope),
    var: varObject(scope, () => environment),
    ...more,
  };
  const environment: Environment = {
    find: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    names: () => Object.keys(values),
    undefinedOutput: "error",
  };
  return environment;
}

function outside(inputs: Inputs): VarScope {
  return { settings: { vars: {} }, inputs, resource: { packageName: "" } };
}

/** What templates in profiles, and in the targets of the project file, see: `env_var`, secrets too, and the vars of the command line. */
export function inputEnvironment(inputs: Inputs): Environment {
  return yamlEnvironment(outside(inputs), { env_var: envVarFunction(outside(inputs), "shown") });
}

/** What templates in the rest of the project file see: the target too. */
export function targetEnvironment(
  target: Target,
  { inputs, profileName }: { readonly inputs: Inputs; readonly profileName: string | undefined },
): Environment {
  return yamlEnvironment(outside(inputs), { target: targetObject(target, profileName) });
}

/** What templates in property files see: all vars, the environment, the target. */
export function settingsEnvironment(
  settings: Settings,
  inputs: Inputs,
  { docs }: { readonly docs: readonly DocBlock[] } = { docs: [] },
): Environment {
  const scope: VarScope = { settings, inputs, resource: { packageName: settings.name } };
  return yamlEnvironment(scope, {
    target: targetObject(settings.target, settings.profileName),
    project_name: settings.name,
    doc: docFunction(docs, { packageName: settings.name, root: settings.name }),
  });
}
