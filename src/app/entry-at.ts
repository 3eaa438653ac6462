import { statSync, type Stats } from "node:fs";
import { WorldError } from "../domain/world-error.ts";

const nothingThere: readonly unknown[] = ["ENOENT", "ENOTDIR"];

/**
 * What stands under a path, links followed; `undefined` where nothing does, or a file stands in place of one of its folders.
 * Throws a `WorldError` where that cannot be seen.
 */
export function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    if (nothingThere.includes(cause.code)) return undefined;
    throw new WorldError("unreadable-file", `The path "${path}" cannot be looked at.`, { hint: cause.message, cause });
  }
}
