import type { Relation } from "../../domain/relation.ts";
import type { ConfigValues, Settings } from "../../domain/settings.ts";
import { resourceRelation } from "../project/resource-relation.ts";

/** Where the rows that fail a test are kept: by default in the schema `<target's>_dbt_test__audit`, under the test's alias. */
export function failuresRelation(alias: string, config: ConfigValues, settings: Settings): Relation {
  return resourceRelation(alias, { ...config, schema: config["schema"] ?? "dbt_test__audit" }, settings);
}
