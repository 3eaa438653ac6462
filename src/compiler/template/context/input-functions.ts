import type { Data } from "../../../domain/data.ts";
import type { Target } from "../../../domain/settings.ts";
import { didYouMean } from "../../nearest-name.ts";
import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import type { Environment } from "../evaluate/evaluation.ts";
import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { raise, TemplateError } from "../template-error.ts";
import { fromData } from "../values/convert-data.ts";
import { type CallableValue, type HostObject, orElse, textOf, type Value } from "../values/value.ts";
import { namedAttributes } from "./named-attributes.ts";
import { type ModelScope, scopedVars, type VarScope } from "./model-scope.ts";

/** A var's text may be a template itself; it is rendered where the var is asked for, as in dbt. */
function renderVar(name: string, value: Data, environment: Environment): Value {
  if (typeof value !== "string" || !/\{[{%#]/u.test(value)) return fromData(value);
  const parsed = parseTemplate({ path: `var ${name}`, text: value });
  const rendered = parsed.ok ? renderTemplate(parsed.value, environment) : parsed;
  if (rendered.ok) return rendered.value.text;
  const [first] = rendered.diagnostics;
  if (first === undefined) throw new Error("a template that cannot be rendered says why");
  throw new TemplateError({ ...first, span: undefined, related: undefined });
}

/** `var('name', default)` and `var.has_var('name')`. */
export function varObject(scope: VarScope, environment: () => Environment): HostObject {
  const vars = scopedVars(scope);
  const rendering = new Set<string>();
  const hasVar = callable("var.has_var", (call) => {
    const name = textOf(bindArguments(call, { required: ["name"] }).name);
    return name !== undefined && vars.has(name);
  });
  return {
    kind: "object",
    typeName: "var",
    print: () => "",
    ...namedAttributes({ has_var: hasVar }),
    call: (call) => {
      const bound = bindArguments({ ...call, name: "var" }, { required: ["name"], optional: ["default"] });
      const name = textOf(bound.name) ?? raise("unknown-var", '"var" takes the name of a variable as text.');
      const value = vars.get(name);
      if (value !== undefined) {
        if (rendering.has(name))
          raise("var-cycle", `The value of the variable "${name}" asks for the variable itself.`);
        rendering.add(name);
        try {
          return renderVar(name, value, environment());
        } finally {
          rendering.delete(name);
        }
      }
      if (bound.default !== undefined) return bound.default;
      return raise("unknown-var", `The variable "${name}" has no value.`, {
        hint:
          didYouMean(name, vars.keys()) ??
          `Give it one under "vars" in the project file, by --vars '{"${name}": …}', or as the default of var().`,
      });
    },
  };
}

/** `env_var('NAME', 'default')`; secrets are shown to profiles alone, as in dbt. */
export function envVarFunction(
  { inputs }: Pick<ModelScope, "inputs">,
  secrets: "shown" | "refused" = "refused",
): CallableValue {
  return callable("env_var", (call) => {
    const bound = bindArguments(call, { required: ["name"], optional: ["default"] });
    const name = textOf(bound.name) ?? raise("unknown-env-var", '"env_var" takes the name of a variable as text.');
    if (secrets === "refused" && name.startsWith("DBT_ENV_SECRET"))
      raise(
        "secret",
        `The secret "${name}" is shown to profiles alone, not to what may end up in a log or an artifact.`,
        {
          hint: "Name a variable without DBT_ENV_SECRET in front, if it is no secret.",
        },
      );
    const value = Object.hasOwn(inputs.environment, name) ? inputs.environment[name] : undefined;
    if (value !== undefined) return value;
    if (bound.default !== undefined && bound.default !== null) return bound.default;
    return raise("unknown-env-var", `The environment variable "${name}" is not set.`, {
      hint: `Set it, or give a default: env_var('${name}', '…').`,
    });
  });
}

/** `target`: where the project runs. A project is its own profile, once its name is known. */
export function targetObject(target: Target, profileName?: string): HostObject {
  const attributes = namedAttributes({
    name: target.name,
    target_name: target.name,
    type: target.type,
    schema: target.schema,
    dataset: target.schema,
    database: target.database,
    project: target.database,
    ...(target.type === "duckdb" ? { path: target.path } : { location: target.location ?? null }),
    threads: target.threads,
    ...(profileName === undefined ? {} : { profile_name: profileName }),
  });
  const get = callable("target.get", (call) => {
    const bound = bindArguments(call, { required: ["key"], optional: ["default"] });
    return orElse(attributes.attribute(textOf(bound.key) ?? ""), () => bound.default ?? null);
  });
  return {
    kind: "object",
    typeName: "the target",
    print: () => target.name,
    ...attributes,
    attribute: (name) => (name === "get" ? get : attributes.attribute(name)),
    item: (key) => attributes.attribute(textOf(key) ?? ""),
    iterate: () => attributes.attributeNames(),
    contains: (key) => attributes.attribute(textOf(key) ?? "") !== undefined,
  };
}
