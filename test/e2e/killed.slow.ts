import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { endOf, startTsdbt, succeed } from "./binary.ts";
import { exampleProject, publishedTables } from "./example-project.ts";
import type { Tables } from "../truth/differences.ts";

/** The tables without load times: a run that was killed and made again has handed out other ones. */
function contents({ event_data, dau, mau }: Tables): unknown {
  const strip = (rows: Tables["dau"]): unknown => rows.map((row) => ({ ...row, dl_updated_at: undefined }));
  return [strip(event_data), strip(dau), strip(mau)];
}

function stagedFiles(project: string): number {
  try {
    return readdirSync(join(project, "data/staged")).length;
  } catch {
    return 0;
  }
}

/** Kills a call with SIGKILL as soon as the condition holds. */
async function killWhen(project: string, args: readonly string[], isTime: (out: string) => boolean): Promise<void> {
  const child = startTsdbt({ folder: project }, args);
  let out = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  const ended = endOf(child);
  while (child.exitCode === null && !isTime(out)) await new Promise((next) => setImmediate(next));
  child.kill("SIGKILL");
  await ended;
}

describe("a process that is killed", () => {
  let undisturbed: unknown;

  beforeAll(async () => {
    const project = exampleProject();
    await succeed(project, "build");
    undisturbed = contents(await publishedTables(project));
  });

  it.each([1, 5, 20, 40, 60, 70, 71, 72])(
    "in ingest, with %i staged files, is made good by the next build",
    async (files) => {
      const project = exampleProject();
      await killWhen(project, ["ingest"], () => stagedFiles(project) >= files);
      await succeed(project, "build");
      expect(contents(await publishedTables(project))).toEqual(undisturbed);
      expect(readdirSync(join(project, "data/staged")).filter((name) => name.includes("partial"))).toEqual([]);
    },
  );

  it.each([1, 2, 3])("in the first run, at model %i, is made good by the next one", async (model) => {
    const project = exampleProject();
    await succeed(project, "ingest");
    await killWhen(project, ["run", "--threads", "1"], (out) => out.includes(`${String(model)} of 3 START`));
    await succeed(project, "build");
    expect(contents(await publishedTables(project))).toEqual(undisturbed);
  });

  it.each([1, 2, 3])("in a merging run, at model %i, is made good by the next one", async (model) => {
    const project = exampleProject();
    await succeed(project, "ingest", "--end", "2022-10-31");
    await succeed(project, "run");
    await succeed(project, "ingest");
    await killWhen(project, ["run", "--threads", "1"], (out) => out.includes(`${String(model)} of 3 START`));
    await succeed(project, "build");
    expect(contents(await publishedTables(project))).toEqual(undisturbed);
  });
});
