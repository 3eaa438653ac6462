import type { CompiledResource } from "../../domain/compiled-project.ts";
import type { DataMap } from "../../domain/data.ts";
import { type Relation, relationKey } from "../../domain/relation.ts";
import type { Row } from "../../domain/script.ts";
import type { Invocation } from "../invocation.ts";
import { numberField, textField } from "../row-fields.ts";
import { artifactMetadata } from "./artifact-metadata.ts";

/** dbt's word for that there is nothing to tell of a relation's size. */
const noStats: DataMap = {
  has_stats: {
    id: "has_stats",
    label: "Has Stats?",
    value: false,
    include: false,
    description: "Indicates whether there are statistics for this table",
  },
};

/** The relation that a resource makes or is; `undefined` for one that has none in the warehouse. */
function relationOf(resource: CompiledResource): Relation | undefined {
  switch (resource.resourceType) {
    case "model":
      return resource.materialization.kind === "ephemeral" ? undefined : resource.relation;
    case "seed":
    case "source":
      return resource.relation;
    default:
      return undefined;
  }
}

function rowKey(row: Row): string {
  const [database, schema, identifier] = ["database", "schema", "relation"].map((name) => textField(row, name));
  return relationKey({ database: database ?? "", schema: schema ?? "", identifier: identifier ?? "" });
}

function catalogNode(uniqueId: string, rows: readonly Row[]): DataMap | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const columns = rows.map((row): readonly [string, DataMap] => {
    const name = textField(row, "name");
    return [
      name,
      { type: textField(row, "type"), index: numberField(row, "position"), name, comment: row["comment"] ?? null },
    ];
  });
  return {
    metadata: {
      type: first["kind"] === "view" ? "VIEW" : "BASE TABLE",
      schema: textField(first, "schema"),
      name: textField(first, "relation"),
      database: textField(first, "database"),
      comment: first["relation_comment"] ?? null,
      owner: null,
    },
    columns: Object.fromEntries(columns),
    stats: noStats,
    unique_id: uniqueId,
  };
}

/** `catalog.json` (v1): what stands in the warehouse of these resources, from the rows of a dialect's `describeColumns`. */
export function catalog(resources: readonly CompiledResource[], rows: readonly Row[], invocation: Invocation): DataMap {
  const byRelation = new Map<string, Row[]>();
  for (const row of rows) {
    const key = rowKey(row);
    const known = byRelation.get(key);
    if (known === undefined) byRelation.set(key, [row]);
    else known.push(row);
  }
  const nodes: Record<"nodes" | "sources", [string, DataMap][]> = { nodes: [], sources: [] };
  for (const resource of resources) {
    const relation = relationOf(resource);
    if (relation === undefined) continue;
    const node = catalogNode(resource.uniqueId, byRelation.get(relationKey(relation)) ?? []);
    if (node === undefined) continue;
    nodes[resource.resourceType === "source" ? "sources" : "nodes"].push([resource.uniqueId, node]);
  }
  return {
    metadata: artifactMetadata("catalog/v1", invocation),
    nodes: Object.fromEntries(nodes.nodes),
    sources: Object.fromEntries(nodes.sources),
    errors: null,
  };
}
