import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "tsdbt-sample-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function sample(...args: readonly string[]): readonly [status: number | null, stdout: string, stderr: string] {
  const script = join(import.meta.dirname, "sample.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script, ...args], {
    encoding: "utf8",
  });
  return [status, stdout, stderr];
}

describe("npm run sample", () => {
  it("writes pulls once, and refuses to write a day twice", () => {
    const out = join(folder, "raw");
    const args = ["--out", out, "--days", "2", "--files-per-day", "3", "--seed", "x", "--start", "2022-12-31"];
    expect(sample(...args)).toEqual([0, expect.stringMatching(/^Wrote 6 files, \d+ bytes, to ".*raw"\.\n$/u), ""]);
    expect(readdirSync(out)).toEqual(["2022-12-31", "2023-01-01"]);
    expect(sample(...args)).toEqual([
      2,
      "",
      `The folder "${join(out, "2022-12-31")}" is there already, and no day is written twice.\n`,
    ]);
  });

  it("says in one sentence what is wrong with its options", () => {
    expect(sample("--days", "3")).toEqual([2, "", 'The option "--out DIR" says where to write, and is missing.\n']);
  });

  it("says in one sentence that it cannot write", () => {
    const [status, stdout, stderr] = sample("--out", join(import.meta.dirname, "sample.ts"));
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^The sample cannot be written: ENOTDIR: .*\.\n$/u);
  });

  it("prints its options", () => {
    expect(sample("--help")).toEqual([0, expect.stringContaining("--files-per-day 1600"), ""]);
  });
});
