import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CompiledProject, CompiledResource } from "../domain/compiled-project.ts";
import type { SelectableResource } from "../compiler/graph/select/selectable-resource.ts";
import { type DataMap, isDataList, isDataMap } from "../domain/data.ts";
import { WorldError } from "../domain/world-error.ts";
import { changesSince } from "./changes-since.ts";
import type { Invocation } from "./invocation.ts";
import { resolvePath } from "./open-project.ts";
import { parseJson, textAt } from "./read-run-results.ts";

/** What is known of a resource from an earlier run. */
export type EarlierFacts = Pick<SelectableResource, "changed" | "result"> & {
  readonly isFresher?: boolean | undefined;
};

/** The results of an artifact by the ids of what they are of. */
function readResults(folder: string, name: "run_results.json" | "sources.json"): ReadonlyMap<string, DataMap> {
  const path = join(folder, name);
  if (!existsSync(path))
    throw new WorldError("no-state", `There is no "${name}" in "${folder}".`, {
      hint: `It is left behind by "tsdbt ${name === "sources.json" ? "source freshness" : "build"}".`,
    });
  const read = parseJson(readFileSync(path, "utf8"));
  const results = isDataMap(read) ? read["results"] : undefined;
  const all = results !== undefined && isDataList(results) ? results.filter(isDataMap) : [];
  return new Map(all.map((result) => [textAt(result, "unique_id") ?? "", result]));
}

function loadedAt(result: DataMap | undefined): number | undefined {
  const text = result === undefined ? undefined : textAt(result, "max_loaded_at");
  return text === undefined ? undefined : Date.parse(text);
}

/** Where artifacts of earlier runs lie, and which methods of selection ask for them. */
export interface EarlierRunPlace {
  /** The folder of an earlier run's artifacts. */
  readonly folder: string | undefined;
  /** The project's folder: what is fresher is so in the artifacts of its last call. */
  readonly root: string;
  readonly isAsked: (method: string) => boolean;
}

/** Reads what an earlier run left behind, as far as a selection asks for it. Throws a `WorldError` where it is not there. */
export function earlierFacts(
  project: CompiledProject,
  { folder, root, isAsked }: EarlierRunPlace,
  invocation: Invocation,
): (resource: CompiledResource) => EarlierFacts {
  if (folder === undefined) return () => ({});
  const place = resolve(invocation.folder, folder);
  const changed = isAsked("state") ? changesSince(project, folder, invocation) : undefined;
  const results = isAsked("result") ? readResults(place, "run_results.json") : undefined;
  const asks = isAsked("source_status");
  const before = asks ? readResults(place, "sources.json") : undefined;
  const now = asks ? readResults(resolvePath(root, project.settings.targetPath), "sources.json") : undefined;
  return (resource) => {
    const { uniqueId } = resource;
    const result = results?.get(uniqueId);
    const loaded = loadedAt(now?.get(uniqueId));
    const earlier = loadedAt(before?.get(uniqueId));
    return {
      changed: changed?.(resource),
      result: result === undefined ? undefined : textAt(result, "status"),
      isFresher: loaded !== undefined && (earlier === undefined || loaded > earlier),
    };
  };
}
