import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

/** The Jinja2 that dbt's newest releases use, and that the table was made with. */
const wanted = "3.1.6";

const folder = mkdtempSync(join(tmpdir(), "tsdbt-jinja-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function hasJinja(python: string): boolean {
  const asked = spawnSync(python, ["-c", "import jinja2; print(jinja2.__version__)"], { encoding: "utf8" });
  return asked.status === 0 && asked.stdout.trim() === wanted;
}

/** A Python with Jinja2: the one that `TSDBT_PYTHON` names, or one of its own by pip; or why there is none. */
function findPython(): { readonly python: string } | { readonly because: string } {
  const named = process.env["TSDBT_PYTHON"];
  if (named !== undefined) return hasJinja(named) ? { python: named } : { because: `${named} has no jinja2 ${wanted}` };
  if (spawnSync("python3", ["--version"]).status !== 0) return { because: "there is no python3 on the path" };
  if (hasJinja("python3")) return { python: "python3" };
  const own = join(folder, "venv");
  const made = spawnSync("python3", ["-m", "venv", own], { encoding: "utf8" });
  if (made.status !== 0) return { because: `python3 makes no virtual environment: ${made.stderr.trim()}` };
  const python = join(own, "bin/python");
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--timeout", "10", "--retries", "1"];
  const installed = spawnSync(python, [...pip, `jinja2==${wanted}`], { encoding: "utf8" });
  if (installed.status !== 0)
    return { because: `pip installs no jinja2: ${installed.stderr.trim().split("\n").at(-1) ?? ""}` };
  return { python };
}

const found = findPython();
if ("because" in found) process.stderr.write(`The table of templates is not made anew: ${found.because}.\n`);

describe.skipIf("because" in found)("the expected values of the table of templates", () => {
  it("are what Jinja2 itself gives", () => {
    for (const name of ["expect.py", "inputs.json"]) cpSync(join(import.meta.dirname, name), join(folder, name));
    execFileSync("python" in found ? found.python : "", [join(folder, "expect.py")], { encoding: "utf8" });
    const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
    expect(read(join(folder, "cases.json"))).toEqual(read(join(import.meta.dirname, "cases.json")));
  });
});
