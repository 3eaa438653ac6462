import { mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { ReadObject, Store, StoredObject } from "../store.ts";
import { attempt } from "./folder-error.ts";
import { isAbandoned, isPartialName } from "./partial-name.ts";
import { readFile } from "./read-file.ts";
import { walkFolder } from "./walk-folder.ts";
import { writeFile } from "./write-file.ts";

/** A folder as it is opened: to be written to, it is made where it is missing, and what killed writers left is removed. */
export interface FolderOptions {
  readonly access: "read" | "write";
}

/** A folder of the local file system as a store. Names that start outside of it are a bug of the caller's. */
export function openFolder(path: string, { access }: FolderOptions): Store {
  if (access === "write") prepare(path);
  return {
    list: async () => Promise.resolve(listFolder(path)),
    read: (names) => readFiles(path, names),
    write: async (name, chunks, condition) => ({ name, ...(await writeFile(pathOf(path, name), chunks, condition)) }),
    remove: async (name) => {
      removeFile(pathOf(path, name));
      return Promise.resolve();
    },
    uri: (name) => resolve(pathOf(path, name)),
  };
}

function pathOf(folder: string, name: string): string {
  if (name === "" || name.split("/").some((part) => part === "" || part === "." || part === ".."))
    throw new Error(`"${name}" is no name of an object`);
  return join(folder, name);
}

function prepare(path: string): void {
  attempt({ doing: "write", path }, () => mkdirSync(path, { recursive: true }));
  for (const { name } of attempt({ doing: "read", path }, () => walkFolder(path)))
    if (isAbandoned(basename(name))) removeFile(join(path, name));
}

function removeFile(path: string): void {
  attempt({ doing: "write", path }, () => {
    rmSync(path, { force: true });
  });
}

function listFolder(path: string): readonly StoredObject[] {
  return attempt({ doing: "read", path }, () => walkFolder(path))
    .filter(({ name }) => !isPartialName(basename(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const filesInOneGo = 32;

/** All files are read into one buffer, one after another: memory stays flat and the system calls few. */
async function* readFiles(path: string, names: readonly string[]): AsyncGenerator<ReadObject> {
  const buffer = Buffer.allocUnsafeSlow(1 << 20);
  for (const [index, name] of names.entries()) {
    // The calls are synchronous, which is much faster; a turn of the event loop now and then lets Ctrl-C through.
    if (index % filesInOneGo === 0) await setImmediate();
    yield { name, content: readFile(pathOf(path, name), buffer) };
  }
}
