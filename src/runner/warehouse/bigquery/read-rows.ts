import type { Row } from "../../../domain/script.ts";
import type { QueryResult } from "../../warehouse.ts";
import { isPassing, worldErrorOf } from "./job-failure.ts";
import { listPart, part, textPart } from "./read-answer.ts";
import { columnsOfFields, type Field, readFields, readRow } from "./read-value.ts";
import type { JobRunner } from "./run-job.ts";

/** Rows of a page; BigQuery gives fewer where they are large. */
const pageSize = 10_000;

async function readPage({ client, location, pause, retries }: JobRunner, id: string, query: object): Promise<unknown> {
  for (let failures = 0; ; failures++)
    try {
      const path = `/queries/${id}`;
      const common = { location, "formatOptions.useInt64Timestamp": true, timeoutMs: 0 };
      return await client.call({ method: "GET", path, query: { ...common, ...query } });
    } catch (error) {
      if (!isPassing(error) || failures >= retries) throw worldErrorOf(error, "reading rows");
      await pause(1000 * 2 ** failures);
    }
}

/** The rows of a query job that is done, at most so many of them. */
export async function readRows(runner: JobRunner, id: string, atMost: number | undefined): Promise<QueryResult> {
  const limit = atMost ?? Number.POSITIVE_INFINITY;
  let fields: readonly Field[] = [];
  const rows: Row[] = [];
  let pageToken: string | undefined;
  do {
    const maxResults = Math.min(pageSize, limit - rows.length);
    const page = await readPage(runner, id, { maxResults, pageToken });
    fields = fields.length > 0 ? fields : readFields(part(page, "schema"));
    for (const row of listPart(page, "rows")) rows.push(readRow(row, fields));
    pageToken = textPart(page, "pageToken");
  } while (pageToken !== undefined && rows.length < limit);
  return { columns: columnsOfFields(fields), rows: rows.slice(0, limit) };
}
