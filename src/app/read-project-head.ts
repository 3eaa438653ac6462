import { homedir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import type { ProjectHead } from "../domain/project-head.ts";
import { WorldError } from "../domain/world-error.ts";
import { isFile, projectFileIn } from "./find-project.ts";
import type { Invocation } from "./invocation.ts";
import { type FileMemory, readFile } from "./read-file.ts";

const profilesName = "profiles.yml";
const varsName = "vars.yml";

/** The folders that a file of profiles may lie in, as in dbt, and the project's own; only the named one, if one is named. */
function profilesFolders(root: string, invocation: Invocation): readonly string[] {
  const { folder, profilesDir, environment } = invocation;
  if (profilesDir !== undefined) return [profilesDir];
  return [...new Set([folder, root, join(environment["HOME"] ?? homedir(), ".dbt")])];
}

/** A path as messages name it: relative to the project where it lies below it. */
function shownPath(root: string, path: string): string {
  const inside = relative(root, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}

/** Reads the files that say what a project is and where it runs. */
export function readProjectHead(root: string, invocation: Invocation, memory: FileMemory): ProjectHead {
  const name = projectFileIn(root);
  if (name === undefined) throw new WorldError("no-project", `There is no project in "${root}" any more.`);
  const project = readFile(root, name, memory);
  const vars = isFile(join(root, varsName)) ? readFile(root, varsName, memory) : undefined;
  if (name === "project.yml") return { kind: "own", project, vars };
  const folders = profilesFolders(root, invocation);
  const found = folders.map((folder) => join(folder, profilesName)).find(isFile);
  const profiles = found === undefined ? undefined : readFile(root, shownPath(root, found), memory);
  return { kind: "dbt", project, vars, profiles, profilesFolders: folders };
}
