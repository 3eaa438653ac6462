import { isAbsolute, join } from "node:path";
import type { CommentOf } from "../domain/query-comment.ts";
import { judgeFreshness, type SourceFreshness } from "../domain/freshness.ts";
import { openSession } from "../runner/commented-session.ts";
import { StatementError, type Warehouse } from "../runner/warehouse.ts";
import { WorldError } from "../domain/world-error.ts";
import { type FreshnessResult, sourcesArtifact } from "./artifacts/sources-artifact.ts";
import { writeManifest, writeWhole } from "./artifacts/write-artifacts.ts";
import { connectWarehouse } from "./connect.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { resolvePath } from "./open-project.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";

/** Which sources are asked for, and where the answer goes if not to `sources.json` among the artifacts. */
export interface FreshnessOptions extends SelectOptions {
  readonly output: string | undefined;
}

/** An empty table is as old as can be, as in dbt. */
const longAgoMs = Date.parse("0001-01-01T00:00:00Z");

/** A moment as answers carry it: `2022-10-01 14:44:35.546`, with or without an offset; without one it is UTC. */
function readMoment(value: unknown): number | undefined {
  if (value === null || value === undefined) return longAgoMs;
  if (typeof value !== "string") return undefined;
  const iso = value.replace(" ", "T").replace(/(?<=[+-]\d{2})$/u, ":00");
  const hasZone = /(?:Z|[+-]\d{2}:\d{2})$/u.test(iso);
  const ms = Date.parse(hasZone || iso.length === 10 ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

async function ask(
  { source, criteria, query }: SourceFreshness,
  { warehouse, commentOf }: { readonly warehouse: Warehouse; readonly commentOf: CommentOf },
  invocation: Invocation,
): Promise<FreshnessResult["found"]> {
  const failure = (error: string): FreshnessResult["found"] => ({ status: "runtime error", error });
  if (!query.ok) return failure(query.diagnostics.map(({ message }) => message).join(" "));
  try {
    const session = await openSession(warehouse, {
      functions: query.value.uses,
      comment: commentOf(source.uniqueId),
    });
    try {
      const { rows } = await session.rows(query.value.statement);
      const loadedMs = readMoment(rows[0]?.["max_loaded_at"]);
      if (loadedMs === undefined || rows.length !== 1)
        return failure(`The newest row of "${source.sourceName}.${source.name}" has no time.`);
      const askedMs = Math.floor(invocation.now / 1000);
      return { status: judgeFreshness(askedMs - loadedMs, criteria), loadedMs, askedMs };
    } finally {
      session.close();
    }
  } catch (cause) {
    if (cause instanceof StatementError || cause instanceof WorldError) return failure(cause.message);
    throw cause;
  }
}

/** Asks how old the newest rows of sources are, tells each, and writes `sources.json`. */
export async function sourceFreshness(invocation: Invocation, options: FreshnessOptions): Promise<Ending> {
  const selection = await openSelected(invocation, { ...options, resourceTypes: ["source"], broken: "kept" });
  if (selection === undefined) return "refusal";
  const { opened, selected } = selection;
  const { project, root } = opened;
  const ids = new Set(selected.map(({ uniqueId }) => uniqueId));
  const sources = project.freshness.filter(({ source }) => ids.has(source.uniqueId));
  const results: FreshnessResult[] = [];
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, "read");
  try {
    for (const [at, each] of sources.entries()) {
      invocation.signal.throwIfAborted();
      const title = `${each.source.sourceName}.${each.source.name}`;
      const place = { title, index: at + 1, total: sources.length };
      invocation.emit({ kind: "freshnessStarted", ...place });
      const startedMs = invocation.clock();
      const found = await ask(each, { warehouse, commentOf: project.commentOf }, invocation);
      const endedMs = invocation.clock();
      results.push({ uniqueId: each.source.uniqueId, criteria: each.criteria, startedMs, endedMs, found });
      const said = found.status === "runtime error" ? found.error : undefined;
      invocation.emit({
        kind: "freshnessEnded",
        ...place,
        status: found.status,
        elapsedMs: endedMs - startedMs,
        error: said,
      });
    }
  } finally {
    warehouse.close();
  }
  writeManifest(opened, invocation);
  const { output } = options;
  const target = join(resolvePath(root, project.settings.targetPath), "sources.json");
  const file = output === undefined ? target : isAbsolute(output) ? output : join(invocation.folder, output);
  writeWhole(file, JSON.stringify(sourcesArtifact(results, invocation)));
  const isBad = results.some(({ found }) => found.status === "error" || found.status === "runtime error");
  invocation.emit({ kind: "freshnessDone", isGood: !isBad });
  return isBad ? "failure" : "success";
}
