import type { Column } from "../../../domain/column.ts";
import type { Relation } from "../../../domain/relation.ts";
import type { ExistingRelation } from "../../warehouse.ts";
import { type RestCall, RestError } from "./bigquery-client.ts";
import { isPassing, worldErrorOf } from "./job-failure.ts";
import { listPart, part, textPart } from "./read-answer.ts";
import { columnsOfFields, readFields } from "./read-value.ts";
import type { JobRunner } from "./run-job.ts";

type Dataset = Pick<Relation, "database" | "schema">;

/** Tables that are looked at at the same time. */
const atOnce = 16;

/** Reads something, again where the failure passes; `undefined` where it is not there. */
async function read({ client, pause, retries }: JobRunner, call: Omit<RestCall, "method">): Promise<unknown> {
  for (let failures = 0; ; failures++)
    try {
      return await client.call({ method: "GET", ...call });
    } catch (error) {
      if (error instanceof RestError && error.status === 404) return undefined;
      if (!isPassing(error) || failures >= retries) throw worldErrorOf(error, "looking at tables");
      await pause(1000 * 2 ** failures);
    }
}

/** The columns of a table or view; `undefined` where it is not there. */
export async function tableColumns(runner: JobRunner, relation: Relation): Promise<readonly Column[] | undefined> {
  const { database, schema, identifier } = relation;
  const table = await read(runner, { project: database, path: `/datasets/${schema}/tables/${identifier}` });
  return table === undefined ? undefined : columnsOfFields(readFields(part(table, "schema")));
}

async function tablesOf(runner: JobRunner, { database, schema }: Dataset): Promise<readonly ExistingRelation[]> {
  const found: { readonly relation: Relation; readonly kind: "table" | "view" }[] = [];
  let pageToken: string | undefined;
  do {
    const page = await read(runner, {
      project: database,
      path: `/datasets/${schema}/tables`,
      query: { maxResults: 1000, pageToken },
    });
    for (const table of listPart(page, "tables")) {
      const identifier = textPart(table, "tableReference", "tableId") ?? "";
      const kind = textPart(table, "type") === "VIEW" ? "view" : "table";
      found.push({ relation: { database, schema, identifier }, kind });
    }
    pageToken = textPart(page, "nextPageToken");
  } while (pageToken !== undefined);
  const shown: ExistingRelation[] = [];
  for (let first = 0; first < found.length; first += atOnce)
    shown.push(
      ...(await Promise.all(
        found.slice(first, first + atOnce).map(async ({ relation, kind }) => {
          const columns = (await tableColumns(runner, relation)) ?? [];
          return { relation, kind, columns };
        }),
      )),
    );
  return shown;
}

/** All tables and views of datasets, by REST: INFORMATION_SCHEMA costs money and does not show hidden datasets (BIGQUERY §7). */
export async function inspectDatasets(
  runner: JobRunner,
  datasets: readonly Dataset[],
): Promise<readonly ExistingRelation[]> {
  const different = new Map(datasets.map((dataset) => [`${dataset.database}.${dataset.schema}`, dataset]));
  const shown: ExistingRelation[] = [];
  for (const dataset of different.values()) shown.push(...(await tablesOf(runner, dataset)));
  return shown;
}
