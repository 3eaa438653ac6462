import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorldError } from "../../domain/world-error.ts";
import { writeWhole } from "./write-artifacts.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsdbt-write-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function failureOf(path: string): unknown {
  try {
    writeWhole(path, "text");
    return undefined;
  } catch (cause) {
    return cause;
  }
}

describe("writing a file whole", () => {
  it("makes its folders, and leaves nothing else behind", () => {
    const path = join(folder, "a/b/é 😀.json");
    writeWhole(path, "one");
    writeWhole(path, "two");
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(readdirSync(join(folder, "a/b"))).toEqual(["é 😀.json"]);
  });

  it("never shows half of it: who has the old file open reads all of that", () => {
    const path = join(folder, "manifest.json");
    writeWhole(path, "old".repeat(100_000));
    const reader = openSync(path, "r");
    writeWhole(path, "new");
    expect(readFileSync(reader, "utf8")).toBe("old".repeat(100_000));
    closeSync(reader);
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  it("does not touch a file that has the text already", () => {
    const path = join(folder, "same.sql");
    writeWhole(path, "select 1\n");
    utimesSync(path, 1, 1);
    const { ino } = statSync(path);
    writeWhole(path, "select 1\n");
    expect(statSync(path)).toMatchObject({ ino, mtimeMs: 1000 });
    writeWhole(path, "select 2\n");
    expect(statSync(path).mtimeMs).toBeGreaterThan(1000);
  });

  it.each([
    ["a file stands in place of a folder", "file/x/manifest.json"],
    ["a folder stands in place of the file", "folder"],
  ])("tells of the world, and leaves no part behind, where %s", (_, path) => {
    writeFileSync(join(folder, "file"), "");
    mkdirSync(join(folder, "folder"));
    const failure = failureOf(join(folder, path));
    expect(failure).toBeInstanceOf(WorldError);
    expect(failure).toMatchObject({
      code: "unwritable-file",
      message: `The file "${join(folder, path)}" cannot be written.`,
      hint: expect.stringMatching(/^E(?:NOTDIR|ISDIR|EXIST)/u) as unknown,
    });
    expect(readdirSync(folder).sort()).toEqual(["file", "folder"]);
  });

  it.skipIf(process.getuid?.() === 0)(
    "tells of a folder that may only be read (not as root, who may write anywhere)",
    () => {
      chmodSync(folder, 0o500);
      expect(failureOf(join(folder, "manifest.json"))).toMatchObject({ code: "unwritable-file" });
      chmodSync(folder, 0o700);
    },
  );
});
