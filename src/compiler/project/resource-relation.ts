import type { Data } from "../../domain/data.ts";
import type { Relation } from "../../domain/relation.ts";
import type { ConfigValues, Settings } from "../../domain/settings.ts";
import type { ModelVersion } from "../../domain/model-version.ts";

function text(value: Data | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Where a snapshot goes: as a model does, or right into the schema and database of its older configs. */
export function snapshotRelation(relation: Relation, config: ConfigValues): Relation {
  return {
    ...relation,
    database: text(config["target_database"]) ?? relation.database,
    schema: text(config["target_schema"]) ?? relation.schema,
  };
}

/** Where a model or seed goes: alias or name, the target's schema with a custom one behind it, the target's database (DBT_SEMANTICS §2). */
export function resourceRelation(name: string, config: ConfigValues, settings: Settings): Relation {
  const { target } = settings;
  const custom = text(config["schema"]);
  return {
    database: text(config["database"]) ?? target.database,
    schema: custom === undefined ? target.schema : `${target.schema}_${custom}`,
    identifier: text(config["alias"]) ?? name,
  };
}

/** The name of a resource's table where its config gives no alias: a version of a model has it behind the model's. */
export function defaultAlias({
  name,
  version,
}: {
  readonly name: string;
  readonly version?: ModelVersion | undefined;
}): string {
  return version === undefined ? name : `${name}_v${String(version.value).replaceAll(".", "_")}`;
}
