import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Pull } from "./pulls.ts";

/** What was written. */
export interface Written {
  readonly files: number;
  readonly bytes: number;
}

/** Writes pulls below a folder, one at a time. A file of the same name is an error: nothing is ever overwritten. */
export function writePulls(pulls: Iterable<Pull>, folder: string): Written {
  let files = 0;
  let bytes = 0;
  let made = "";
  for (const pull of pulls) {
    const path = join(folder, pull.path);
    const parent = dirname(path);
    if (parent !== made) {
      mkdirSync(parent, { recursive: true });
      made = parent;
    }
    writeFileSync(path, pull.bytes, { flag: "wx" });
    files += 1;
    bytes += pull.bytes.length;
  }
  return { files, bytes };
}
