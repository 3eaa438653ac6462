import { quotedName } from "../../compiler/template/context/relation-value.ts";
import { type Data, type DataMap, isDataMap } from "../../domain/data.ts";
import type { ColumnProperties } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Invocation } from "../invocation.ts";
import { artifactPath, type ResourcePlace } from "./artifact-path.ts";

/** What the nodes of a manifest are made with. */
export interface NodeContext {
  readonly settings: Settings;
  /** Epoch seconds at which the files were read. */
  readonly createdAt: number;
  /** Where the compiled text of a resource lies, relative to the project. */
  readonly compiledPath: (resource: ResourcePlace) => string;
}

/** What the nodes of one call's manifest are made with. */
export function nodeContext(settings: Settings, { startedMs }: Pick<Invocation, "startedMs">): NodeContext {
  return {
    settings,
    createdAt: startedMs / 1000,
    compiledPath: (resource) => `${settings.targetPath}/${artifactPath("compiled", resource)}`,
  };
}

/** A relation as the warehouse's SQL names it. */
export function sqlName(relation: Relation): string {
  return quotedName(relation, "duckdb");
}

/** The declared columns, each with the type that is declared or known from compiling. */
export function columnsOf(declared: readonly ColumnProperties[], types: ReadonlyMap<string, string>): DataMap {
  return Object.fromEntries(
    declared.map(({ name, description, dataType, tags, meta }) => [
      name,
      {
        name,
        description,
        meta,
        data_type: dataType ?? types.get(name.toLowerCase()) ?? null,
        constraints: [],
        quote: null,
        config: { meta, tags },
        tags,
        granularity: null,
        doc_blocks: [],
      },
    ]),
  );
}

/** The `meta` of a config, empty where there is none. */
export function metaOf(config: DataMap): DataMap {
  const meta: Data | undefined = config["meta"];
  return isDataMap(meta) ? meta : {};
}
