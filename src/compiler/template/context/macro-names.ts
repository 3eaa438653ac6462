import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import type { Environment } from "../evaluate/evaluation.ts";
import { bindMacro } from "../render-template.ts";
import { raise } from "../template-error.ts";
import { describeType } from "../values/describe-type.ts";
import { printValue } from "../values/print-value.ts";
import { type HostObject, textOf, type Value } from "../values/value.ts";
import { builtinMacro, builtinMacroNames } from "../builtin-macros/builtin-macros.ts";
import type { ModelScope } from "./model-scope.ts";
import { findMacro, type PackageMacros, type ProjectMacro, type ProjectMacros } from "./project-macros.ts";

/** The package of the macros that come with tsdbt, by dbt's name. */
const builtinPackage = "dbt";

/** The macros that a template may call, by their names. */
export interface MacroNames {
  /** What a bare name means: the package's own macro, the project's, a package, or a macro of tsdbt's. */
  readonly find: (name: string) => Value | undefined;
  /** A macro that comes with tsdbt, whatever the project calls by its name. */
  readonly builtin: (name: string) => Value | undefined;
  readonly names: () => Iterable<string>;
  readonly dispatch: Value;
}

interface Naming {
  readonly scope: Pick<ModelScope, "recording" | "resource" | "dialect">;
  readonly macros: ProjectMacros;
  /** What tsdbt has of dbt's macros in TypeScript. */
  readonly own: (name: string) => Value | undefined;
  readonly environment: () => Environment;
}

/** What `adapter.dispatch` looks through in one package, or everywhere that a bare name is looked for. */
type Search = (name: string) => Value | undefined;

/** The names of macros for one evaluation (CONFORMANCE_CASES §6, macro lookup and dispatch). */
export function macroNames({ scope, macros, own, environment }: Naming): MacroNames {
  const bound = new Map<ProjectMacro, Value>();
  const { root, packages, searchOrders } = macros;
  const { packageName } = scope.resource;

  const valueOf = (macro: ProjectMacro, name: string): Value => {
    scope.recording.macros.add(macro.uniqueId);
    const known = bound.get(macro);
    if (known !== undefined) return known;
    const { definition } = macro;
    const value = definition === undefined ? callable(name, () => "") : bindMacro(definition, environment());
    bound.set(macro, value);
    return value;
  };
  const builtins = new Map<string, Value>();
  const builtin = (name: string): Value | undefined => {
    const known = builtins.get(name);
    if (known !== undefined) return known;
    const value = own(name);
    if (value !== undefined) return value;
    const definition = builtinMacro(name);
    if (definition === undefined) return undefined;
    const made = bindMacro(definition, environment());
    builtins.set(name, made);
    return made;
  };
  const inPackage = (of: PackageMacros, name: string): Value | undefined => {
    const macro = of.get(name);
    return macro === undefined ? undefined : valueOf(macro, name);
  };
  const namespace = (name: string, find: Search, names: () => Iterable<string>): HostObject => ({
    kind: "object",
    typeName: `the package "${name}"`,
    print: () => "",
    attribute: find,
    attributeNames: names,
    item: (key) => find(textOf(key) ?? ""),
  });
  const namespaces = new Map<string, Value>([
    ...[...packages].map(([name, of]): readonly [string, Value] => [
      name,
      namespace(
        name,
        (each) => inPackage(of, each),
        () => of.keys(),
      ),
    ]),
    [builtinPackage, namespace(builtinPackage, builtin, builtinMacroNames)],
  ]);
  const bare: Search = (name) => {
    const macro = findMacro(macros, name, packageName);
    if (macro !== undefined) return valueOf(macro, name);
    return namespaces.get(name) ?? builtin(name);
  };
  const searches = (ns: string | undefined): readonly (readonly [string, Search])[] => {
    const of = (name: string): readonly (readonly [string, Search])[] => {
      if (name === builtinPackage) return [[name, builtin]];
      const found = packages.get(name);
      return found === undefined ? [] : [[name, (each) => inPackage(found, each)]];
    };
    if (ns === undefined) return [["", bare]];
    const order = searchOrders.get(ns);
    if (order !== undefined) return order.flatMap(of);
    if (ns !== builtinPackage && !packages.has(ns)) return [["", bare]];
    return [...new Set([root, ns])].flatMap(of);
  };
  const dispatch = callable("adapter.dispatch", (call) => {
    const {
      macro_name,
      macro_namespace,
      packages: old,
    } = bindArguments(call, {
      required: ["macro_name"],
      optional: ["macro_namespace", "packages"],
    });
    if (old !== undefined)
      return raise("dispatch", '"adapter.dispatch" takes no packages.', {
        hint: "Name the package as macro_namespace, and its substitutes under dispatch in the project file.",
      });
    const name =
      textOf(macro_name) ?? raise("dispatch", `"adapter.dispatch" takes a name, found ${describeType(macro_name)}.`);
    if (name.includes(".")) {
      const [space = "", short = ""] = name.split(".");
      return raise("dispatch", `"${name}" is not the name of a macro.`, {
        hint: `Write adapter.dispatch('${short}', '${space}').`,
      });
    }
    const ns = macro_namespace === undefined || macro_namespace === null ? undefined : printValue(macro_namespace);
    const tried: string[] = [];
    for (const [space, find] of searches(ns))
      for (const prefix of [scope.dialect, "default"]) {
        const full = `${prefix}__${name}`;
        const found = find(full);
        if (found !== undefined) return found;
        tried.push(space === "" ? full : `${space}.${full}`);
      }
    const list = tried.map((each) => `"${each}"`).join(", ");
    return raise("dispatch", `No macro named "${name}" was found for "${scope.dialect}".`, {
      hint: `Looked for ${list}.`,
    });
  });
  return {
    find: bare,
    builtin,
    names: () => [
      ...(packages.get(packageName)?.keys() ?? []),
      ...(packages.get(root)?.keys() ?? []),
      ...packages.keys(),
      ...builtinMacroNames(),
    ],
    dispatch,
  };
}
