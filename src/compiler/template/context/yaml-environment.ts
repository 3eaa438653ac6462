import type { Inputs, Settings } from "../../../domain/settings.ts";
import type { Environment } from "../evaluate/evaluation.ts";
import type { Value } from "../values/value.ts";
import { envVarFunction, targetObject, varObject } from "./input-functions.ts";

function environmentOf(values: Readonly<Record<string, Value>>): Environment {
  return {
    find: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    names: () => Object.keys(values),
    undefinedOutput: "error",
  };
}

/** What templates in the project file see: what comes from outside, for the rest is not known yet. */
export function inputEnvironment(inputs: Inputs): Environment {
  return environmentOf({
    env_var: envVarFunction({ inputs }),
    var: varObject({ settings: { vars: {} }, inputs, resource: { packageName: "" } }),
  });
}

/** What templates in property files see: vars, the environment, the target. */
export function settingsEnvironment(settings: Settings, inputs: Inputs): Environment {
  return environmentOf({
    env_var: envVarFunction({ inputs }),
    var: varObject({ settings, inputs, resource: { packageName: settings.name } }),
    target: targetObject({ settings }),
    project_name: settings.name,
  });
}
