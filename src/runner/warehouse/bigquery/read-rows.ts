import type { Row } from "../../../domain/script.ts";
import type { QueryResult } from "../../warehouse.ts";
import { look } from "./look.ts";
import { listPart, part, textPart } from "./read-answer.ts";
import { columnsOfFields, type Field, readFields, readRow } from "./read-value.ts";
import type { JobRunner } from "./run-job.ts";

/** Rows of a page; BigQuery gives fewer where they are large. */
const pageSize = 10_000;

/** The rows of a query job that is done, at most so many of them. */
export async function readRows(runner: JobRunner, id: string, atMost: number | undefined): Promise<QueryResult> {
  const limit = atMost ?? Number.POSITIVE_INFINITY;
  let fields: readonly Field[] = [];
  const rows: Row[] = [];
  let pageToken: string | undefined;
  do {
    const maxResults = Math.min(pageSize, limit - rows.length);
    const { location } = runner;
    const query = { location, "formatOptions.useInt64Timestamp": true, timeoutMs: 0, maxResults, pageToken };
    const page = await look(runner, { what: "rows", path: `/queries/${id}`, query });
    fields = fields.length > 0 ? fields : readFields(part(page, "schema"));
    for (const row of listPart(page, "rows")) rows.push(readRow(row, fields));
    pageToken = textPart(page, "pageToken");
  } while (pageToken !== undefined && rows.length < limit);
  return { columns: columnsOfFields(fields), rows: rows.slice(0, limit) };
}
