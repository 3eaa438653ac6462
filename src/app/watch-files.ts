import { watch } from "chokidar";
import { relative, sep } from "node:path";

/** What is watched: a folder, and which paths below it count (relative, with `/`). */
export interface WatchedFiles {
  readonly root: string;
  readonly counts: (path: string) => boolean;
}

/**
 * Programs empty a file before they write it: a change is told this many milliseconds after its first sign. chokidar drops
 * what happens to a file within 50 ms of a change that it told (5.0, `_throttle`), so it is told once more when that is over.
 */
const firstMs = 5;
const lastMs = 70;

/** Watches files and calls back at each change, a little later once again; resolves once it does, with the way to stop. */
export async function watchFiles({ root, counts }: WatchedFiles, changed: () => void): Promise<() => Promise<void>> {
  const inside = (path: string): string => relative(root, path).split(sep).join("/");
  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      inside(path) !== "" && !counts(stats?.isFile() === true ? inside(path) : `${inside(path)}/`),
  });
  let first: NodeJS.Timeout | undefined;
  let last: NodeJS.Timeout | undefined;
  watcher.on("all", () => {
    first ??= setTimeout(() => {
      first = undefined;
      changed();
    }, firstMs);
    clearTimeout(last);
    last = setTimeout(changed, lastMs);
  });
  await new Promise<void>((ready, failed) => {
    watcher.once("ready", ready);
    watcher.once("error", failed);
  });
  return () => {
    clearTimeout(first);
    clearTimeout(last);
    return watcher.close();
  };
}
