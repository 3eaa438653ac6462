import { resolve } from "node:path";
import { parseYaml, yamlData, yamlEntry } from "../compiler/project/parse-yaml.ts";
import { isDataMap } from "../domain/data.ts";
import { WorldError } from "../domain/world-error.ts";
import { findProject, projectFileIn } from "./find-project.ts";
import { readFile } from "./read-file.ts";

/**
 * `flags:` of the project file as variables of the environment (`fail_fast: true` is `DBT_FAIL_FAST`), which is how much they
 * weigh less than options; `log-path` is one more. None where there is no project, or one that cannot be read: that is told when it is opened.
 */
export function readProjectFlags(folder: string, projectDir: string | undefined): Readonly<Record<string, string>> {
  try {
    const root = findProject(folder, projectDir);
    const name = projectFileIn(root);
    const parsed = name === undefined ? undefined : parseYaml(readFile(root, name, new Map()));
    const flags = parsed?.ok === true ? yamlEntry(parsed.value, "flags") : undefined;
    const data = flags === undefined ? {} : yamlData(flags.value);
    const logs = parsed?.ok === true ? yamlEntry(parsed.value, "log-path") : undefined;
    const logPath = logs === undefined ? undefined : yamlData(logs.value);
    const paths = typeof logPath === "string" && logPath !== "" ? { DBT_LOG_PATH: resolve(root, logPath) } : {};
    if (!isDataMap(data)) return paths;
    const given = Object.fromEntries(
      Object.entries(data).flatMap(([key, value]) =>
        value === null ? [] : [[`DBT_${key.toUpperCase()}`, typeof value === "string" ? value : JSON.stringify(value)]],
      ),
    );
    return { ...paths, ...given };
  } catch (cause) {
    if (cause instanceof WorldError) return {};
    throw cause;
  }
}
