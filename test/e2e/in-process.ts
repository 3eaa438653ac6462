import { ingestProject } from "../../src/app/ingest-project.ts";
import { keepWarnings } from "../../src/domain/warning-rule.ts";
import type { AppEvent, Ending, Invocation } from "../../src/app/invocation.ts";
import { runProject } from "../../src/app/run-project.ts";

/** A command as the command line would make it, without a process of its own. */
export type Command = "ingest" | "build" | "run" | "full-refresh" | "event_data only";

/** Makes a call in this process: many small worlds can be lived through in the time that few processes take to start. */
export async function callInProcess(folder: string, command: Command, hour: number): Promise<Ending> {
  const problems: string[] = [];
  const invocation: Invocation = {
    id: `run-${String(hour)}`,
    folder,
    projectDir: folder,
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
    now: (Date.parse("2023-01-01T00:00:00Z") + hour * 3_600_000) * 1000,
    startedMs: 0,
    command,
    arguments: {},
    signal: new AbortController().signal,
    emit: (event: AppEvent) => {
      if (event.kind === "diagnosed")
        problems.push(
          ...event.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        );
    },
    clock: () => 0,
  };
  const ending = await make(invocation, command);
  if (problems.length > 0) throw new Error(`${command}: ${problems.join(" ")}`);
  return ending;
}

async function make(invocation: Invocation, command: Command): Promise<Ending> {
  if (command === "ingest") return await ingestProject(invocation, { sources: [], range: undefined });
  return await runProject(invocation, {
    select: command === "event_data only" ? ["+event_data"] : [],
    exclude: [],
    resourceTypes: command === "run" ? ["model"] : ["seed", "model", "test"],
    fullRefresh: command === "full-refresh",
    stopsAtFailure: false,
    ingests: command !== "run",
  });
}
