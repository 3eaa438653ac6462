import type { DueReason, DueWindow, IgnoredNames } from "../domain/ingest-event.ts";
import type { IngestSettings } from "../domain/ingest-settings.ts";
import { isInRange, type WindowRange } from "../domain/window.ts";
import { columnsPrint, filesPrint } from "./fingerprint.ts";
import type { Ledger, LedgerWindow } from "./ledger.ts";
import { listPulls } from "./list-pulls.ts";
import { stagedNames } from "./staged-names.ts";
import type { Store, StoredObject } from "./store.ts";

/** A due window with all that staging it needs: its pulls in order, and what the ledger knows of it. */
export interface PlannedWindow extends DueWindow {
  readonly pulls: readonly StoredObject[];
  readonly fingerprint: string;
  readonly known: LedgerWindow | undefined;
}

/** The windows that are due, in order of time, and what the whole listing came to. */
export interface IngestPlan {
  readonly due: readonly PlannedWindow[];
  readonly files: number;
  readonly bytes: number;
  readonly ignored: IgnoredNames;
  /** The versions of the objects that the store of the CSVs holds, by name. */
  readonly versions: ReadonlyMap<string, string>;
}

/** What planning looks at. Without a range all windows are meant; without `staged` no CSV is missed. */
export interface PlanningPorts {
  readonly raw: Pick<Store, "list">;
  readonly staged?: Pick<Store, "list"> | undefined;
  readonly ledger: Pick<Ledger, "windows">;
  readonly range?: WindowRange | undefined;
}

/** Finds the windows that are due from listings and the ledger alone: no file is read and nothing is changed. */
export async function planIngest(settings: IngestSettings, ports: PlanningPorts): Promise<IngestPlan> {
  const { pullsOf, files, bytes, ignored } = await listPulls(ports.raw);
  const known = new Map((await ports.ledger.windows()).map((each) => [each.window.startMs, each]));
  const staged = await ports.staged?.list();
  const versions = new Map(staged?.map(({ name, version }) => [name, version]));
  const columns = columnsPrint(settings.columns);
  const range = ports.range ?? { startMs: undefined, endMs: undefined };
  const due = [...new Set([...pullsOf.keys(), ...known.keys()])]
    .filter((startMs) => isInRange({ startMs }, range))
    .sort((a, b) => a - b)
    .flatMap((startMs) => {
      const pulls = pullsOf.get(startMs) ?? [];
      const candidate: Candidate = {
        known: known.get(startMs),
        pulls,
        columns,
        files: filesPrint(pulls),
        versions: staged === undefined ? undefined : versions,
      };
      return dueWindow(startMs, candidate);
    });
  return { due, files, bytes, ignored, versions };
}

/** A window that may be due: what is known of it against what is there. */
interface Candidate extends Pick<PlannedWindow, "pulls" | "known"> {
  readonly columns: string;
  readonly files: string;
  readonly versions: ReadonlyMap<string, string> | undefined;
}

/** The window with the reason for which it is due, or nothing. */
function dueWindow(startMs: number, candidate: Candidate): readonly PlannedWindow[] {
  const reason = dueReason(candidate);
  if (reason === undefined) return [];
  const { pulls, known, columns, files } = candidate;
  const bytes = pulls.reduce((sum, { size }) => sum + size, 0);
  return [
    { window: { startMs }, reason, files: pulls.length, bytes, pulls, known, fingerprint: `${columns}-${files}` },
  ];
}

function dueReason({ pulls, known, columns, files, versions }: Candidate): DueReason | undefined {
  if (known === undefined) return "new";
  if (known.fingerprint === `${columns}-${files}`) return isAsLoaded(known, versions) ? undefined : "restored";
  if (known.fingerprint.endsWith(`-${files}`)) return "columns";
  return pulls.length === 0 ? "vanished" : "changed";
}

/** Whether the store still holds the objects that were loaded, as far as both are known. */
function isAsLoaded({ window, object, rejects }: LedgerWindow, versions: Candidate["versions"]): boolean {
  if (versions === undefined || object === undefined) return true;
  const names = stagedNames(window);
  return versions.get(names.rows) === object.version && versions.get(names.rejects) === rejects?.version;
}
