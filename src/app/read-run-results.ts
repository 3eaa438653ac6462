import { existsSync, readFileSync } from "node:fs";
import { type Data, type DataMap, isDataList, isDataMap } from "../domain/data.ts";
import { type Checked, error, failed, passed } from "../domain/diagnostic.ts";

/** What an earlier run left behind: how it was called, and how each of its nodes ended. */
export interface EarlierRun {
  /** The command that it was. */
  readonly which: string;
  readonly arguments: DataMap;
  /** The results as they were written. */
  readonly results: readonly DataMap[];
}

/** A text that a mapping holds. */
export function textAt(map: DataMap, key: string): string | undefined {
  const value = map[key];
  return typeof value === "string" ? value : undefined;
}

/** The data of a JSON text, or `undefined` where it is none. */
export function parseJson(text: string): Data | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return read as Data;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Reads `run_results.json`; `path` is how messages speak of it. */
export function readRunResults(file: string, path: string): Checked<EarlierRun> {
  if (!existsSync(file))
    return failed(
      error("no-results", `There is no earlier run to go by: "${path}" is not there.`, {
        hint: "Run a command first, or name the folder of its artifacts by --state.",
      }),
    );
  const read = parseJson(readFileSync(file, "utf8"));
  const results = isDataMap(read) ? read["results"] : undefined;
  const args = isDataMap(read) ? read["args"] : undefined;
  const which = isDataMap(args) ? textAt(args, "which") : undefined;
  if (results === undefined || !isDataList(results) || !isDataMap(args) || which === undefined)
    return failed(error("no-results", `The file "${path}" is no record of a run.`));
  return passed({ which, arguments: args, results: results.filter(isDataMap) });
}
