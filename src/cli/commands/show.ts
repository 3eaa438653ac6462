import { type ShowOptions, showRows } from "../../app/show-rows.ts";
import type { CallContext, ExitCode } from "../call-context.ts";
import { renderTable } from "../render-table.ts";

/** `show`: the first rows of queries, as tables or as one JSON object a query. */
export async function answerShow(
  { invocation, answer }: CallContext,
  options: ShowOptions & { readonly output: "text" | "json" },
): Promise<ExitCode> {
  const shown = await showRows(invocation, options);
  if (shown === undefined) return 2;
  for (const { name, isInline, columns, rows } of shown) {
    if (options.output === "json") {
      answer(`${JSON.stringify(isInline ? { show: rows } : { node: name, show: rows })}\n`);
      continue;
    }
    const names = columns.map((column) => column.name);
    const table = renderTable(
      names,
      rows.map((row) => names.map((column) => row[column])),
    );
    answer(`Previewing ${isInline ? "inline node" : `node '${name}'`}:\n${table}\n`);
  }
  return 0;
}
