import { watch } from "chokidar";
import { relative, sep } from "node:path";

/** What is watched: a folder, and which paths below it count (relative, with `/`). */
export interface WatchedFiles {
  readonly root: string;
  readonly counts: (path: string) => boolean;
}

/** Watches files and calls back at each change; resolves once it does, with the way to stop. */
export async function watchFiles({ root, counts }: WatchedFiles, changed: () => void): Promise<() => Promise<void>> {
  const inside = (path: string): string => relative(root, path).split(sep).join("/");
  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      inside(path) !== "" && !counts(stats?.isFile() === true ? inside(path) : `${inside(path)}/`),
  });
  watcher.on("all", changed);
  await new Promise<void>((ready, failed) => {
    watcher.once("ready", ready);
    watcher.once("error", failed);
  });
  return () => watcher.close();
}
