import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The package that holds GoogleSQL's reference implementation as a gRPC server, some 340 MB. */
const reference = "@fivetrandevelopers/zetasql@1.13.0";

/** The folder outside of this one where the reference is kept between calls. */
export function referenceFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const cache = environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return environment["TSDBT_ORACLE"] ?? join(cache, "tsdbt", "oracle");
}

/** Puts the reference into the folder if it is not there yet; says why it cannot, or nothing. */
export function installReference(folder: string): string | undefined {
  if (existsSync(join(folder, "node_modules/@fivetrandevelopers/zetasql/package.json"))) return undefined;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  process.stderr.write(`Installing ${reference} in ${folder} …\n`);
  const run = spawnSync("npm", ["install", "--no-audit", "--no-fund", reference], { cwd: folder, encoding: "utf8" });
  if (run.error !== undefined) return run.error.message;
  return run.status === 0 ? undefined : run.stderr.trim();
}
