import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Change } from "../compiler/graph/select/selectable-resource.ts";
import type { CompiledProject, CompiledResource } from "../domain/compiled-project.ts";
import { type Data, type DataMap, isDataList, isDataMap } from "../domain/data.ts";
import { WorldError } from "../domain/world-error.ts";
import { macroNode, resourceNode } from "./artifacts/manifest-nodes.ts";
import { nodeContext } from "./artifacts/node-context.ts";
import type { Invocation } from "./invocation.ts";
import { parseJson } from "./read-run-results.ts";

/** In what a resource differs from an earlier run's manifest; missing where there is none to compare with. */
export type Changed = (resource: CompiledResource) => ReadonlySet<Change> | "new" | undefined;

function mapAt(data: Data | undefined, key: string): DataMap {
  const found = isDataMap(data) ? data[key] : undefined;
  return isDataMap(found) ? found : {};
}

/** The manifest that an earlier run left in a folder, whose path begins at `from`. Throws a `WorldError` where there is none. */
export function readManifest(name: string, from: string): DataMap {
  const folder = resolve(from, name);
  const path = join(folder, "manifest.json");
  if (!existsSync(path))
    throw new WorldError("no-state", `There is no "manifest.json" in "${folder}".`, {
      hint: "Name the folder of an earlier run's artifacts by --state.",
    });
  const parsed = parseJson(readFileSync(path, "utf8"));
  return isDataMap(parsed) ? parsed : {};
}

/** Mappings with their keys in order, and without what is not set: artifacts of dbt write more defaults than ours. */
function normal(data: Data | undefined): Data {
  if (data === undefined) return null;
  if (isDataList(data)) return data.map(normal);
  if (!isDataMap(data)) return data;
  const entries = Object.entries(data).flatMap(([key, value]) => {
    const fresh = normal(value);
    const isEmpty =
      fresh === null ||
      (isDataMap(fresh) && Object.keys(fresh).length === 0) ||
      (isDataList(fresh) && fresh.length === 0);
    return isEmpty ? [] : [[key, fresh] as const];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function differs(a: Data | undefined, b: Data | undefined): boolean {
  return JSON.stringify(normal(a)) !== JSON.stringify(normal(b));
}

function descriptionsOf(node: DataMap): Data {
  const columns = Object.entries(mapAt(node, "columns")).map(([name, column]) => [
    name,
    isDataMap(column) ? (column["description"] ?? "") : "",
  ]);
  return [node["description"] ?? "", columns];
}

/** Configs that stand for names have a change of their own, and texts for people are no configs. */
const otherwise: ReadonlySet<string> = new Set(["schema", "database", "alias", "docs", "contract", "description"]);

function configOf(node: DataMap, known: ReadonlySet<string>): DataMap {
  const entries = Object.entries(mapAt(node, "config")).filter(([key]) => known.has(key) && !otherwise.has(key));
  return Object.fromEntries(entries);
}

/** What a node is made of, part by part. */
function changesOf(fresh: DataMap, old: DataMap, changedMacros: ReadonlySet<string>): ReadonlySet<Change> {
  const found = new Set<Change>();
  const body = fresh["resource_type"] === "test" ? "test_metadata" : "checksum";
  if (differs(fresh[body], old[body])) found.add("body");
  const keys = new Set(Object.keys(mapAt(fresh, "config")));
  if (differs(configOf(fresh, keys), configOf(old, keys))) found.add("configs");
  const place = (node: DataMap): Data => [
    node["database"] ?? null,
    node["schema"] ?? null,
    node["alias"] ?? node["identifier"] ?? null,
  ];
  if (differs(place(fresh), place(old))) found.add("relation");
  const persisted = mapAt(mapAt(fresh, "config"), "persist_docs");
  if (Object.values(persisted).includes(true) && differs(descriptionsOf(fresh), descriptionsOf(old)))
    found.add("persisted_descriptions");
  if (differs(mapAt(fresh, "contract")["checksum"], mapAt(old, "contract")["checksum"])) found.add("contract");
  const macros = mapAt(fresh, "depends_on")["macros"];
  if (
    macros !== undefined &&
    isDataList(macros) &&
    macros.some((id) => typeof id === "string" && changedMacros.has(id))
  )
    found.add("macros");
  return found;
}

/** Compares a project with the manifest that an earlier run left in a folder. */
export function changesSince(project: CompiledProject, folder: string | undefined, invocation: Invocation): Changed {
  if (folder === undefined) return () => undefined;
  const before = readManifest(folder, invocation.folder);
  const nodes: DataMap = { ...mapAt(before, "nodes"), ...mapAt(before, "sources"), ...mapAt(before, "exposures") };
  const context = nodeContext(project.settings, invocation);
  const oldMacros = mapAt(before, "macros");
  const changedMacros = new Set(
    project.macros
      .filter((macro) => {
        const old = oldMacros[macro.uniqueId];
        return !isDataMap(old) || old["macro_sql"] !== macroNode(macro, context)["macro_sql"];
      })
      .map(({ uniqueId }) => uniqueId),
  );
  return (resource) => {
    const old = nodes[resource.uniqueId];
    return isDataMap(old) ? changesOf(resourceNode(resource, context), old, changedMacros) : "new";
  };
}
