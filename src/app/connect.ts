import type { Store } from "../ingest/store.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import type { Prelude } from "../domain/prelude.ts";
import type {
  BigqueryTarget,
  DialectName,
  DuckdbAttachment,
  DuckdbSetup,
  DuckdbTarget,
  Settings,
  Target,
} from "../domain/settings.ts";
import { WorldError } from "../domain/world-error.ts";
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Invocation } from "./invocation.ts";
import { resolvePath } from "./open-project.ts";

/** How a warehouse is to be used: `read` changes nothing, and shows an empty one where there is none yet. */
export type Access = "write" | "read";

/** From where the world is reached: the project's folder, and the call. */
export interface Reach {
  readonly root: string;
  /**
   * Of the environment, `TSDBT_GCS_ENDPOINT` and `TSDBT_BIGQUERY_ENDPOINT` are the addresses of emulators of Cloud Storage
   * and BigQuery.
   */
  readonly invocation: Pick<Invocation, "id" | "environment" | "startedMs">;
}

/** Opens the warehouse that a project's target names. Drivers are loaded only here. */
export async function connectWarehouse(reach: Reach, settings: Settings, access: Access): Promise<Warehouse> {
  const { target } = settings;
  switch (target.type) {
    case "duckdb":
      return connectDuckdb(reach.root, { target, dialect: settings.dialect }, access);
    case "bigquery":
      return connectBigquery(reach, target, settings.ledgerSchema);
  }
}

async function connectBigquery(
  { root, invocation: { id, environment, startedMs } }: Reach,
  target: BigqueryTarget,
  ledgerSchema: string,
): Promise<Warehouse> {
  const { openBigquery } = await import("../runner/warehouse/bigquery/open-bigquery.ts");
  const { database, executionProject, keyfile } = target;
  const endpoint = environment["TSDBT_BIGQUERY_ENDPOINT"];
  return openBigquery({
    ...target,
    project: executionProject,
    endpoint,
    keyfile: keyfile === undefined ? undefined : resolvePath(root, keyfile),
    labels: { tsdbt_run: id, target: target.name },
    runId: id,
    startedMs,
    scratch: { database, schema: ledgerSchema },
    // An emulator is at hand, and has nobody else to serve.
    pause: async (milliseconds, signal) =>
      setTimeout(endpoint === undefined ? milliseconds : Math.min(milliseconds, 10), undefined, { signal }).catch(
        () => undefined,
      ),
  });
}

interface DuckdbUse {
  readonly target: DuckdbTarget;
  readonly dialect: DialectName;
}

async function connectDuckdb(root: string, { target, dialect }: DuckdbUse, access: Access): Promise<Warehouse> {
  const path = resolvePath(root, target.path);
  const { openDuckdb } = await import("../runner/warehouse/duckdb/open-duckdb.ts");
  const setup = resolveSetup(root, target.setup);
  const options = { path, name: target.path, loadPrelude, setup, dialect };
  if (target.path === ":memory:") return await openDuckdb({ ...options, access: "memory" });
  const isThere = existsSync(path);
  return await openDuckdb({ ...options, access: access === "read" && !isThere ? "memory" : access });
}

/** Files that a target names are below the project, and so are those that queries read by a relative path, as in dbt. */
function resolveSetup(root: string, setup: DuckdbSetup): DuckdbSetup {
  const isFile = ({ path, options }: DuckdbAttachment): boolean => {
    const { type } = options;
    const isFolderless = path === ":memory:" || /^[a-z][a-z0-9+.-]*:/iu.test(path);
    return !isFolderless && (type === undefined || type === "duckdb" || type === "sqlite");
  };
  return {
    ...setup,
    settings: { file_search_path: root, ...setup.settings },
    attachments: setup.attachments.map((each) =>
      isFile(each) ? { ...each, path: resolvePath(root, each.path) } : each,
    ),
  };
}

/** What translated statements call; a project that translates none never loads it. */
async function loadPrelude(): Promise<Prelude> {
  const { prelude } = await import("../compiler/googlesql/prelude/prelude.ts");
  return prelude;
}

/** Whether a place is a URI, not a path. */
export function isUri(place: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//iu.test(place);
}

/** Opens the store that a path or URI of the project names, to read from or to write to. */
export async function connectStore(
  { root, invocation }: Reach,
  place: string,
  access: "write" | "read",
): Promise<Store> {
  if (place.startsWith("gs://")) {
    const { openGcs } = await import("../ingest/store/gcs/open-gcs.ts");
    return openGcs(place, { endpoint: invocation.environment["TSDBT_GCS_ENDPOINT"] });
  }
  if (isUri(place))
    throw new WorldError("unsupported-store", `tsdbt does not know the object store of "${place}".`, {
      hint: "Name a folder, or a bucket and prefix: gs://bucket/prefix.",
    });
  const { openFolder } = await import("../ingest/store/folder.ts");
  return openFolder(resolvePath(root, place), { access });
}

/** Opens the store of staged objects, which the warehouse of the target reads itself. */
export async function connectStaging(reach: Reach, target: Target, place: string): Promise<Store> {
  if (target.type === "bigquery" && !place.startsWith("gs://"))
    throw new WorldError("unsupported-store", `BigQuery loads staged files from Cloud Storage, not from "${place}".`, {
      hint: `Name a bucket and prefix under "staging" of the target "${target.name}": gs://bucket/prefix.`,
    });
  if (target.type === "duckdb" && isUri(place))
    throw new WorldError("unsupported-store", `DuckDB loads staged files from a folder, not from "${place}".`, {
      hint: 'Name a folder under "to".',
    });
  return connectStore(reach, place, "write");
}

/** The staged objects to look at: none, where nothing was ever staged. */
export async function connectStagedStore(reach: Reach, place: string): Promise<Pick<Store, "list">> {
  const store = await connectStore(reach, place, "read");
  const isThere = isUri(place) || existsSync(resolvePath(reach.root, place));
  return isThere ? store : { list: () => Promise.resolve([]) };
}
