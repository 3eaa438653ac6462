import type { Data, DataMap } from "../../domain/data.ts";
import { dbtVersion } from "../../domain/dbt-version.ts";
import type { Invocation } from "../invocation.ts";

/** `2022-11-01T00:00:00.000000Z`, as dbt writes times into artifacts. */
export function artifactTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace("Z", "000Z");
}

/** What every artifact begins with (DBT_CONVENTIONS §1). */
export function artifactMetadata(schema: string, invocation: Invocation): DataMap {
  const prefix = "DBT_ENV_CUSTOM_ENV_";
  const custom = Object.entries(invocation.environment).flatMap(
    ([name, value]): readonly (readonly [string, Data])[] =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
  );
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: dbtVersion,
    generated_at: artifactTime(invocation.clock()),
    invocation_id: invocation.id,
    invocation_started_at: artifactTime(invocation.startedMs),
    env: Object.fromEntries(custom),
  };
}
