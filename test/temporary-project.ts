import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AppEvent, Invocation } from "../src/app/invocation.ts";
import type { Diagnostic } from "../src/domain/diagnostic.ts";
import { keepWarnings } from "../src/domain/warning-rule.ts";

/** A project in a folder of its own, to be worked with in this process. */
export interface TemporaryProject {
  readonly folder: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly read: (path: string) => string;
  readonly remove: () => void;
}

/** Writes a project's files into a fresh folder. */
export function temporaryProject(files: Readonly<Record<string, string>>): TemporaryProject {
  const folder = mkdtempSync(join(tmpdir(), "tsdbt-project-"));
  const write = (texts: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  write(files);
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** A call, and all that it told. */
export interface TestCall {
  readonly invocation: Invocation;
  readonly events: readonly AppEvent[];
  readonly diagnostics: () => readonly Diagnostic[];
  /** Messages of `said` events. */
  readonly said: () => readonly string[];
}

/** A call on a folder, at a fixed time, that reads nothing of the process' own surroundings. */
export function callIn(folder: string, given: Partial<Invocation> = {}): TestCall {
  const events: AppEvent[] = [];
  const startedMs = Date.parse("2022-11-02T00:00:00Z");
  let now = startedMs;
  return {
    events,
    diagnostics: () => events.flatMap((event) => (event.kind === "diagnosed" ? event.diagnostics : [])),
    said: () => events.flatMap((event) => (event.kind === "said" ? [event.message] : [])),
    invocation: {
      id: "2c6a9f9c-55b1-4c3a-9f5e-000000000000",
      folder,
      projectDir: undefined,
      profilesDir: undefined,
      profileName: undefined,
      targetName: undefined,
      vars: {},
      environment: {},
      targetPath: undefined,
      threads: undefined,
      checksVersion: true,
      warningRule: keepWarnings,
      writesArtifacts: true,
      now: startedMs * 1000,
      startedMs,
      command: "build",
      arguments: {},
      signal: new AbortController().signal,
      emit: (event) => {
        events.push(event);
      },
      clock: () => now++,
      ...given,
    },
  };
}
