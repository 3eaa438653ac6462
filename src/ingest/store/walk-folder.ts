import { readdirSync, realpathSync, statSync, type BigIntStats, type Dirent } from "node:fs";
import { join } from "node:path";
import { systemCode } from "./folder-error.ts";

/** A file below a folder, by its name relative to it with `/`. */
export interface FolderFile {
  readonly name: string;
  readonly version: string;
  readonly size: number;
}

/** A folder on the way down: where it is, what its files' names start with, and the real paths of it and all around it. */
interface Place {
  readonly path: string;
  readonly prefix: string;
  readonly chain: readonly string[];
}

/**
 * All files below a folder, links followed. What vanishes meanwhile is left out, and so is a link to a folder that it lies
 * in. Throws what the system throws.
 */
export function walkFolder(path: string): readonly FolderFile[] {
  const files: FolderFile[] = [];
  const waiting: Place[] = [{ path, prefix: "", chain: [realpathSync(path)] }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop())
    for (const entry of readdirSync(place.path, { withFileTypes: true })) visit(place, entry, { files, waiting });
  return files;
}

interface Found {
  readonly files: FolderFile[];
  readonly waiting: Place[];
}

function visit(place: Place, entry: Dirent, { files, waiting }: Found): void {
  const path = join(place.path, entry.name);
  const name = place.prefix + entry.name;
  const stats = entry.isDirectory() ? undefined : statSync(path, { bigint: true, throwIfNoEntry: false });
  if (entry.isDirectory() || stats?.isDirectory() === true) {
    const real = realPath(path);
    if (real === undefined || place.chain.includes(real)) return;
    waiting.push({ path, prefix: `${name}/`, chain: [...place.chain, real] });
  } else if (stats?.isFile() === true) files.push({ name, version: fileVersion(stats), size: Number(stats.size) });
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The version of a file: another one whenever it was replaced, written to or touched. */
export function fileVersion(stats: BigIntStats): string {
  // Joined, not concatenated: there may be a hundred thousand of them, and this way each is one flat string.
  return [stats.ino, stats.mtimeNs, stats.size].map((part) => part.toString(36)).join("-");
}
