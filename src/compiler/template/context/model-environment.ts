import type { Environment } from "../evaluate/evaluation.ts";
import { bindMacro } from "../render-template.ts";
import type { MacroDefinition } from "../syntax.ts";
import type { Value } from "../values/value.ts";
import { configObject } from "./config-object.ts";
import { envVarFunction, targetObject, varObject } from "./input-functions.ts";
import { exceptionsObject, logFunction, printFunction } from "./message-functions.ts";
import type { ModelScope } from "./model-scope.ts";
import { isIncrementalFunction, refFunction, sourceFunction } from "./reference-functions.ts";
import { relationValue } from "./relation-value.ts";

/** A macro of the project, with the id by which artifacts know it. */
export interface ProjectMacro {
  readonly uniqueId: string;
  readonly definition: MacroDefinition;
}

/** The macros of a project by name. */
export type ProjectMacros = ReadonlyMap<string, ProjectMacro>;

function contextValues(scope: ModelScope): Readonly<Record<string, Value>> {
  return {
    ref: refFunction(scope),
    source: sourceFunction(scope),
    config: configObject(scope),
    this: relationValue(scope.relation, scope.dialect),
    is_incremental: isIncrementalFunction(scope),
    var: varObject(scope),
    env_var: envVarFunction(scope),
    target: targetObject(scope),
    log: logFunction(scope),
    print: printFunction(scope),
    exceptions: exceptionsObject(scope),
    execute: true,
    database: scope.relation.database,
    schema: scope.relation.schema,
    project_name: scope.settings.name,
  };
}

/** What the template of a model, or of a test, sees: the context functions, over them the project's macros. */
export function modelEnvironment(scope: ModelScope, macros: ProjectMacros): Environment {
  const context = contextValues(scope);
  const bound = new Map<string, Value>();
  const environment: Environment = {
    find: (name) => {
      const macro = macros.get(name);
      if (macro === undefined) return Object.hasOwn(context, name) ? context[name] : undefined;
      scope.recording.macros.add(macro.uniqueId);
      const value = bound.get(name) ?? bindMacro(macro.definition, environment);
      bound.set(name, value);
      return value;
    },
    names: () => [...Object.keys(context), ...macros.keys()],
    undefinedOutput: "error",
  };
  return environment;
}
