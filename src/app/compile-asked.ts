import { type Checked, failed, passed } from "../domain/diagnostic.ts";
import type { Asking, CompiledModel } from "../domain/model.ts";
import type { CommentOf } from "../domain/query-comment.ts";
import { relationKey } from "../domain/relation.ts";
import type { Told } from "../domain/told.ts";
import { openSession } from "../runner/commented-session.ts";
import { driveScript } from "../runner/drive-script.ts";
import { statementDiagnostic } from "../runner/statement-diagnostic.ts";
import { StatementError, type Warehouse } from "../runner/warehouse.ts";
import type { CompiledText } from "./artifacts/write-artifacts.ts";
import { type Access, connectWarehouse } from "./connect.ts";
import type { Invocation } from "./invocation.ts";
import type { OpenProject } from "./open-project.ts";
import { tellOnlookers } from "./tell-onlookers.ts";

/** Who answers what is asked, and who hears what is said. */
interface Answering {
  readonly warehouse: Warehouse;
  readonly commentOf: CommentOf;
  readonly tell: (told: Told) => void;
}

async function answer<T>(
  script: ReturnType<Asking<T>["compile"]>,
  { uniqueId, name, path }: CompiledText,
  { warehouse, commentOf, tell }: Answering,
): Promise<Checked<T>> {
  const session = await openSession(warehouse, { comment: commentOf(uniqueId) });
  try {
    return await driveScript(script, session, { tell });
  } catch (cause) {
    if (!(cause instanceof StatementError) || cause.code === "read-only") throw cause;
    return failed(statementDiagnostic(cause, { name, path }));
  } finally {
    session.close();
  }
}

async function compileModel(model: CompiledModel, answering: Answering): Promise<Checked<CompiledModel>> {
  const { asks } = model;
  if (asks === undefined) return passed(model);
  const full = asks.modes.includes("full") ? await answer(asks.compile("full"), model, answering) : passed(model);
  if (!full.ok || !asks.modes.includes("incremental")) return full;
  const standing = await answering.warehouse.inspect([model.relation]);
  const isThere = standing.some(({ relation }) => relationKey(relation) === relationKey(model.relation));
  // Without a table there is no incremental mode, and nobody who could say what the template asks of it.
  if (!isThere) return passed({ ...full.value, incremental: undefined });
  const incremental = await answer(asks.compile("incremental"), model, answering);
  if (!incremental.ok) return incremental;
  const query = incremental.value.incremental ?? incremental.value.full;
  const isOther = query.text.text !== full.value.full.text.text;
  return passed({ ...full.value, incremental: isOther ? query : undefined });
}

async function compileOne(resource: CompiledText, answering: Answering): Promise<Checked<CompiledText>> {
  if (resource.resourceType === "analysis") return passed(resource);
  if (resource.resourceType !== "test") return await compileModel(resource, answering);
  return resource.asks === undefined
    ? passed(resource)
    : await answer(resource.asks.compile("full"), resource, answering);
}

async function compileAll(
  { root, project }: OpenProject,
  { resources, access }: { readonly resources: readonly CompiledText[]; readonly access: Access },
  invocation: Invocation,
): Promise<Checked<readonly CompiledText[]>> {
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, access);
  const tell = (told: Told): void => {
    tellOnlookers(told, invocation);
  };
  try {
    const compiled: CompiledText[] = [];
    for (const resource of resources) {
      const one = await compileOne(resource, { warehouse, commentOf: project.commentOf, tell });
      if (!one.ok) return one;
      compiled.push(one.value);
    }
    return passed(compiled);
  } finally {
    warehouse.close();
  }
}

/**
 * The resources with the queries of those that ask the warehouse too. It is opened only if one does, to be read, and to be
 * written only where a template changes something: that takes effect, as in dbt.
 */
export async function compileAsked(
  opened: OpenProject,
  resources: readonly CompiledText[],
  invocation: Invocation,
): Promise<Checked<readonly CompiledText[]>> {
  const isAsking = (resource: CompiledText): boolean => "asks" in resource && resource.asks !== undefined;
  if (!resources.some(isAsking)) return passed(resources);
  try {
    return await compileAll(opened, { resources, access: "read" }, invocation);
  } catch (cause) {
    if (!(cause instanceof StatementError) || cause.code !== "read-only") throw cause;
    return await compileAll(opened, { resources, access: "write" }, invocation);
  }
}
