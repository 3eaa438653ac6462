import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogFile } from "./log-file.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsdbt-log-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(texts: readonly string[], maxBytes: number): readonly string[] {
  const faults: string[] = [];
  const file = new LogFile(join(folder, "logs"), { maxBytes, tellFault: (message) => faults.push(message) });
  for (const text of texts) file.write(text);
  file.close();
  return faults;
}

function read(name: string): string {
  return readFileSync(join(folder, "logs", name), "utf8");
}

describe("a log file", () => {
  it("is added to, and made with its folder at the first line", () => {
    write(["a\n"], 100);
    write(["b\n"], 100);
    expect(read("dbt.log")).toBe("a\nb\n");
  });

  it("is put aside before it would be too big, and five of those are kept", () => {
    write(["1\n", "2\n", "3\n", "4\n", "5\n", "6\n", "7\n"], 3);
    expect([read("dbt.log"), read("dbt.log.1"), read("dbt.log.5")]).toEqual(["7\n", "6\n", "2\n"]);
    expect(existsSync(join(folder, "logs/dbt.log.6"))).toBe(false);
  });

  it("has no end where that is asked for, and takes a line that is bigger than it may be", () => {
    write(["123456\n", "7\n"], 0);
    expect(read("dbt.log")).toBe("123456\n7\n");
    rmSync(join(folder, "logs"), { recursive: true });
    write(["123456\n"], 3);
    expect(read("dbt.log")).toBe("123456\n");
  });

  it("that cannot be written is told once", () => {
    writeFileSync(join(folder, "logs"), "in the way");
    expect(write(["a", "b"], 100)).toHaveLength(1);
  });
});
