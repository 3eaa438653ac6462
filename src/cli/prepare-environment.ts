import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that a file `.env` in a folder sets; none where there is no such file. */
export function readDotEnv(folder: string): Environment {
  const path = join(folder, ".env");
  return existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {};
}

const enginePrefix = "DBT_ENGINE_";

/** What of these variables may be taken for options: `DBT_ENGINE_X` is the newer name of `DBT_X` and wins over it. */
export function engineVariables(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(enginePrefix) ? [[`DBT_${name.slice(enginePrefix.length)}`, value]] : [],
    ),
  );
}
