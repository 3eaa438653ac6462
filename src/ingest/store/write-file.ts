import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { WorldError } from "../../domain/world-error.ts";
import type { WriteCondition } from "../store.ts";
import { attempt } from "./folder-error.ts";
import { newPartialName } from "./partial-name.ts";
import { fileVersion } from "./walk-folder.ts";

/** A file as it was written. */
export interface WrittenFile {
  readonly version: string;
  readonly size: number;
}

/**
 * Writes a file under a partial name, has it put on the disk and renames it: readers see the old file or the new one, and
 * a process that is killed leaves at most the partial one. The condition is looked at just before the renaming.
 */
export async function writeFile(
  path: string,
  chunks: AsyncIterable<Buffer>,
  condition: WriteCondition,
): Promise<WrittenFile> {
  const what = { doing: "write", path } as const;
  const partial = newPartialName(path);
  attempt(what, () => mkdirSync(dirname(path), { recursive: true }));
  try {
    const written = await writePartial(partial, path, chunks);
    attempt(what, () => {
      demandVersion(path, condition);
      renameSync(partial, path);
    });
    return written;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

async function writePartial(partial: string, path: string, chunks: AsyncIterable<Buffer>): Promise<WrittenFile> {
  const what = { doing: "write", path } as const;
  const file = attempt(what, () => openSync(partial, "wx"));
  try {
    for await (const chunk of chunks)
      attempt(what, () => {
        for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
      });
    return attempt(what, () => {
      fsyncSync(file);
      const stats = fstatSync(file, { bigint: true });
      return { version: fileVersion(stats), size: Number(stats.size) };
    });
  } finally {
    closeSync(file);
  }
}

function demandVersion(path: string, { replacing }: WriteCondition): void {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if ((stats === undefined ? undefined : fileVersion(stats)) === replacing) return;
  throw new WorldError("lost-race", `Something else wrote "${path}" in the meantime.`, {
    hint: "See that only one tsdbt ingests into this folder at a time, and run it again.",
  });
}
