import type { CompiledModel, CompiledQuery } from "../domain/model.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import { sql, type Sql, trimSql } from "../domain/sql.ts";
import { openSession } from "../runner/commented-session.ts";
import { type QueryResult, type Session, StatementError } from "../runner/warehouse.ts";
import { statementDiagnostic } from "../runner/statement-diagnostic.ts";
import { neededFunctions } from "../compiler/plan/needed-functions.ts";
import { compileAsked } from "./compile-asked.ts";
import { connectWarehouse } from "./connect.ts";
import type { Invocation } from "./invocation.ts";
import { inlineName, openSoundProject } from "./open-project.ts";
import { type SelectOptions, selectProject } from "./select-project.ts";

/** The first rows of one resource's query. */
export interface ShownRows extends QueryResult {
  readonly name: string;
  /** Whether it was given on the command line. */
  readonly isInline: boolean;
}

/** Which queries to show: of selected models, or one from the command line; at most `limit` rows, all if it is negative. */
export interface ShowOptions extends SelectOptions {
  readonly inline: string | undefined;
  readonly limit: number;
}

interface ShownQuery {
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  readonly query: CompiledQuery;
  /** Statements that the query relies on (`sql_header`). */
  readonly header: Sql | undefined;
  readonly functions: readonly string[];
}

/** The rows of a query behind its header, which is a statement of its own where it ends as one, and else the query's beginning, as in dbt. */
async function readRows(
  session: Session,
  { query, header }: ShownQuery,
  limit: number | undefined,
): Promise<QueryResult> {
  if (header === undefined) return await session.rows(query.statement, limit);
  const head = trimSql(header);
  if (!head.text.endsWith(";")) return await session.rows(sql`${head}\n${query.statement}`, limit);
  await session.answer({ kind: "statement", statement: head });
  return await session.rows(query.statement, limit);
}

/** Runs the queries of models as they are written now, changing nothing, and gives their first rows. */
export async function showRows(
  invocation: Invocation,
  options: ShowOptions,
): Promise<readonly ShownRows[] | undefined> {
  const opened = await openSoundProject(invocation, { inline: options.inline });
  if (opened === undefined) return undefined;
  const { project, root } = opened;
  const refuse = (...diagnostics: readonly Diagnostic[]): void => {
    invocation.emit({ kind: "diagnosed", diagnostics });
  };
  if (options.inline === undefined && options.select.length === 0) {
    const hint = "Name a model by --select, or give a query by --inline.";
    refuse(error("usage", "There is nothing to show.", { hint }));
    return undefined;
  }
  const select = options.inline === undefined ? options.select : [inlineName];
  const selected = selectProject(opened, { ...options, select, resourceTypes: ["model", "test"] }, invocation);
  if (!selected.ok) {
    refuse(...selected.diagnostics);
    return undefined;
  }
  const needed = neededFunctions(project);
  const models = selected.value.filter((resource): resource is CompiledModel => resource.resourceType === "model");
  const compiled = await compileAsked(opened, models, invocation);
  if (!compiled.ok) {
    refuse(...compiled.diagnostics);
    return undefined;
  }
  const queries = compiled.value.flatMap((resource): readonly ShownQuery[] => {
    if (resource.resourceType !== "model") return [];
    const { uniqueId, name, path, full, dependsOn, around } = resource;
    const { header } = around.full;
    return [{ uniqueId, name, path, query: full, header, functions: needed(dependsOn, full.uses) }];
  });
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, "read");
  try {
    const shown: ShownRows[] = [];
    for (const query of queries) {
      const { uniqueId, name, path, functions } = query;
      const session = await openSession(warehouse, { functions, comment: project.commentOf(uniqueId) });
      try {
        const rows = await readRows(session, query, options.limit < 0 ? undefined : options.limit);
        shown.push({ name, isInline: options.inline !== undefined, ...rows });
      } catch (cause) {
        if (!(cause instanceof StatementError)) throw cause;
        refuse(statementDiagnostic(cause, { name, path }));
        return undefined;
      } finally {
        session.close();
      }
    }
    return shown;
  } finally {
    warehouse.close();
  }
}
