import type { CompiledProject } from "../domain/compiled-project.ts";
import { error } from "../domain/diagnostic.ts";
import type { Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { WorldError } from "../domain/world-error.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openProject } from "./open-project.ts";
import { findProject, projectFileNames } from "./find-project.ts";
import type { FileMemory } from "./read-file.ts";
import { readProjectFiles, resourceFolders, rootPropertyFiles } from "./read-project-files.ts";
import { readProjectHead } from "./read-project-head.ts";
import { runProject } from "./run-project.ts";
import { nextWatch, startWatch, type WatchHappening, type WatchMove, type WatchTask } from "./watch-machine.ts";
import { watchFiles } from "./watch-files.ts";
import { writeCompiled } from "./artifacts/write-artifacts.ts";
import { type SelectOptions, selectProject } from "./select-project.ts";

/** Keys of the person who watches: `rerun` and `downstream` of the last models. */
export type WatchKey = "rerun" | "downstream";

/** What is watched, and where keys come from. */
export interface WatchOptions extends SelectOptions {
  readonly stopsAtFailure: boolean;
  /** Calls back at each key until the call is aborted. */
  readonly onKey: (pressed: (key: WatchKey) => void) => void;
}

/** What of a model makes it a different one when it changes. */
type Fingerprints = ReadonlyMap<string, string>;

function fingerprints(project: CompiledProject, selected: ReadonlySet<string>): Fingerprints {
  return new Map(
    project.models
      .filter(({ uniqueId }) => selected.has(uniqueId))
      .map((model) => [
        model.name,
        JSON.stringify([model.full.text.text, model.incremental?.text.text, model.materialization, model.relation]),
      ]),
  );
}

function changedNames(before: Fingerprints, after: Fingerprints): readonly string[] {
  return [...after].filter(([name, print]) => before.get(name) !== print).map(([name]) => name);
}

class ProjectWatch {
  readonly #invocation: Invocation;
  readonly #options: WatchOptions;
  readonly #memory: FileMemory = new Map();
  readonly #root: string;
  #settings: Settings | undefined;
  #files: readonly SourceFile[] = [];
  #known: Fingerprints | undefined;
  /** Whether the last that was said is that the watch goes on. */
  #isTold = false;
  #move: WatchMove = startWatch;

  constructor(root: string, invocation: Invocation, options: WatchOptions) {
    this.#root = root;
    this.#invocation = invocation;
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#do(startWatch.task);
  }

  happened(happening: WatchHappening): void {
    this.#move = nextWatch(this.#move.state, happening);
    const { task } = this.#move;
    if (task !== undefined) void this.#do(task).catch(this.#fail);
  }

  /** Set by the watch that is waited for: a bug in a task must end it. */
  #fail: (cause: unknown) => void = () => undefined;

  ends(failed: (cause: unknown) => void): void {
    this.#fail = failed;
  }

  async #do(task: WatchTask | undefined): Promise<void> {
    if (task === undefined) return;
    if (task.kind === "compile") {
      const affected = await this.#watchingOn(async () => (this.#hasNews() ? await this.#compile() : []));
      this.happened({ kind: "compiled", affected: affected ?? [] });
    } else {
      this.#isTold = false;
      await this.#watchingOn(() => this.#run(task.models, task.downstream));
      this.happened({ kind: "ended" });
    }
    if (this.#isTold || this.#move.state.kind !== "waiting") return;
    this.#isTold = true;
    this.#say("Watching. d: run downstream too, r: run again, q: quit");
  }

  /** A file that is gone for the moment, or a database that somebody else has open, is told and no reason to stop watching. */
  async #watchingOn<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof WorldError)) throw cause;
      const diagnostics = [error(cause.code, cause.message, { hint: cause.hint })];
      this.#invocation.emit({ kind: "diagnosed", diagnostics });
      return undefined;
    }
  }

  /** Whether any file is another one than at the last compile: a save is told of more than once. */
  #hasNews(): boolean {
    const settings = this.#settings;
    if (settings === undefined) {
      this.#isTold = false;
      return true;
    }
    const { project, properties, models, macros, seeds } = readProjectFiles(
      this.#root,
      { head: readProjectHead(this.#root, this.#invocation, this.#memory), settings },
      this.#memory,
    );
    const files = [project, ...properties, ...[...models, ...macros, ...seeds].map(({ file }) => file)];
    const isSame = files.length === this.#files.length && files.every((file, index) => file === this.#files[index]);
    this.#files = files;
    if (!isSame) this.#isTold = false;
    return !isSame;
  }

  /** Compiles what was saved and gives the models that are different now; a project with faults has none, and they are told. */
  async #compile(): Promise<readonly string[]> {
    const { emit } = this.#invocation;
    const opened = await openProject(this.#invocation, { memory: this.#memory });
    this.#settings = opened.project?.settings;
    if (opened.diagnostics.length > 0) emit({ kind: "diagnosed", diagnostics: opened.diagnostics });
    const isFaulty = opened.diagnostics.some(({ severity }) => severity === "error");
    if (opened.project === undefined || isFaulty) return [];
    const selected = selectProject({ root: opened.root, project: opened.project }, this.#options, this.#invocation);
    if (!selected.ok) {
      emit({ kind: "diagnosed", diagnostics: selected.diagnostics });
      return [];
    }
    writeCompiled(opened, opened.project.models);
    const fresh = fingerprints(opened.project, new Set(selected.value.map(({ uniqueId }) => uniqueId)));
    const affected = this.#known === undefined ? [] : changedNames(this.#known, fresh);
    this.#known = fresh;
    return affected;
  }

  async #run(models: readonly string[], downstream: boolean): Promise<void> {
    this.#say(`Running ${models.join(", ")}${downstream ? " and what lies below" : ""}`);
    await runProject(this.#invocation, {
      select: models.map((name) => (downstream ? `${name}+` : name)),
      exclude: this.#options.exclude,
      resourceTypes: ["model", "test"],
      fullRefresh: false,
      stopsAtFailure: this.#options.stopsAtFailure,
      ingests: false,
    });
  }

  #say(message: string): void {
    this.#invocation.emit({ kind: "said", message });
  }
}

const rootFiles: ReadonlySet<string> = new Set([...projectFileNames, ...rootPropertyFiles, "profiles.yml"]);

/** The files whose saving matters: the project's own, and those below its resource folders. */
function resourceFiles(folders: readonly string[]): (path: string) => boolean {
  return (path) => {
    if (rootFiles.has(path)) return true;
    const isInside = folders.some((folder) => path.startsWith(`${folder}/`) || `${folder}/`.startsWith(path));
    return isInside && (path.endsWith("/") || /\.(?:sql|ya?ml|csv)$/u.test(path));
  };
}

/** Compiles at each save and runs the models that it affected, until the call is aborted. Faults are told and watching goes on. */
export async function watchProject(invocation: Invocation, options: WatchOptions): Promise<Ending> {
  const root = findProject(invocation.folder, invocation.projectDir);
  const settings = (await openProject(invocation)).project?.settings;
  const folders = settings === undefined ? [] : resourceFolders(settings);
  const counts = resourceFiles(folders.length > 0 ? folders : ["models", "macros", "seeds"]);
  const watching = new ProjectWatch(root, invocation, options);
  const stop = await watchFiles({ root, counts }, () => {
    watching.happened({ kind: "saved" });
  });
  options.onKey((key) => {
    watching.happened({ kind: key });
  });
  try {
    await new Promise<void>((ended, failed) => {
      watching.ends(failed);
      invocation.signal.addEventListener("abort", () => {
        ended();
      });
      watching.start().catch(failed);
    });
  } finally {
    await stop();
  }
  return "success";
}
