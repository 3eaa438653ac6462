import type { MacroDefinition } from "../syntax.ts";

/** A macro, with the id by which artifacts know it; without a definition where its file has a fault. */
export interface ProjectMacro {
  readonly uniqueId: string;
  readonly definition: MacroDefinition | undefined;
}

/** The macros of one package by name. */
export type PackageMacros = ReadonlyMap<string, ProjectMacro>;

/** All macros that templates may call, besides those that come with tsdbt. */
export interface ProjectMacros {
  /** The name of the project itself. */
  readonly root: string;
  /** By the name of the package; the project is one of them. */
  readonly packages: ReadonlyMap<string, PackageMacros>;
  /** `dispatch:` of the project file: the packages in which the macros of a namespace are looked for, in order. */
  readonly searchOrders: ReadonlyMap<string, readonly string[]>;
}

/** The macros of a project without packages. */
export function macrosOfProject(root: string, macros: PackageMacros): ProjectMacros {
  return { root, packages: new Map([[root, macros]]), searchOrders: new Map() };
}

/** The macro that a bare name means to a resource of a package: the package's own, else the project's (CONFORMANCE_CASES §6). */
export function findMacro(
  { root, packages }: ProjectMacros,
  name: string,
  packageName: string,
): ProjectMacro | undefined {
  return packages.get(packageName)?.get(name) ?? packages.get(root)?.get(name);
}

/** Whether one of these macros, by their ids, stands in a file that has a fault: then what used it went wrong for a reason that was told. */
export function isAnyBroken(used: ReadonlySet<string>, { packages }: ProjectMacros): boolean {
  for (const macros of packages.values())
    for (const { uniqueId, definition } of macros.values())
      if (definition === undefined && used.has(uniqueId)) return true;
  return false;
}
