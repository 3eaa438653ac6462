import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import type { JsonObject } from "./read-record.ts";

/** A file of the raw folder whose name is that of a pull. */
export interface PullFile {
  /** Below the raw folder, with `/`. */
  readonly path: string;
  /** The name alone, which is what rows say of their origin. */
  readonly file: string;
  /** The UTC hour of the name, as `2022-10-30 23:00`. */
  readonly hour: string;
}

/** What a raw folder holds: pulls in pull order (name, then path), and files whose names are no pull's. */
export interface RawFolder {
  readonly pulls: readonly PullFile[];
  readonly ignored: readonly string[];
}

function pullHour(file: string): string | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})\.json$/u.exec(file);
  if (parts === null) {
    return undefined;
  }
  const [year, month, day, hour, minute, second] = parts.slice(1);
  const text = `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}.000Z`;
  const time = new Date(text);
  const exists = !Number.isNaN(time.getTime()) && time.toISOString() === text;
  return exists ? `${text.slice(0, 10)} ${text.slice(11, 13)}:00` : undefined;
}

function byNameThenPath(left: PullFile, right: PullFile): number {
  const [a, b] = left.file === right.file ? [left.path, right.path] : [left.file, right.file];
  return a < b ? -1 : 1;
}

/** Lists a raw folder, whatever its folders are called: a pull is known by its name alone. */
export function listPulls(rawFolder: string): RawFolder {
  const paths = readdirSync(rawFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(rawFolder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
  const pulls: PullFile[] = [];
  const ignored: string[] = [];
  for (const path of paths) {
    const file = basename(path);
    const hour = pullHour(file);
    if (hour === undefined) {
      ignored.push(path);
    } else {
      pulls.push({ path, file, hour });
    }
  }
  return { pulls: pulls.sort(byNameThenPath), ignored };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The records of a pull, or `undefined` when its bytes are not UTF-8 text of one JSON array of objects. */
export function readPull(rawFolder: string, pull: PullFile): readonly JsonObject[] | undefined {
  const bytes = readFileSync(join(rawFolder, pull.path));
  if (!isUtf8(bytes)) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return Array.isArray(value) && value.every(isObject) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
