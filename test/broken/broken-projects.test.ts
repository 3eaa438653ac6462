import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endOf, startTsdbt, succeed, tsdbt, type Called } from "../e2e/binary.ts";
import { exampleProject, projectOf } from "../e2e/example-project.ts";
import { expectGolden } from "../expect-golden.ts";
import { brokenCases, soundProject } from "./broken-projects.ts";

/** What differs from machine to machine, in words that do not. */
function normalised(text: string, folder: string): string {
  return text.replaceAll(folder, "<project>").replaceAll(/process \d+ \([^)]*\)/gu, "process <pid> (<program>)");
}

function goldenOf(name: string): string {
  return join(import.meta.dirname, "goldens", `${name}.txt`);
}

function brokenProject(files: Readonly<Record<string, string | null>>): string {
  const all = Object.entries({ ...soundProject, ...files });
  return projectOf(Object.fromEntries(all.flatMap(([path, text]) => (text === null ? [] : [[path, text]]))));
}

function expectNoStack({ out, err }: Called): void {
  expect(out + err).not.toMatch(/^\s+at .+:\d+:\d+/mu);
  expect(out + err).not.toContain("bug in tsdbt");
}

describe("what bad input gets", () => {
  it("is nothing, where the project is sound", async () => {
    expect(await tsdbt(projectOf(soundProject), "build")).toMatchObject({ code: 0, err: "" });
  });

  it.each(brokenCases)("$name", async ({ name, files, args, code }) => {
    const project = brokenProject(files);
    const called = await tsdbt(project, ...args);
    expectNoStack(called);
    expect(called.code).toBe(code);
    expectGolden(goldenOf(name), normalised(called.err, project));
  });

  it("names the process that holds the database file", async () => {
    const project = projectOf(soundProject);
    await succeed(project, "build");
    const script = `const { DuckDBInstance } = await import("@duckdb/node-api");
      const held = await DuckDBInstance.create(${JSON.stringify(join(project, "data/shop.duckdb"))});
      console.log("held"); process.stdin.resume();`;
    const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
      cwd: join(import.meta.dirname, "../.."),
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    const called = await tsdbt(project, "build");
    holder.kill("SIGKILL");
    expectNoStack(called);
    expect(called.code).toBe(2);
    expect(called.err).toContain(`process ${String(holder.pid)} (`);
    expectGolden(goldenOf("locked-database"), normalised(called.err, project));
  });

  it("tells of a disk that takes no more, and leaves nothing half", async () => {
    const project = exampleProject();
    const limited = spawn(
      "sh",
      [
        "-c",
        'ulimit -f 4; exec "$0" "$@"',
        process.execPath,
        join(import.meta.dirname, "../../dist/cli/main.js"),
        "ingest",
      ],
      {
        cwd: project,
        env: { PATH: process.env["PATH"], TSDBT_NOW: "2022-11-02T00:00:00Z" },
      },
    );
    const called = await endOf(limited);
    expectNoStack(called);
    expect(called.code).toBe(2);
    expectGolden(goldenOf("full-disk"), normalised(called.err, project));
    await succeed(project, "build");
  });

  it("is interrupted by Ctrl-C: exit code 2, a record, no half table", async () => {
    const project = projectOf({
      ...soundProject,
      "models/slow.sql":
        "{{ config(dialect='duckdb', materialized='table') }}\nselect sum(a.range * b.range) as total from range(10000000) a, range(10000000) b\n",
    });
    const child = startTsdbt({ folder: project }, ["run", "--select", "slow"]);
    child.stdout?.on("data", (text: Buffer) => {
      if (text.toString().includes("START sql table model main.slow")) child.kill("SIGINT");
    });
    const called = await endOf(child);
    expectNoStack(called);
    expect(called.code).toBe(2);
    expect(called.out).toContain("Exited because of keyboard interrupt");
    const results: unknown = JSON.parse(readFileSync(join(project, "target/run_results.json"), "utf8"));
    expect(results).toMatchObject({ results: [{ unique_id: "model.shop.slow", status: "skipped" }] });
  });
});
