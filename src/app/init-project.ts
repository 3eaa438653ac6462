import { mkdirSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { reservedNames } from "../compiler/project/parse-settings.ts";
import { error } from "../domain/diagnostic.ts";
import { WorldError } from "../domain/world-error.ts";
import { writeWhole } from "./artifacts/write-artifacts.ts";
import { entryAt } from "./entry-at.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { newProjectFiles } from "./new-project.ts";

/** A name that a project may have, made of its folder's. */
function projectName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, "_")
    .replaceAll(/^_+|_+$/gu, "");
  if (name === "") return "project";
  return /^\p{L}/u.test(name) && !reservedNames.includes(name) ? name : `project_${name}`;
}

/** Makes a new project that runs in a folder that is empty or not there yet. */
export function initProject(invocation: Invocation, folder: string): Ending {
  const root = resolve(invocation.folder, folder);
  const standing = entryAt(root);
  const isFolder = standing?.isDirectory() === true;
  if (standing !== undefined && (!isFolder || readdirSync(root).length > 0)) {
    const message = isFolder ? `The folder "${folder}" is not empty.` : `"${folder}" is not a folder.`;
    invocation.emit({
      kind: "diagnosed",
      diagnostics: [error("folder-not-empty", message, { hint: "Name a new folder." })],
    });
    return "refusal";
  }
  const name = projectName(root);
  try {
    mkdirSync(root, { recursive: true });
  } catch (cause) {
    throw new WorldError("unwritable-file", `The folder "${folder}" cannot be made.`, {
      hint: cause instanceof Error ? cause.message : undefined,
      cause,
    });
  }
  for (const [path, text] of Object.entries(newProjectFiles(name))) writeWhole(join(root, path), text);
  invocation.emit({ kind: "said", message: `Made the project "${name}" in ${folder}` });
  invocation.emit({ kind: "said", message: `Next: cd ${folder} && tsdbt build` });
  return "success";
}
