import { bindArguments } from "../bind-arguments.ts";
import { withBatch } from "./batch-values.ts";
import { callable } from "../call.ts";
import { returnFunction } from "../builtins.ts";
import type { Environment } from "../evaluate/evaluation.ts";
import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { TemplateError } from "../template-error.ts";
import { fromData } from "../values/convert-data.ts";
import { list, type HostObject, text, textOf, type Value } from "../values/value.ts";
import { printValue } from "../values/print-value.ts";
import { adapterObject } from "./adapter-object.ts";
import { callValues } from "./call-values.ts";
import { columnFactory } from "./column-value.ts";
import { configObject } from "./config-object.ts";
import { dataFunctions } from "./data-functions.ts";
import { docFunction } from "./doc-function.ts";
import { envVarFunction, targetObject, varObject } from "./input-functions.ts";
import { macroNames, type MacroNames } from "./macro-names.ts";
import { exceptionsObject, logFunction, printFunction } from "./message-functions.ts";
import type { ModelScope } from "./model-scope.ts";
import { namedAttributes } from "./named-attributes.ts";
import { findMacro, isAnyBroken, type ProjectMacros } from "./project-macros.ts";
import type { Recording } from "./recording.ts";
import { isIncrementalFunction, refFunction, sourceFunction } from "./reference-functions.ts";
import { relationFactory, relationValue } from "./relation-value.ts";
import { statementFunctions } from "./statement-functions.ts";

export type { ProjectMacros } from "./project-macros.ts";

/** Whether a macro of this name is of the project itself or of the resource's package, and not one that comes with tsdbt. */
export function definesMacro(macros: ProjectMacros, name: string, packageName: string): boolean {
  return [name, `duckdb__${name}`, `bigquery__${name}`, `default__${name}`].some(
    (each) => findMacro(macros, each, packageName)?.definition !== undefined,
  );
}

/** Whether what was evaluated went wrong for certain, and the reason was told: it used a macro whose file has a fault. */
export function usesBrokenMacro({ macros: used }: Recording, macros: ProjectMacros): boolean {
  return isAnyBroken(used, macros);
}

/** `render(text)`: the text as a template of its own, which sees the same names. */
function renderFunction(environment: () => Environment): Value {
  return callable("render", (call) => {
    const value = bindArguments(call, { required: ["string"] }).string;
    const source = { path: call.span.file.path, text: printValue(value) };
    const parsed = parseTemplate(source);
    const rendered = parsed.ok ? renderTemplate(parsed.value, environment()) : parsed;
    if (rendered.ok) return text(rendered.value);
    const [first] = rendered.diagnostics;
    if (first === undefined) throw new Error("a template that cannot be rendered says why");
    throw new TemplateError({ ...first, span: call.span, related: undefined });
  });
}

/** The names of dbt's context, in TypeScript: those of its macros that tsdbt has no Jinja for come with them. */
function contextValues(scope: ModelScope, environment: () => Environment): Readonly<Record<string, Value>> {
  const { graph, node, settings, relation, dialect, phase } = scope;
  const isParsing = phase === "parse";
  return {
    ...callValues(scope.inputs),
    ...dataFunctions,
    ...statementFunctions(scope),
    ref: refFunction(scope),
    source: sourceFunction(scope),
    config: configObject(scope),
    this: relationValue(relation, dialect),
    is_incremental: isIncrementalFunction(scope),
    var: varObject(scope, environment),
    env_var: envVarFunction(scope),
    target: targetObject(settings.target, settings.profileName),
    log: logFunction(scope),
    print: printFunction(scope),
    exceptions: exceptionsObject(scope),
    execute: !isParsing,
    doc: isParsing ? callable("doc", () => "") : docFunction(scope.docs ?? [], docPlace(scope)),
    database: relation.database,
    schema: relation.schema,
    project_name: scope.settings.name,
    return: returnFunction,
    render: renderFunction(environment),
    write: callable("write", () => ""),
    debug: callable("debug", () => ""),
    try_or_compiler_error: callable("try_or_compiler_error", (call) => {
      const [, run = null, ...positional] = call.positional;
      return typeof run === "object" && run?.kind === "callable" ? run.call({ ...call, positional }) : null;
    }),
    selected_resources: list(isParsing ? [] : (scope.selectedResources ?? [])),
    api: {
      kind: "object",
      typeName: "api",
      print: () => "<api>",
      ...namedAttributes({ Relation: relationFactory(dialect), Column: columnFactory(dialect) }),
    },
    graph: lazily("graph", () => {
      tellUnknown(scope);
      return fromData(graph?.() ?? { nodes: {}, sources: {}, exposures: {}, groups: {}, metrics: {} });
    }),
    model: lazily("model", () => {
      tellUnknown(scope);
      return withBatch(fromData(node?.() ?? ownNode(scope)), scope);
    }),
  };
}

/** While a template is parsed nothing is known yet of other resources, and little of its own. */
function tellUnknown({ phase, recording }: ModelScope): void {
  if (phase === "parse") recording.lacksAnswers = true;
}

function docPlace({ resource, settings }: ModelScope): { readonly packageName: string; readonly root: string } {
  return { packageName: resource.packageName, root: settings.name };
}

function ownNode({
  resource,
  relation,
  config = {},
}: ModelScope): Readonly<Record<string, string | typeof config | readonly string[]>> {
  return {
    unique_id: resource.uniqueId,
    name: resource.name,
    package_name: resource.packageName,
    resource_type: resource.uniqueId.split(".")[0] ?? "",
    path: resource.path,
    original_file_path: resource.path,
    fqn: resource.fqn,
    database: relation.database,
    schema: relation.schema,
    alias: relation.identifier,
    config,
  };
}

const made = new WeakMap<HostObject, () => Value>();

/** A value that is made when it is first asked for: most templates never do. */
function lazily(typeName: string, make: () => Value): HostObject {
  let value: Value | undefined;
  const placeholder: HostObject = { kind: "object", typeName, print: () => "" };
  made.set(placeholder, () => {
    value ??= make();
    return value;
  });
  return placeholder;
}

function forced(value: Value | undefined): Value | undefined {
  const make = typeof value === "object" && value?.kind === "object" ? made.get(value) : undefined;
  return make === undefined ? value : make();
}

/** `builtins` and `context`: names of the context by another road. */
function namesObject(
  typeName: string,
  find: (name: string) => Value | undefined,
  names: () => Iterable<string>,
): HostObject {
  const get = callable("get", (call) => {
    const bound = bindArguments(call, { required: ["key"], optional: ["default"] });
    const found = find(textOf(bound.key) ?? "");
    return found === undefined ? (bound.default ?? null) : found;
  });
  return {
    kind: "object",
    typeName,
    print: () => `<${typeName}>`,
    attribute: (name) => (name === "get" ? get : find(name)),
    attributeNames: names,
    item: (key) => find(textOf(key) ?? ""),
    iterate: names,
    contains: (key) => find(textOf(key) ?? "") !== undefined,
  };
}

/** What the template of a model, or of a test, sees: the project's macros, before the names of dbt's context and its macros. */
export function modelEnvironment(scope: ModelScope, macros: ProjectMacros): Environment {
  let context: Readonly<Record<string, Value>> | undefined;
  const ownValues = (): Readonly<Record<string, Value>> => {
    context ??= { ...contextValues(scope, () => environment), adapter: adapterObject(scope, names.dispatch) };
    return context;
  };
  const own = (name: string): Value | undefined => {
    const values = ownValues();
    return Object.hasOwn(values, name) ? forced(values[name]) : undefined;
  };
  const ownNames = (): Iterable<string> => Object.keys(ownValues());
  const names: MacroNames = macroNames({ scope, macros, own, environment: () => environment });
  const builtins = namesObject("builtins", own, ownNames);
  const whole: HostObject = namesObject(
    "context",
    (name) => environment.find(name),
    () => environment.names(),
  );
  const environment: Environment = {
    find: (name) => {
      if (name === "builtins") return builtins;
      return name === "context" ? whole : names.find(name);
    },
    names: () => [...ownNames(), ...names.names()],
    undefinedOutput: "error",
  };
  return environment;
}
