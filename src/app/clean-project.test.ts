import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { callIn, temporaryProject, type TemporaryProject } from "../../test/temporary-project.ts";
import { cleanProject } from "./clean-project.ts";

let project: TemporaryProject;
afterEach(() => {
  project.remove();
});

function projectYml(cleanTargets: readonly string[]): string {
  return `name: shop
dialect: duckdb
targets:
  dev: { type: duckdb, path: data/shop.duckdb }
clean-targets: ${JSON.stringify(cleanTargets)}
`;
}

function start(cleanTargets: readonly string[]): void {
  project = temporaryProject({
    "project.yml": projectYml(cleanTargets),
    "sources.yml": `sources:
  - name: raw
    tables:
      - name: pulls
        ingest: { from: raw_data/pulls, to: data/staged, id: uuid, event_time: at, file: file }
        columns: [{ name: uuid }, { name: at }, { name: file }]
`,
    "models/a.sql": "select 1 as x",
    "models/old/b.sql": "select 1 as x",
    "target/manifest.json": "{}",
    "logs/a.log": "",
    "raw_data/pulls/x.json": "[]",
    "data/shop.duckdb": "",
    "data/staged/x.csv": "",
  });
}

const there = (path: string): boolean => existsSync(join(project.folder, path));

describe("cleaning a project", () => {
  it("removes what clean-targets names, and says what it was", async () => {
    start(["target", "logs", "nothing", "target/below/nothing"]);
    const { invocation, said } = callIn(project.folder);
    expect(await cleanProject(invocation)).toBe("success");
    expect(said()).toEqual([
      "Removed target",
      "Removed logs",
      "There is no nothing",
      "There is no target/below/nothing",
    ]);
    expect(["target", "logs", "models/a.sql", "data/shop.duckdb"].map(there)).toEqual([false, false, true, true]);
  });

  it("goes on where models are at fault, but not where the project file is", async () => {
    start(["target"]);
    project.write({ "models/a.sql": "{{ ref('nothing') }}" });
    expect(await cleanProject(callIn(project.folder).invocation)).toBe("success");
    project.write({ "project.yml": "name: [", "target/x": "" });
    const { invocation, diagnostics } = callIn(project.folder);
    expect(await cleanProject(invocation)).toBe("refusal");
    expect(diagnostics()).not.toEqual([]);
    expect(there("target/x")).toBe(true);
  });

  it.each([
    [".", '"." is not inside the project and is not removed.'],
    ["..", '".." is not inside the project and is not removed.'],
    ["../target", '"../target" is not inside the project and is not removed.'],
    ["models/../..", '"models/../.." is not inside the project and is not removed.'],
    ["/tmp", '"/tmp" is not inside the project and is not removed.'],
    ["", '"" is not inside the project and is not removed.'],
    ["models", '"models" holds "models" and is not removed.'],
    ["./models/", '"./models/" holds "models" and is not removed.'],
    ["models/old", '"models/old" lies in "models" and is not removed.'],
    ["models/a.sql", '"models/a.sql" lies in "models" and is not removed.'],
    ["data", '"data" holds "data/shop.duckdb" and is not removed.'],
    ["data/shop.duckdb", '"data/shop.duckdb" holds "data/shop.duckdb" and is not removed.'],
    ["data/staged", '"data/staged" holds "data/staged" and is not removed.'],
    ["raw_data", '"raw_data" holds "raw_data/pulls" and is not removed.'],
    ["raw_data/pulls/2022", '"raw_data/pulls/2022" lies in "raw_data/pulls" and is not removed.'],
  ])("refuses %j, and removes nothing else either", async (target, message) => {
    start(["target", target]);
    const { invocation, diagnostics } = callIn(project.folder);
    expect(await cleanProject(invocation)).toBe("refusal");
    expect(diagnostics()).toEqual([{ code: "clean-target", severity: "error", message }]);
    expect(["target", "models/old/b.sql", "data/shop.duckdb", "raw_data/pulls/x.json"].map(there)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("is not led outside by a link, and removes a link but not what it leads to", async () => {
    start(["link/inside"]);
    const outside = mkdtempSync(join(tmpdir(), "tsdbt-outside-"));
    mkdirSync(join(outside, "inside"));
    writeFileSync(join(outside, "inside/precious"), "");
    symlinkSync(outside, join(project.folder, "link"));
    const { invocation, diagnostics } = callIn(project.folder);
    expect(await cleanProject(invocation)).toBe("refusal");
    expect(diagnostics()).toMatchObject([{ message: '"link/inside" is not inside the project and is not removed.' }]);
    project.write({ "project.yml": projectYml(["link"]) });
    expect(await cleanProject(callIn(project.folder).invocation)).toBe("success");
    expect([there("link"), existsSync(join(outside, "inside/precious"))]).toEqual([false, true]);
    rmSync(outside, { recursive: true });
  });

  it("keeps what a link of the author's leads to", async () => {
    start(["store"]);
    mkdirSync(join(project.folder, "store/models"), { recursive: true });
    rmSync(join(project.folder, "models"), { recursive: true });
    symlinkSync("store/models", join(project.folder, "models"));
    const { invocation, diagnostics } = callIn(project.folder);
    expect(await cleanProject(invocation)).toBe("refusal");
    expect(diagnostics()).toMatchObject([{ message: '"store" holds "store/models" and is not removed.' }]);
  });
});
