import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceFile } from "../domain/source-file.ts";
import { WorldError } from "../domain/world-error.ts";

/** Files that were read before keep their identity while their text is the same, so that what was made of them can be kept. */
export type FileMemory = Map<string, SourceFile>;

/** Bytes that are no text are refused, not replaced; a byte order mark is no part of the text. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

function unreadable(path: string, cause: unknown): WorldError {
  const hint = cause instanceof TypeError ? "It is not UTF-8." : cause instanceof Error ? cause.message : undefined;
  return new WorldError("unreadable-file", `The file "${path}" cannot be read.`, { hint, cause });
}

/** A text file below a folder, or at an absolute path; throws a `WorldError` where it cannot be read as text. */
export function readFile(root: string, path: string, memory: FileMemory): SourceFile {
  let text: string;
  try {
    text = utf8.decode(readFileSync(resolve(root, path)));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const known = memory.get(path);
  if (known?.text === text) return known;
  const file = { path, text };
  memory.set(path, file);
  return file;
}
