import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorldError } from "../../domain/world-error.ts";
import { attempt } from "./folder-error.ts";
import { openFolder } from "./folder.ts";
import { testStore } from "./store.contract.ts";

let root: string;

function makeRoot(): void {
  root = mkdtempSync(join(tmpdir(), "tsdbt-folder-"));
}

function removeRoot(): void {
  rmSync(root, { recursive: true });
}

testStore("a folder", {
  open: async () => {
    makeRoot();
    return Promise.resolve(openFolder(join(root, "staged", "hours"), { access: "write" }));
  },
  close: async () => {
    removeRoot();
    return Promise.resolve();
  },
});

/** A process id that no process has: they end far below. */
const deadProcess = 2 ** 31 - 2;

describe("a folder", () => {
  beforeEach(makeRoot);
  afterEach(removeRoot);

  it("that is missing is told by its name when it is read, and made when it is written to", async () => {
    const path = join(root, "raw_data");
    await expect(openFolder(path, { access: "read" }).list()).rejects.toMatchObject({
      constructor: WorldError,
      code: "missing-folder",
      message: `There is no folder or file "${path}".`,
    });
    expect(readdirSync(root)).toEqual([]);
    expect(await openFolder(path, { access: "write" }).list()).toEqual([]);
  });

  it("that is a file, or lies below one, is told by its name", async () => {
    const path = join(root, "file");
    writeFileSync(path, "x");
    for (const wrong of [path, join(path, "below")]) {
      expect(() => openFolder(wrong, { access: "write" })).toThrow(
        `A part of "${wrong}" is a file where a folder is wanted.`,
      );
      await expect(openFolder(wrong, { access: "read" }).list()).rejects.toMatchObject({ code: "not-a-folder" });
    }
  });

  it.skipIf(process.getuid?.() === 0)(
    "without permission is told by name (not for root, who has it always)",
    async () => {
      chmodSync(root, 0o000);
      try {
        await expect(openFolder(root, { access: "read" }).list()).rejects.toMatchObject({ code: "no-permission" });
      } finally {
        chmodSync(root, 0o755);
      }
    },
  );

  it("lists all files below it, through links too, but walks no link back", async () => {
    mkdirSync(join(root, "raw", "2022-10-01"), { recursive: true });
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "raw", "2022-10-01", "a.json"), "aa");
    writeFileSync(join(root, "elsewhere", "b.json"), "b");
    symlinkSync(join(root, "elsewhere"), join(root, "raw", "2022-10-02"));
    symlinkSync(join(root, "elsewhere", "b.json"), join(root, "raw", "c.json"));
    symlinkSync(join(root, "raw"), join(root, "elsewhere", "back"));
    symlinkSync(join(root, "nowhere"), join(root, "raw", "d.json"));
    const names = (await openFolder(join(root, "raw"), { access: "read" }).list()).map(({ name }) => name);
    expect(names).toEqual(["2022-10-01/a.json", "2022-10-02/b.json", "c.json"]);
  });

  it("gives a file that was touched or written in place another version", async () => {
    const path = join(root, "a.json");
    const store = openFolder(root, { access: "read" });
    const versions: (string | undefined)[] = [];
    for (const [content, seconds] of [
      ["one", 1000],
      ["one", 1001],
      ["four", 1001],
    ] as const) {
      writeFileSync(path, content);
      utimesSync(path, seconds, seconds);
      versions.push((await store.list())[0]?.version);
    }
    expect(new Set(versions).size).toBe(3);
  });

  it("hides what killed writers left, and removes it when it is opened for writing", async () => {
    const left = [
      `.a.csv.${String(deadProcess)}-00000000-1.partial`,
      `.b.csv.${String(process.pid)}-00000000-7.partial`,
    ];
    const inUse = `.c.csv.${String(process.ppid)}-00000000-1.partial`;
    const foreign = "theirs.partial";
    mkdirSync(join(root, "below"));
    for (const name of [...left, inUse, foreign, `below/${left[0] ?? ""}`]) writeFileSync(join(root, name), "half");
    expect((await openFolder(root, { access: "read" }).list()).map(({ name }) => name)).toEqual([foreign]);
    expect(readdirSync(root)).toHaveLength(5);
    openFolder(root, { access: "write" });
    expect(readdirSync(root).sort()).toEqual([inUse, "below", foreign]);
    expect(readdirSync(join(root, "below"))).toEqual([]);
  });

  it("does not remove what this process is still writing when it is opened again", async () => {
    const store = openFolder(root, { access: "write" });
    async function* chunks(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from("whole"));
      openFolder(root, { access: "write" });
    }
    await store.write("a", chunks(), { replacing: undefined });
    expect(readdirSync(root)).toEqual(["a"]);
  });

  it("leaves no partial file where a write fails", async () => {
    const store = openFolder(root, { access: "write" });
    async function* chunks(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from("half"));
      throw new Error("no more");
    }
    await expect(store.write("a", chunks(), { replacing: undefined })).rejects.toThrow("no more");
    expect(readdirSync(root)).toEqual([]);
  });

  it("takes no name that leads out of it", async () => {
    const store = openFolder(root, { access: "read" });
    for (const name of ["../a", "/a", "a//b", "", ".", "a/.."])
      expect(() => store.uri(name)).toThrow("no name of an object");
    await expect(store.remove("../a")).rejects.toThrow("no name of an object");
  });
});

describe("what the system refuses", () => {
  it.each([
    ["ENOENT", "missing-folder", 'There is no folder or file "raw".'],
    ["ENOTDIR", "not-a-folder", 'A part of "raw" is a file where a folder is wanted.'],
    ["EACCES", "no-permission", 'There is no permission to write "raw".'],
    ["EPERM", "no-permission", 'There is no permission to write "raw".'],
    ["ENOSPC", "disk-full", 'There is no space left to write "raw".'],
    ["EDQUOT", "disk-full", 'There is no space left to write "raw".'],
    ["EROFS", "read-only-disk", '"raw" cannot be written, for its file system is read-only.'],
    ["EIO", "unreadable-folder", 'The system refused to write "raw" (EIO).'],
  ])("%s is told in one sentence, with a hint or to be tried again", (code, told, message) => {
    const refuse = (): never => {
      throw Object.assign(new Error(code), { code, syscall: "open" });
    };
    expect(() => attempt({ doing: "write", path: "raw" }, refuse)).toThrow(
      expect.objectContaining({ constructor: WorldError, code: told, message, isRetryable: code === "EIO" }),
    );
  });

  it("is nothing else: a bug stays a bug", () => {
    const bug = new TypeError("a bug");
    const fail = (): never => {
      throw bug;
    };
    expect(() => attempt({ doing: "read", path: "raw" }, fail)).toThrow(bug);
  });
});
