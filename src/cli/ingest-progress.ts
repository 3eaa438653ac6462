import { Presets, SingleBar } from "cli-progress";
import type { AppEvent } from "../app/invocation.ts";

/** A bar that follows the windows of an ingest on a terminal, for work of over a second. */
export interface IngestProgress {
  readonly follow: (event: AppEvent) => void;
  readonly hide: () => void;
}

/** No bar at all: output is no terminal. */
export const noProgress: IngestProgress = { follow: () => undefined, hide: () => undefined };

/** Work that takes less than this is over before a bar could be read. */
const patienceMs = 1000;

/** A bar on a terminal. Lines of output take it away for the moment; it comes back with the next window. */
export function terminalProgress(stream: NodeJS.WritableStream, clock: () => number): IngestProgress {
  let bar: SingleBar | undefined;
  let startedMs = 0;
  let total = 0;
  let done = 0;
  const hide = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    hide,
    follow: (event) => {
      if (event.kind === "pullsListed") {
        startedMs = clock();
        total = event.due.length;
        done = 0;
      }
      if (event.kind !== "windowStaged") return;
      done += 1;
      if (done === total) hide();
      if (done === total || clock() - startedMs < patienceMs) return;
      if (bar === undefined) {
        const format = "  {bar} {value}/{total} windows, {eta} s left";
        bar = new SingleBar({ stream, clearOnComplete: true, hideCursor: true, format }, Presets.shades_classic);
        bar.start(total, done);
      } else bar.update(done);
    },
  };
}
