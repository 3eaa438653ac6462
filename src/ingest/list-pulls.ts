import type { IgnoredNames } from "../domain/ingest-event.ts";
import { pullName, pullWindow } from "./pull.ts";
import type { Store, StoredObject } from "./store.ts";

/** All pulls of a store, by the beginning of their windows and in order of name and path; and the names that are none. */
export interface PullListing {
  readonly pullsOf: ReadonlyMap<number, readonly StoredObject[]>;
  readonly files: number;
  readonly bytes: number;
  readonly ignored: IgnoredNames;
}

const shownExamples = 5;

/** Lists the pulls of a store; no file is read. */
export async function listPulls(raw: Pick<Store, "list">): Promise<PullListing> {
  const pullsOf = new Map<number, StoredObject[]>();
  const examples: string[] = [];
  let [files, bytes, others] = [0, 0, 0];
  for (const object of await raw.list()) {
    const window = pullWindow(object.name);
    if (window === undefined) {
      others++;
      if (others <= shownExamples) examples.push(object.name);
      continue;
    }
    files++;
    bytes += object.size;
    const inWindow = pullsOf.get(window.startMs);
    if (inWindow === undefined) pullsOf.set(window.startMs, [object]);
    else inWindow.push(object);
  }
  for (const inWindow of pullsOf.values()) inWindow.sort(byNameAndPath);
  return { pullsOf, files, bytes, ignored: { count: others, examples } };
}

function byNameAndPath({ name: a }: StoredObject, { name: b }: StoredObject): number {
  const [nameOfA, nameOfB] = [pullName(a), pullName(b)];
  if (nameOfA !== nameOfB) return nameOfA < nameOfB ? -1 : 1;
  return a < b ? -1 : 1;
}
