import { callable } from "../call.ts";
import type { Environment } from "../evaluate/evaluation.ts";
import { bindMacro } from "../render-template.ts";
import type { MacroDefinition } from "../syntax.ts";
import type { Value } from "../values/value.ts";
import { configObject } from "./config-object.ts";
import { envVarFunction, targetObject, varObject } from "./input-functions.ts";
import { exceptionsObject, logFunction, printFunction } from "./message-functions.ts";
import type { ModelScope } from "./model-scope.ts";
import type { Recording } from "./recording.ts";
import { isIncrementalFunction, refFunction, sourceFunction } from "./reference-functions.ts";
import { relationValue } from "./relation-value.ts";

/** A macro of the project, with the id by which artifacts know it; without a definition where its file has a fault. */
export interface ProjectMacro {
  readonly uniqueId: string;
  readonly definition: MacroDefinition | undefined;
}

/** The macros of a project by name. */
export type ProjectMacros = ReadonlyMap<string, ProjectMacro>;

/** Whether the project itself has a macro of this name. */
export function definesMacro(macros: ProjectMacros, name: string): boolean {
  return macros.get(name)?.definition !== undefined;
}

/** Whether what was evaluated went wrong for certain, and the reason was told: it used a macro whose file has a fault. */
export function usesBrokenMacro({ macros: used }: Recording, macros: ProjectMacros): boolean {
  return [...macros.values()].some(({ uniqueId, definition }) => definition === undefined && used.has(uniqueId));
}

function macroValue({ definition }: ProjectMacro, name: string, environment: Environment): Value {
  return definition === undefined ? callable(name, () => "") : bindMacro(definition, environment);
}

function contextValues(scope: ModelScope, environment: () => Environment): Readonly<Record<string, Value>> {
  return {
    ref: refFunction(scope),
    source: sourceFunction(scope),
    config: configObject(scope),
    this: relationValue(scope.relation, scope.dialect),
    is_incremental: isIncrementalFunction(scope),
    var: varObject(scope, environment),
    env_var: envVarFunction(scope),
    target: targetObject(scope.settings.target, scope.settings.profileName),
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
  const context = contextValues(scope, () => environment);
  const bound = new Map<string, Value>();
  const environment: Environment = {
    find: (name) => {
      const macro = macros.get(name);
      if (macro === undefined) return Object.hasOwn(context, name) ? context[name] : undefined;
      scope.recording.macros.add(macro.uniqueId);
      const value = bound.get(name) ?? macroValue(macro, name, environment);
      bound.set(name, value);
      return value;
    },
    names: () => [...Object.keys(context), ...macros.keys()],
    undefinedOutput: "error",
  };
  return environment;
}
