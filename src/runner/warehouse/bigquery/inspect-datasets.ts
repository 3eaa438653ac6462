import type { Column } from "../../../domain/column.ts";
import type { Relation } from "../../../domain/relation.ts";
import type { ExistingRelation } from "../../warehouse.ts";
import { look } from "./look.ts";
import { listPart, part, textPart } from "./read-answer.ts";
import { columnsOfFields, readFields } from "./read-value.ts";
import { readLayout } from "./read-layout.ts";
import type { JobRunner } from "./run-job.ts";

type Dataset = Pick<Relation, "database" | "schema">;

/** Tables that are looked at at the same time. */
const atOnce = 16;

async function lookAtTable(runner: JobRunner, { database, schema, identifier }: Relation): Promise<unknown> {
  const path = `/datasets/${schema}/tables/${identifier}`;
  return look(runner, { what: "tables", project: database, path });
}

/** The columns of a table or view; `undefined` where it is not there. */
export async function tableColumns(runner: JobRunner, relation: Relation): Promise<readonly Column[] | undefined> {
  const table = await lookAtTable(runner, relation);
  return table === undefined ? undefined : columnsOfFields(readFields(part(table, "schema")));
}

async function tablesOf(runner: JobRunner, { database, schema }: Dataset): Promise<readonly ExistingRelation[]> {
  const found: { readonly relation: Relation; readonly kind: "table" | "view" }[] = [];
  let pageToken: string | undefined;
  do {
    const page = await look(runner, {
      what: "tables",
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
          const table = await lookAtTable(runner, relation);
          const columns = columnsOfFields(readFields(part(table, "schema")));
          return { relation, kind, columns, layout: readLayout(table, columns) };
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

/** The names of a project's datasets. */
export async function datasetNames(runner: JobRunner, project: string): Promise<readonly string[]> {
  const names: string[] = [];
  let pageToken: string | undefined;
  do {
    const query = { maxResults: 1000, pageToken, all: true };
    const page = await look(runner, { what: "datasets", project, path: "/datasets", query });
    for (const dataset of listPart(page, "datasets"))
      names.push(textPart(dataset, "datasetReference", "datasetId") ?? "");
    pageToken = textPart(page, "nextPageToken");
  } while (pageToken !== undefined);
  return names;
}
