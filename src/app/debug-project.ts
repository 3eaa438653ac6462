import { join } from "node:path";
import { dbtVersion } from "../domain/dbt-version.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Target } from "../domain/settings.ts";
import { WorldError } from "../domain/world-error.ts";
import { connectStore, connectWarehouse } from "./connect.ts";
import { findProject, projectFileIn } from "./find-project.ts";
import { ingestedSources } from "./ingest-sources.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { type OpenProject, openProject, type UnreadableProject } from "./open-project.ts";
import { readRunState } from "./read-run-state.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What is looked at: all that a run needs, or how the warehouse is reached alone (`--connection`). */
export type DebugScope = "all" | "connection";

/** One thing that was looked at, and what is wrong with it. */
interface Check {
  readonly what: string;
  /** What is said of it where all is well. */
  readonly good: string;
  readonly faults: readonly Diagnostic[];
}

const profileCodes: ReadonlySet<string> = new Set([
  "no-profiles",
  "no-profile",
  "unknown-profile",
  "no-target",
  "unknown-target",
]);

/** Whether a fault is one of where the project runs. */
function isOfProfile({ code, span }: Diagnostic): boolean {
  return profileCodes.has(code) || span?.file.path.endsWith("profiles.yml") === true;
}

function targetLines(target: Target): readonly string[] {
  const shared = [`database: ${target.database}`, `schema: ${target.schema}`, `threads: ${target.threads}`];
  if (target.type === "duckdb") {
    const { setup } = target;
    const names = setup.extensions.map(({ name }) => name).join(", ");
    const attached = setup.attachments.map(({ alias, path }) => alias ?? path).join(", ");
    return [
      ...shared,
      `path: ${target.path}`,
      `extensions: ${names === "" ? "none" : names}`,
      `settings: ${JSON.stringify(setup.settings)}`,
      `attach: ${attached === "" ? "none" : attached}`,
    ];
  }
  return [
    ...shared,
    `execution_project: ${target.executionProject}`,
    `location: ${target.location ?? "of the dataset"}`,
    `priority: ${target.priority}`,
    `maximum_bytes_billed: ${target.maximumBytesBilled ?? "none"}`,
    `job_retries: ${target.retries}`,
  ];
}

async function look(what: string, ask: () => Promise<string>): Promise<Check> {
  try {
    return { what, good: await ask(), faults: [] };
  } catch (cause) {
    if (!(cause instanceof WorldError)) throw cause;
    return { what, good: "", faults: [error(cause.code, cause.message, { hint: cause.hint })] };
  }
}

async function lookAtWarehouse({ root, project }: OpenProject, invocation: Invocation): Promise<Check> {
  const { settings } = project;
  return await look("Connection test", async () => {
    const warehouse = await connectWarehouse({ root, invocation }, settings, "read");
    try {
      if (settings.target.type === "bigquery") {
        const standing = await warehouse.inspect([settings.target]);
        return `connection ok, ${standing.length} tables and views`;
      }
      const state = await readRunState(project, warehouse, warehouseSql(settings, invocation));
      return `connection ok, ${state.knownTables.length} incremental tables`;
    } finally {
      warehouse.close();
    }
  });
}

/** What is said of the files that a project consists of, in dbt's look. */
function fileChecks(
  { root, project, diagnostics }: OpenProject | UnreadableProject,
  scope: DebugScope,
): readonly Check[] {
  const faults = diagnostics.filter(({ severity }) => severity === "error");
  const file = projectFileIn(root) ?? "dbt_project.yml";
  const isOfFile = ({ span }: Diagnostic): boolean => span?.file.path === file;
  const ofProfile = faults.filter(isOfProfile);
  const ofFile = faults.filter((each) => isOfFile(each) && !isOfProfile(each));
  const profiles: Check = { what: "profiles.yml file", good: "found and valid", faults: ofProfile };
  const isDbt = file === "dbt_project.yml";
  if (scope === "connection") {
    if (ofProfile.length > 0) return [profiles];
    return project === undefined ? [{ ...profiles, what: `${file} file`, faults }] : [];
  }
  const inside = faults.filter((each) => !ofProfile.includes(each) && !ofFile.includes(each));
  return [
    ...(isDbt ? [profiles] : []),
    { what: `${file} file`, good: "found and valid", faults: isDbt ? ofFile : [...ofProfile, ...ofFile] },
    ...(project === undefined ? [] : [{ what: "project", good: "found and valid", faults: inside }]),
  ];
}

/** Looks at all that a run needs, from the project file to the raw pulls, and says how each of it is, in dbt's look. Nothing is changed. */
export async function debugProject(invocation: Invocation, scope: DebugScope): Promise<Ending> {
  const say = (message: string): void => {
    invocation.emit({ kind: "said", message });
  };
  const found: Check[] = [];
  const tell = (check: Check): void => {
    found.push(check);
    say(
      `  ${check.what}${check.what.endsWith(" test") ? ":" : ""} [${check.faults.length > 0 ? "ERROR invalid" : `OK ${check.good}`}]`,
    );
  };
  const root = findProject(invocation.folder, invocation.projectDir);
  say(`dbt version: ${dbtVersion}`);
  say(`node version: ${process.version}`);
  say(`os info: ${process.platform} ${process.arch}`);
  if (invocation.profilesDir !== undefined) say(`Using profiles dir at ${invocation.profilesDir}`);
  say(`Using project file at ${join(root, projectFileIn(root) ?? "")}`);
  const opened = await openProject(invocation);
  const { project } = opened;
  if (project !== undefined) say(`adapter type: ${project.settings.target.type}`);
  say(scope === "connection" ? "Skipping steps before connection verification" : "Configuration:");
  fileChecks(opened, scope).forEach(tell);
  if (project === undefined) say("Connection test skipped since no profile was found");
  else {
    say("Connection:");
    for (const each of targetLines(project.settings.target)) say(`  ${each}`);
    tell(await lookAtWarehouse({ ...opened, project, messages: [] }, invocation));
    const sources = scope === "connection" ? [] : ingestedSources({ ...opened, project, messages: [] });
    for (const { settings } of sources)
      tell(
        await look(`raw pulls of ${settings.source}`, async () => {
          const store = await connectStore({ root, invocation }, settings.from, "read");
          return `${(await store.list()).length} files in ${settings.from}`;
        }),
      );
  }
  const faults = found.flatMap((check) => check.faults);
  if (faults.length === 0) {
    say("All checks passed!");
    return "success";
  }
  const failed = found.filter((check) => check.faults.length > 0).length;
  say(failed === 1 ? "1 check failed:" : `${failed} checks failed:`);
  invocation.emit({ kind: "diagnosed", diagnostics: faults });
  return "failure";
}
