import { isAbsolute, join } from "node:path";
import type { UncompiledModel } from "../compiler/compile-project.ts";
import type { Operate } from "../compiler/run-operation.ts";
import type { ResourceFile } from "../compiler/project/project-files.ts";
import type { BrokenResource, CompiledProject } from "../domain/compiled-project.ts";
import { type Diagnostic, inReadingOrder } from "../domain/diagnostic.ts";
import type { Inputs, ReadingRules, Settings } from "../domain/settings.ts";
import type { Message } from "../domain/told.ts";
import { judgeWarnings } from "../domain/warning-rule.ts";
import type { Invocation } from "./invocation.ts";
import { findProject } from "./find-project.ts";
import type { FileMemory } from "./read-file.ts";
import { readProjectFiles } from "./read-project-files.ts";
import { readProjectHead } from "./read-project-head.ts";
import { tellOnlookers } from "./tell-onlookers.ts";

/** A project on disk, compiled as far as it has no fault. */
export interface OpenProject {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly project: CompiledProject;
  readonly uncompiled: readonly UncompiledModel[];
  readonly diagnostics: readonly Diagnostic[];
  readonly messages: readonly Message[];
  readonly operate: Operate;
}

/** A project whose own file could not be read as one. */
export interface UnreadableProject {
  readonly root: string;
  readonly project: undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A path of the project file, absolute. */
export function resolvePath(root: string, path: string): string {
  return isAbsolute(path) ? path : join(root, path);
}

function withOverrides(settings: Settings, invocation: Invocation): Settings {
  const { target } = settings;
  return {
    ...settings,
    targetPath: invocation.targetPath ?? settings.targetPath,
    target: { ...target, threads: invocation.threads ?? target.threads },
  };
}

/** How a project is opened: with the files of the last time, with a query that is in no file. */
export interface OpenOptions {
  readonly memory?: FileMemory;
  readonly inline?: string | undefined;
  /** Where resources stand that this call does not build, by unique ids. */
  readonly deferred?: ReadingRules["deferred"] | undefined;
  /** `kept`: resources that cannot be compiled stand in nobody's way, in a project where that can be. */
  readonly broken?: "kept" | undefined;
  /** `later`: the caller translates what no file says yet. */
  readonly translates?: "later" | undefined;
}

/** The name of the model that a query of the command line becomes, as in dbt. */
export const inlineName = "inline_query";

function inlineModel(text: string): ResourceFile {
  return { file: { path: "--inline", text }, folder: "", name: inlineName };
}

/** Finds, reads and compiles the project that a call is about. Throws a `WorldError` where there is none. */
export async function openProject(
  invocation: Invocation,
  { memory = new Map(), inline, deferred = {}, translates }: OpenOptions = {},
): Promise<OpenProject | UnreadableProject> {
  const root = findProject(invocation.folder, invocation.projectDir);
  const inputs: Inputs = {
    environment: invocation.environment,
    vars: invocation.vars,
    targetName: invocation.targetName,
    profileName: invocation.profileName,
    ignoresVersion: !invocation.checksVersion,
    storesFailures: invocation.storesFailures,
    reading: { rows: invocation.reads ?? "all", deferred },
    call: {
      invocationId: invocation.id,
      now: invocation.now,
      which: invocation.command,
      arguments: { ...invocation.arguments, store_failures: invocation.storesFailures ?? false },
    },
  };
  const { parseProjectHead } = await import("../compiler/parse-project.ts");
  const early: Diagnostic[] = [];
  const told = (more: readonly Diagnostic[]): readonly Diagnostic[] =>
    judgeWarnings(inReadingOrder([...early, ...more]), invocation.warningRule);
  const head = readProjectHead(root, invocation, memory);
  const parsed = parseProjectHead(head, inputs, (diagnostic) => early.push(diagnostic));
  if (parsed === undefined) return { root, project: undefined, diagnostics: told([]) };
  const settings = withOverrides(parsed.settings, invocation);
  const { readPackages } = await import("./read-packages.ts");
  const installed = readPackages(root, { settings, inputs, memory }, (each) => early.push(each));
  const files = { ...readProjectFiles(root, { head, settings }, memory), packages: installed.files };
  const { compileFiles } = await import("./translation/compile-files.ts");
  const { project, uncompiled, diagnostics, messages, operate } = await compileFiles(files, {
    parsed: { ...parsed, settings: installed.settings, packages: installed.parsed },
    inputs,
    inline: inline === undefined ? undefined : inlineModel(inline),
    translates,
    memory: join(resolvePath(root, settings.targetPath), "translations.json"),
  });
  return { root, project, uncompiled, diagnostics: told(diagnostics), messages, operate };
}

function describeProject(project: CompiledProject): string {
  const { models, seeds, sources, tests, macros, analyses, exposures, groups, unitTests, broken } = project;
  const also = (kind: BrokenResource["kind"]): number => broken.filter((each) => each.kind === kind).length;
  const inline = models.filter(({ name }) => name === inlineName).length;
  const counts = [
    [models.length + also("model") - inline, "model"],
    [seeds.length + also("seed"), "seed"],
    [analyses.length, "analysis"],
    [tests.length + also("test"), "data test"],
    [sources.length, "source"],
    [exposures.length, "exposure"],
    [unitTests.length, "unit test"],
    [macros.length, "macro"],
    [groups.length, "group"],
    [inline, "sql operation"],
  ] as const;
  return counts
    .flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}`]))
    .join(", ");
}

/** What is wrong with resources that a native project can run without, as in dbt: their own steps tell it. */
function ownFaults({ settings, broken }: CompiledProject): ReadonlySet<Diagnostic> {
  return new Set(settings.dialect === "duckdb" ? broken.flatMap(({ reasons }) => reasons) : []);
}

/**
 * Opens a project to work with it: its messages and warnings are told. `undefined`, if anything in it is a fault, but for
 * the faults of single resources where these are kept.
 */
export async function openSoundProject(
  invocation: Invocation,
  options: OpenOptions = {},
): Promise<OpenProject | undefined> {
  const opened = await openProject(invocation, options);
  if (opened.project !== undefined) tellOnlookers({ messages: opened.messages, warnings: [] }, invocation);
  const kept = opened.project === undefined || options.broken !== "kept" ? new Set() : ownFaults(opened.project);
  const diagnostics = opened.diagnostics.filter((diagnostic) => !kept.has(diagnostic));
  if (diagnostics.length > 0) invocation.emit({ kind: "diagnosed", diagnostics });
  if (opened.project === undefined || diagnostics.some(({ severity }) => severity === "error")) return undefined;
  invocation.emit({ kind: "projectOpened", found: describeProject(opened.project) });
  return opened;
}
