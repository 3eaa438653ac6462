import { hasWildcard, parseGlob } from "../../matches-glob.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

/**
 * `fqn:`: the resource's name, or a dotted prefix of its qualified name with or without the package. From the first part
 * with a wildcard on, the rest is one pattern. Sources are found by `source:` alone.
 */
export const fqn: SelectionMethod = {
  keys: "none",
  match: ({ value }) => {
    const matchesName = parseName(value);
    return (resource) => {
      if (resource.resourceType === "source") return false;
      const version = versionOf(resource);
      return matchesName(resource.fqn, version) || matchesName(resource.fqn.slice(1), version);
    };
  },
  valuesOf: (resource) => (resource.resourceType === "source" ? [] : [resource.name]),
};

type Versioning = "versioned" | "plain";

function versionOf(resource: SelectableResource): Versioning {
  return "version" in resource && resource.version !== undefined ? "versioned" : "plain";
}

function parseName(value: string): (names: readonly string[], versioning: Versioning) => boolean {
  const parts = value.split(".");
  const wild = parts.findIndex(hasWildcard);
  const literal = wild === -1 ? parts : parts.slice(0, wild);
  const matchesRest = wild === -1 ? undefined : parseGlob(parts.slice(wild).join("."));
  const namesVersion = parts.slice(-2).join("_");

  return (names, versioning) => {
    const name = names.at(versioning === "versioned" ? -2 : -1);
    if (name === value) return true;
    if (versioning === "versioned" && names.slice(-2).join("_") === namesVersion) return true;
    const flat = names.flatMap((segment) => segment.split("."));
    if (flat.length < parts.length || literal.some((part, i) => flat[i] !== part)) return false;
    if (matchesRest === undefined || matchesRest(flat.slice(wild).join("."))) return true;
    return parts.length === 1 && name !== undefined && matchesRest(name);
  };
}
