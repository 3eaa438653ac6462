import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Data, isDataList, isDataMap } from "../../domain/data.ts";
import type { PackageSpec } from "../../domain/package-spec.ts";
import type { NamedPackage } from "./resolve-packages.ts";

/** The name of the file that keeps which versions were chosen. */
export const lockName = "package-lock.yml";

/** JSON as Python writes it, keys sorted: real dbt hashes that text. */
function pythonJson(data: Data): string {
  if (isDataList(data)) return `[${data.map(pythonJson).join(", ")}]`;
  if (isDataMap(data)) {
    const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, value]) => `${pythonJson(key)}: ${pythonJson(value)}`).join(", ")}}`;
  }
  return JSON.stringify(data).replaceAll(
    /[\u007f-\uffff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The hash of a list of packages, the same as dbt's: a lock with it is of that list. */
export function listHash(packages: readonly PackageSpec[]): string {
  const texts = packages.map(({ hashed }) => pythonJson(hashed)).sort();
  return createHash("sha1").update(texts.join("\n")).digest("hex");
}

/** A value as YAML has it: text in quotes only where it would be taken for something else without them. */
function scalar(value: Data): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain = /^[\w./@][\w./@:+-]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off)$|:$/iu.test(value);
  return isPlain && Number.isNaN(Number(value)) ? value : JSON.stringify(value);
}

/** Writes the lock of a project: which version of each package was chosen. */
export function writeLock(root: string, packages: readonly NamedPackage[], hash: string): void {
  const entries = packages.map(({ locked, name }) => {
    const [from, ...rest] = Object.entries(locked);
    const lines = [...(from === undefined ? [] : [from]), ["name", name] as const, ...rest];
    return lines.map(([key, value], index) => `${index === 0 ? "  - " : "    "}${key}: ${scalar(value)}`).join("\n");
  });
  writeFileSync(join(root, lockName), `packages:\n${entries.join("\n")}\nsha1_hash: ${hash}\n`);
}
