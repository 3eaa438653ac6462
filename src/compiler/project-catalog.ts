import type { Column } from "../domain/column.ts";
import type { ColumnProperties, CompiledModel, Seed, Source } from "../domain/model.ts";
import { type Relation, relationKey } from "../domain/relation.ts";
import { stagingColumns } from "./dialect/staging-columns.ts";
import type { Catalog, CatalogTable } from "./translation.ts";

/** The columns that a property file declares, or `undefined` where it does not give the types of all: then it does not say what there is. */
function declaredColumns(columns: readonly ColumnProperties[]): readonly Column[] | undefined {
  const typed = columns.flatMap(({ name, dataType }) => (dataType === undefined ? [] : [{ name, type: dataType }]));
  return typed.length === 0 || typed.length < columns.length ? undefined : typed;
}

function tableOf(resource: Source | Seed | CompiledModel): CatalogTable {
  const { relation } = resource;
  switch (resource.resourceType) {
    case "source":
      return {
        relation,
        columns: resource.ingest === undefined ? declaredColumns(resource.columns) : stagingColumns(resource.ingest),
      };
    case "seed":
      return { relation, columns: resource.columns };
    case "model":
    case "snapshot":
      return { relation, columns: resource.columns ?? declaredColumns(resource.properties) };
  }
}

/** A catalog that grows as models are compiled. */
export interface GrowingCatalog extends Catalog {
  readonly add: (resource: Source | Seed | CompiledModel) => void;
}

/** A catalog with one table more, before all others. */
export function withTable(catalog: Catalog, table: CatalogTable): Catalog {
  const key = relationKey(table.relation);
  return {
    find: (relation) => (relationKey(relation) === key ? table : catalog.find(relation)),
    tables: () => [...catalog.tables(), table],
  };
}

/** The catalog of a project, empty at first. */
export function startCatalog(): GrowingCatalog {
  const tables = new Map<string, CatalogTable>();
  return {
    add: (resource) => {
      const table = tableOf(resource);
      tables.set(relationKey(table.relation), table);
    },
    find: (relation: Relation) => tables.get(relationKey(relation)),
    tables: () => tables.values(),
  };
}
