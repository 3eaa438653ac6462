import { type CompiledProject, resourcesOf } from "../domain/compiled-project.ts";
import type { SourceColumn } from "../domain/column.ts";
import type { CompiledModel } from "../domain/model.ts";
import { relationKey } from "../domain/relation.ts";

/** A column of a resource of the project. */
export interface TracedSource {
  /** The resource's unique id. */
  readonly node: string;
  readonly column: string;
}

/** An output column, and the columns that its values are made of. */
export interface TracedColumn {
  readonly name: string;
  readonly type: string;
  readonly from: readonly TracedSource[];
}

/** Finds the columns that a model's columns come from. `undefined` for a model in DuckDB's own dialect, whose columns are not known. */
export function columnTracer(project: CompiledProject): (model: CompiledModel) => readonly TracedColumn[] | undefined {
  const ids = new Map(
    resourcesOf(project).flatMap((resource): readonly [string, string][] => {
      const { resourceType } = resource;
      if (resourceType === "test" || resourceType === "unit_test") return [];
      if (resourceType === "analysis" || resourceType === "exposure") return [];
      if (resource.resourceType === "model" && resource.materialization.kind === "ephemeral") return [];
      return [[relationKey(resource.relation), resource.uniqueId]];
    }),
  );
  const trace = ({ table, column }: SourceColumn): readonly TracedSource[] => {
    const [database = "", schema = "", identifier = ""] = table;
    const node = ids.get(relationKey({ database, schema, identifier }));
    return node === undefined ? [] : [{ node, column }];
  };
  return ({ columns, lineage }) =>
    columns?.map(({ name, type }, index) => ({ name, type, from: lineage?.[index]?.sources.flatMap(trace) ?? [] }));
}
