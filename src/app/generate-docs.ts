import { join } from "node:path";
import { type CompiledResource, resourcesOf } from "../domain/compiled-project.ts";
import type { Relation } from "../domain/relation.ts";
import type { Row } from "../domain/script.ts";
import { catalog } from "./artifacts/catalog.ts";
import { writeCompiled, writeManifest, writeWhole } from "./artifacts/write-artifacts.ts";
import { connectWarehouse } from "./connect.ts";
import type { Invocation } from "./invocation.ts";
import { type OpenProject, resolvePath } from "./open-project.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What is written besides the catalog, and what the catalog says. */
export interface DocsOptions extends SelectOptions {
  /** `--no-compile` leaves the compiled texts as they are. */
  readonly compiles: boolean;
  /** `--empty-catalog` asks no warehouse. */
  readonly asksWarehouse: boolean;
}

/** How a catalog came about. */
export interface WrittenDocs {
  readonly path: string;
}

function schemasOf(resources: readonly CompiledResource[]): readonly Relation[] {
  const relations = resources.flatMap((resource) =>
    resource.resourceType === "model" || resource.resourceType === "seed" || resource.resourceType === "source"
      ? [resource.relation]
      : [],
  );
  return [...new Map(relations.map((each) => [JSON.stringify([each.database, each.schema]), each])).values()];
}

async function describedRows(
  invocation: Invocation,
  { root, project }: OpenProject,
  resources: readonly CompiledResource[],
): Promise<readonly Row[]> {
  const schemas = schemasOf(resources);
  if (schemas.length === 0) return [];
  const { dialect } = warehouseSql(project.settings, invocation);
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, "read");
  try {
    const session = await warehouse.session();
    try {
      return (await session.rows(dialect.describeColumns(schemas))).rows;
    } finally {
      session.close();
    }
  } finally {
    warehouse.close();
  }
}

/** Writes `manifest.json` and `catalog.json`, from which documentation is made. `undefined` if the project has a fault; that has been told. */
export async function generateDocs(invocation: Invocation, options: DocsOptions): Promise<WrittenDocs | undefined> {
  const selection = await openSelected(invocation, options);
  if (selection === undefined) return undefined;
  const { opened, selected } = selection;
  const { project, root } = opened;
  if (options.compiles)
    writeCompiled(
      opened,
      selected.flatMap((each) => (each.resourceType === "model" || each.resourceType === "test" ? [each] : [])),
    );
  writeManifest(opened, invocation);
  const isChosen = options.select.length > 0 || options.exclude.length > 0;
  const resources = isChosen ? selected : resourcesOf(project);
  const rows = options.asksWarehouse ? await describedRows(invocation, opened, resources) : [];
  const path = join(resolvePath(root, project.settings.targetPath), "catalog.json");
  writeWhole(path, JSON.stringify(catalog(resources, rows, invocation)));
  return { path };
}
