import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryProject } from "../temporary-project.ts";
import { succeed, tsdbt } from "./binary.ts";

const folder = temporaryProject({
  "dbt_project.yml": "name: shop\nprofile: shop\n",
  "profiles.yml": "shop: { target: dev, outputs: { dev: { type: duckdb, path: shop.duckdb } } }\n",
  "models/a.sql": "select * from {{ ref('tools', 'm') }} union all select * from {{ ref('inner', 'i') }}",
}).folder;

const elsewhere = temporaryProject({
  "tools/dbt_project.yml": "name: tools\n",
  "tools/models/m.sql": "select 1 as x",
  "tools/dependencies.yml": "packages: [{ git: '../repo', revision: v1, subdirectory: sub }]\n",
  "repo/sub/dbt_project.yml": "name: inner\n",
  "repo/sub/models/i.sql": "select 2 as x",
  "kit-1/dbt_project.yml": "name: kit\n",
  "kit-1/models/k.sql": "select 3 as x",
}).folder;

function inRepository(...args: readonly string[]): string {
  const who = ["-c", "user.email=a@b.c", "-c", "user.name=a"];
  return execFileSync("git", [...who, ...args], { cwd: join(elsewhere, "repo"), encoding: "utf8" }).trim();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const repository = join(elsewhere, "repo");
let hub: Server;
let address = "";

beforeAll(async () => {
  inRepository("init", "--quiet", "-b", "main");
  inRepository("add", ".");
  inRepository("commit", "--quiet", "-m", "first");
  inRepository("tag", "v1");
  writeFileSync(join(elsewhere, "repo/sub/models/i.sql"), "select 20 as x");
  inRepository("commit", "--quiet", "-am", "second");
  execFileSync("tar", ["-czf", "kit.tgz", "kit-1"], { cwd: elsewhere });
  hub = createServer((request, answer) => {
    if (request.url === "/kit.tgz") answer.end(readFileSync(join(elsewhere, "kit.tgz")));
    else if (request.url === "/api/v1/me/kit.json") {
      const versions = ["1.0.0", "1.10.0", "1.9.0", "2.0.0", "1.11.0-rc1"].map((version) => [
        version,
        { version, downloads: { tarball: `${address}/kit.tgz` } },
      ]);
      answer.end(JSON.stringify({ versions: Object.fromEntries(versions) as unknown }));
    } else answer.writeHead(404).end();
  });
  await new Promise<void>((ready) => hub.listen(0, "127.0.0.1", ready));
  const { port } = hub.address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;
});

afterAll(() => {
  hub.close();
});

const ofHub = (): { readonly folder: string; readonly environment: Readonly<Record<string, string>> } => ({
  folder,
  environment: { DBT_PACKAGE_HUB_URL: address },
});

describe("deps", () => {
  it("installs local packages and those of repositories, and what they ask for, by the lock that it writes", async () => {
    write("packages.yml", `packages:\n  - local: "${join(elsewhere, "tools")}"\n`);
    writeFileSync(
      join(elsewhere, "tools/dependencies.yml"),
      `packages: [{ git: "${repository}", revision: v1, subdirectory: sub }]\n`,
    );
    const { out } = await succeed(folder, "deps");
    const first = inRepository("rev-parse", "v1");
    expect(out).toContain(`Installed from revision ${first} and subdirectory sub`);
    expect(read("package-lock.yml")).toMatch(
      new RegExp(
        `^packages:\\n {2}- local: ${join(elsewhere, "tools")}\\n {4}name: tools\\n {2}- git: ${repository}\\n {4}name: inner\\n {4}revision: "?${first}"?\\n {4}subdirectory: sub\\nsha1_hash: [0-9a-f]{40}\\n$`,
        "u",
      ),
    );
    expect(lstatSync(join(folder, "dbt_packages/tools")).isSymbolicLink()).toBe(true);
    expect(existsSync(join(folder, "dbt_packages/inner/models/i.sql"))).toBe(true);
    await succeed(folder, "build");
    const query = "select * from {{ ref('a') }} order by x";
    const shown = await succeed(folder, "show", "--output", "json", "--inline", query);
    expect(JSON.parse(shown.out)).toMatchObject({ show: [{ x: 1 }, { x: 2 }] });
  });

  it("keeps to the lock until the list changes, or it is told to choose anew", async () => {
    write("packages.yml", `packages:\n  - git: "${repository}" # with its package\n    subdirectory: sub\n`);
    await succeed(folder, "deps");
    const before = inRepository("rev-parse", "HEAD");
    expect(read("package-lock.yml")).toContain(before);
    inRepository("commit", "--quiet", "--allow-empty", "-m", "third");
    expect((await succeed(folder, "deps")).out).toContain(before);
    expect((await succeed(folder, "deps", "--upgrade")).out).toContain(inRepository("rev-parse", "HEAD"));
    expect(existsSync(join(folder, "dbt_packages/tools"))).toBe(false);
  });

  it("installs packages of the hub, the newest version within the range, and archives", async () => {
    write("packages.yml", "packages:\n  - package: me/kit\n    version: ['>=1.0.0', '<2.0.0']\n");
    expect((await succeed(ofHub(), "deps", "--lock")).out).not.toContain("Installed");
    expect(read("package-lock.yml")).toContain("  - package: me/kit\n    name: kit\n    version: 1.10.0\n");
    expect((await succeed(ofHub(), "deps")).out).toContain("Installed from version 1.10.0");
    expect(existsSync(join(folder, "dbt_packages/kit/models/k.sql"))).toBe(true);
    write("packages.yml", `packages:\n  - { tarball: "${address}/kit.tgz", name: kit }\n`);
    expect((await succeed(folder, "deps")).out).toContain(`Installed from tarball (url: ${address}/kit.tgz)`);
  });

  it("puts packages on the list first, each once, and leaves the rest of it as it is", async () => {
    rmSync(join(folder, "packages.yml"));
    await succeed(ofHub(), "deps", "--add-package", "me/kit@1.0.0");
    write("packages.yml", `# ours\n${read("packages.yml")}# end\n`);
    await succeed(ofHub(), "deps", "--add-package", "me/kit@>=1.0.0,<1.10.0", "--lock");
    await succeed(ofHub(), "deps", "--add-package", join(elsewhere, "tools"), "--source", "local");
    expect(read("packages.yml")).toBe(
      `# ours\npackages:\n  - package: me/kit\n    version: [">=1.0.0", "<1.10.0"]\n  - local: "${join(elsewhere, "tools")}"\n# end\n`,
    );
    expect(read("package-lock.yml")).toContain("version: 1.9.0");
    const { code, err } = await tsdbt(folder, "deps", "--add-package", "me/kit");
    expect(code).toBe(2);
    expect(err).toContain('The package "me/kit" needs a version.');
  });

  it.each<readonly [list: string, message: string]>([
    ["packages: [{ local: nowhere }]", 'There is no folder "nowhere" for a package.'],
    ["packages: [{ git: REPO, revision: v9 }]", 'There is no revision "v9" in the repository "REPO".'],
    ["packages: [{ git: REPO }]", 'There is no "dbt_project.yml" in the package REPO.'],
    ["packages: [{ git: REPO/none }]", 'The repository "REPO/none" cannot be cloned.'],
    ["packages: [{ package: me/kit, version: '>=3.0.0' }]", 'No version of the package "me/kit" is >=3.0.0.'],
    ["packages: [{ package: me/none, version: 1.0.0 }]", '/api/v1/me/none.json" answers 404 Not Found.'],
    ["packages: [{ tarball: 'http://127.0.0.1:1/x.tgz', name: x }]", '"http://127.0.0.1:1/x.tgz" cannot be reached.'],
    ["packages: [{ package: kit, version: 1.0.0 }]", "packages.yml:1:12  error  package-list"],
    ["packages: [{ locl: x }]", "packages.yml:1:14  error  unknown-key"],
    ["packages: [{ git: REPO, local: x }]", 'found "local" and "git".'],
    ["packages: [{ local: 'TOOLS' }, { git: REPO, subdirectory: sub }]", "Two revisions of"],
  ])("says of %s what is wrong", async (list, message) => {
    const named = (text: string): string =>
      text.replaceAll("REPO", repository).replaceAll("TOOLS", join(elsewhere, "tools"));
    write("packages.yml", `${named(list)}\n`);
    const { code, err } = await tsdbt(ofHub(), "deps", "--upgrade");
    expect(err).toContain(named(message));
    expect(code).toBe(2);
  });

  it("does not empty a folder that holds something else", async () => {
    const other = temporaryProject({
      "dbt_project.yml": "name: shop\nprofile: shop\npackages-install-path: models\n",
      "models/a.sql": "select 1",
      "packages.yml": `packages: [{ local: "${join(elsewhere, "kit-1")}" }]\n`,
    });
    const { code, err } = await tsdbt(other.folder, "deps");
    expect(code).toBe(2);
    expect(err).toContain('The folder "models" holds what is no package');
    expect(other.read("models/a.sql")).toBe("select 1");
  });
});
