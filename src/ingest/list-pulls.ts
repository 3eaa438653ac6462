import type { IgnoredNames } from "../domain/ingest-event.ts";
import { parsePull, type Pull } from "./pull.ts";
import type { Store } from "./store.ts";

/** A pull as its store listed it. */
export interface ListedPull extends Pull {
  readonly version: string;
  readonly size: number;
}

/** All pulls of a store, by the beginning of their windows and in order of name and path; and the names that are none. */
export interface PullListing {
  readonly pullsOf: ReadonlyMap<number, readonly ListedPull[]>;
  readonly files: number;
  readonly bytes: number;
  readonly ignored: IgnoredNames;
}

const shownExamples = 5;

/** Lists the pulls of a store; no file is read. */
export async function listPulls(raw: Pick<Store, "list">): Promise<PullListing> {
  const pullsOf = new Map<number, ListedPull[]>();
  const examples: string[] = [];
  let [files, bytes, others] = [0, 0, 0];
  for (const { name, version, size } of await raw.list()) {
    const pull = parsePull(name);
    if (pull === undefined) {
      others++;
      if (others <= shownExamples) examples.push(name);
      continue;
    }
    files++;
    bytes += size;
    const inWindow = pullsOf.get(pull.window.startMs) ?? [];
    pullsOf.set(pull.window.startMs, inWindow);
    inWindow.push({ ...pull, version, size });
  }
  for (const inWindow of pullsOf.values()) inWindow.sort(byNameAndPath);
  return { pullsOf, files, bytes, ignored: { count: others, examples } };
}

function byNameAndPath(a: Pull, b: Pull): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}
