import type { DueReason, DueWindow, IgnoredNames } from "../domain/ingest-event.ts";
import type { IngestSettings } from "../domain/ingest-settings.ts";
import { isInRange, type WindowRange } from "../domain/window.ts";
import { columnsPrint, filesPrint } from "./fingerprint.ts";
import type { Ledger, LedgerWindow } from "./ledger.ts";
import { parsePull, type Pull } from "./pull.ts";
import type { Store } from "./store.ts";

/** A pull as the store listed it. */
export interface ListedPull extends Pull {
  readonly version: string;
  readonly size: number;
}

/** A due window with all that staging it needs: its pulls in order, and what the ledger knows of it. */
export interface PlannedWindow extends DueWindow {
  readonly pulls: readonly ListedPull[];
  readonly fingerprint: string;
  readonly known: LedgerWindow | undefined;
}

/** The windows that are due, in order of time, and what the whole listing came to. */
export interface IngestPlan {
  readonly due: readonly PlannedWindow[];
  readonly files: number;
  readonly bytes: number;
  readonly ignored: IgnoredNames;
}

/** What planning looks at; without a range all windows are meant. */
export interface PlanningPorts {
  readonly raw: Pick<Store, "list">;
  readonly ledger: Pick<Ledger, "windows">;
  readonly range?: WindowRange | undefined;
}

/** Finds the windows that are due from the listing and the ledger alone: no file is read and nothing is changed. */
export async function planIngest(settings: IngestSettings, ports: PlanningPorts): Promise<IngestPlan> {
  const { pulls, ignored } = await listPulls(ports.raw);
  const known = new Map((await ports.ledger.windows()).map((each) => [each.window.startMs, each]));
  const pullsOf = new Map<number, ListedPull[]>([...known.keys()].map((startMs) => [startMs, []]));
  for (const pull of pulls) {
    const { startMs } = pull.window;
    const others = pullsOf.get(startMs);
    if (others === undefined) pullsOf.set(startMs, [pull]);
    else others.push(pull);
  }
  const columns = columnsPrint(settings.columns);
  const range = ports.range ?? { startMs: undefined, endMs: undefined };
  const due = [...pullsOf]
    .filter(([startMs]) => isInRange({ startMs }, range))
    .sort(([a], [b]) => a - b)
    .flatMap(([startMs, inWindow]) => dueWindow({ startMs, pulls: inWindow, columns, known: known.get(startMs) }));
  return { due, files: pulls.length, bytes: totalSize(pulls), ignored };
}

function totalSize(pulls: readonly ListedPull[]): number {
  return pulls.reduce((sum, { size }) => sum + size, 0);
}

interface Candidate {
  readonly startMs: number;
  readonly pulls: ListedPull[];
  readonly columns: string;
  readonly known: LedgerWindow | undefined;
}

/** The window with the reason for which it is due, or nothing. */
function dueWindow({ startMs, pulls, columns, known }: Candidate): readonly PlannedWindow[] {
  pulls.sort(byNameAndPath);
  const files = filesPrint(pulls);
  const fingerprint = `${columns}-${files}`;
  if (known?.fingerprint === fingerprint) return [];
  const reason = dueReason({ pulls, files, known });
  return [{ window: { startMs }, reason, files: pulls.length, bytes: totalSize(pulls), pulls, fingerprint, known }];
}

function dueReason({
  pulls,
  files,
  known,
}: Pick<PlannedWindow, "pulls" | "known"> & { readonly files: string }): DueReason {
  if (known === undefined) return "new";
  if (known.fingerprint.endsWith(`-${files}`)) return "columns";
  return pulls.length === 0 ? "vanished" : "changed";
}

function byNameAndPath(a: Pull, b: Pull): number {
  return a.name === b.name ? (a.path < b.path ? -1 : 1) : a.name < b.name ? -1 : 1;
}

const examplesOfIgnored = 5;

async function listPulls(
  raw: Pick<Store, "list">,
): Promise<{ readonly pulls: ListedPull[]; readonly ignored: IgnoredNames }> {
  const pulls: ListedPull[] = [];
  const examples: string[] = [];
  let count = 0;
  for (const { name, version, size } of await raw.list()) {
    const pull = parsePull(name);
    if (pull !== undefined) pulls.push({ ...pull, version, size });
    else if (++count <= examplesOfIgnored) examples.push(name);
  }
  return { pulls, ignored: { count, examples } };
}
