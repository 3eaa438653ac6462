import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One result of `run_results.json`, as far as tests look at it. */
export interface ReadResult {
  readonly uniqueId: string;
  readonly status: string;
  readonly message: string | null;
  readonly failures: number | null;
  readonly relationName: string | null;
}

function textOf(value: object, key: string): string | null {
  const field: unknown = Reflect.get(value, key);
  return typeof field === "string" ? field : null;
}

function resultOf(value: unknown): ReadResult {
  if (typeof value !== "object" || value === null) throw new Error("a result is an object");
  const failures: unknown = Reflect.get(value, "failures");
  return {
    uniqueId: textOf(value, "unique_id") ?? "",
    status: textOf(value, "status") ?? "",
    message: textOf(value, "message"),
    failures: typeof failures === "number" ? failures : null,
    relationName: textOf(value, "relation_name"),
  };
}

/** The results that the last call in a project left behind. */
export function runResults(project: string): readonly ReadResult[] {
  const read: unknown = JSON.parse(readFileSync(join(project, "target/run_results.json"), "utf8"));
  const results: unknown = typeof read === "object" && read !== null ? Reflect.get(read, "results") : undefined;
  if (!Array.isArray(results)) throw new Error("run_results.json has no results");
  return results.map(resultOf);
}

/** The status of each node, by the third part of its unique id: its name. */
export function statuses(project: string): Readonly<Record<string, string>> {
  return Object.fromEntries(runResults(project).map(({ uniqueId, status }) => [uniqueId.split(".")[2] ?? "", status]));
}
