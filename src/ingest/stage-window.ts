import { createHash, type Hash } from "node:crypto";
import type { StagedObject, StagedWindow } from "../domain/staged-window.ts";
import type { PlannedWindow } from "./plan-ingest.ts";
import { RejectsFile } from "./rejects-file.ts";
import { headerRow } from "./scan/header-row.ts";
import { largestPull, type PullScanner } from "./scan/pull-scanner.ts";
import { stagedNames } from "./staged-names.ts";
import type { Store, StoredObject } from "./store.ts";

/** What staging works with. `columns` are the CSV's, `versions` those of the objects that `staged` holds, by name. */
export interface StagingPorts {
  readonly raw: Pick<Store, "read">;
  readonly staged: Store;
  readonly versions: ReadonlyMap<string, string>;
  readonly scanner: PullScanner;
  readonly columns: readonly string[];
  readonly signal: AbortSignal;
}

/** A window as it was staged, and the size of its CSV. */
export interface Staging {
  readonly staged: StagedWindow;
  readonly bytes: number;
}

/**
 * Reads a window's pulls and writes its CSV, and the CSV of what was turned away where there is any: each whole or not at
 * all, the rows last. Whatever stops it, staging the window again makes it good.
 */
export async function stageWindow(planned: PlannedWindow, ports: StagingPorts): Promise<Staging> {
  const { staged, versions, scanner } = ports;
  const names = stagedNames(planned.window);
  const work: Work = {
    rejects: new RejectsFile({ store: staged, name: names.rejects, replacing: versions.get(names.rejects) }),
    rowsHash: createHash("sha256"),
    files: 0,
    rejectsObject: undefined,
  };
  const rows = await staged.write(names.rows, rowChunks(planned.pulls, ports, work), {
    replacing: versions.get(names.rows),
  });
  if (work.rejectsObject === undefined && versions.has(names.rejects)) await staged.remove(names.rejects);
  const addressed = ({ name, version }: StoredObject): StagedObject => ({ name, version, uri: staged.uri(name) });
  return {
    bytes: rows.size,
    staged: {
      window: planned.window,
      object: addressed(rows),
      rejects: work.rejectsObject === undefined ? undefined : addressed(work.rejectsObject),
      fingerprint: planned.fingerprint,
      contentHash: createHash("sha256").update(work.rowsHash.digest()).update(work.rejects.digest()).digest("hex"),
      files: work.files,
      ...scanner.counts,
      unknownKeys: scanner.unknownKeys(),
    },
  };
}

/** What comes up while the rows are made. */
interface Work {
  readonly rejects: RejectsFile;
  readonly rowsHash: Hash;
  files: number;
  rejectsObject: StoredObject | undefined;
}

const chunkSize = 1 << 20;

async function* rowChunks(
  pulls: readonly StoredObject[],
  { raw, scanner, columns, signal }: StagingPorts,
  work: Work,
): AsyncGenerator<Buffer> {
  const large = pulls.filter(({ size }) => size > largestPull);
  scanner.start(headerRow(columns));
  for (const { name } of large) scanner.refuseLarge(name);
  work.files = large.length;
  let isDone = false;
  try {
    for await (const { name, content } of raw.read(namesUpTo(largestPull, pulls))) {
      signal.throwIfAborted();
      if (content === undefined) continue;
      work.files++;
      scanner.scan(name, content);
      if (scanner.rejects.length >= chunkSize) await work.rejects.drain(scanner.rejects);
      if (scanner.rows.length < chunkSize) continue;
      yield hashed(scanner, work);
      scanner.rows.cutTo(0);
    }
    yield hashed(scanner, work);
    await work.rejects.drain(scanner.rejects);
    work.rejectsObject = await work.rejects.end();
    isDone = true;
  } finally {
    if (!isDone) await work.rejects.abort();
  }
}

function namesUpTo(largest: number, pulls: readonly StoredObject[]): readonly string[] {
  return pulls.filter(({ size }) => size <= largest).map(({ name }) => name);
}

function hashed({ rows }: PullScanner, { rowsHash }: Work): Buffer {
  const chunk = rows.view();
  rowsHash.update(chunk);
  return chunk;
}
