import type { CompiledModel, CompiledTest, Resource } from "../../domain/model.ts";

/** What the path of a resource's texts is made of; generic tests have an alias. */
export type ResourcePlace = Pick<Resource, "packageName" | "path"> & { readonly alias?: string | undefined };

/** Where the texts of a test lie: those of a generic one below its property file, those of a singular one as its own file. */
export function testPlace({ packageName, path, alias, generic }: CompiledTest): ResourcePlace {
  return { packageName, path, alias: generic === undefined ? undefined : alias };
}

/** Where the texts of a model or a snapshot lie: a file may hold several snapshots, so each has one of its own below it. */
export function modelPlace({ packageName, path, name, resourceType }: CompiledModel): ResourcePlace {
  return { packageName, path, alias: resourceType === "snapshot" ? name : undefined };
}

/** Where the text of a resource lies below the target folder: `compiled/aquatech/models/dau.sql`; a test's below its property file. */
export function artifactPath(folder: "compiled" | "run", resource: ResourcePlace): string {
  const inside = resource.alias === undefined ? resource.path : `${resource.path}/${resource.alias}.sql`;
  return `${folder}/${resource.packageName}/${inside}`;
}

/** The path of the file that holds a model's text in its incremental mode. */
export function incrementalPath(path: string): string {
  return path.replace(/\.sql$/u, ".incremental.sql");
}

/** Where the texts of a batch lie: `models/m/m_2024-01-01.sql`. */
export function batchPlace({ packageName, path }: ResourcePlace, batch: string): ResourcePlace {
  const [, folder = "", name = ""] = /^(.*?)([^/]+)\.sql$/u.exec(path) ?? [];
  return { packageName, path: `${folder}${name}/${name}_${batch}.sql` };
}
