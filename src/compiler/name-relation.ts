import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Relation } from "../domain/relation.ts";
import type { ConfigValues } from "../domain/settings.ts";
import { type DiscoveryContext, renderEarly } from "./discover.ts";
import type { ResolvedConfig } from "./project/resolve-config.ts";
import type { ResourceProperties } from "./project/resource-properties.ts";
import { defaultAlias, resourceRelation } from "./project/resource-relation.ts";
import { definesMacro } from "./template/context/model-environment.ts";
import { parseTemplate } from "./template/parse-template.ts";
import type { Template } from "./template/syntax.ts";
import { fromData } from "./template/values/convert-data.ts";

/** The macros that name a resource's table, the config that each is given, and the part that it names (DBT_SEMANTICS §2). */
const namings = [
  { macro: "generate_database_name", key: "database", part: "database" },
  { macro: "generate_schema_name", key: "schema", part: "schema" },
  { macro: "generate_alias_name", key: "alias", part: "identifier" },
] as const;

type Naming = (typeof namings)[number];

function callOf({ macro }: Naming): Template {
  const parsed = parseTemplate({ path: macro, text: `{{ ${macro}(custom_name, node) }}` });
  if (!parsed.ok) throw new Error(`the call of ${macro} is no template`);
  return parsed.value;
}

const calls: ReadonlyMap<Naming, Template> = new Map(namings.map((naming) => [naming, callOf(naming)]));

/** `node` as those macros see it: what is known of a resource before it has a name. */
function nodeOf(resource: ResourceProperties, config: ConfigValues, relation: Relation): ConfigValues {
  const { uniqueId, name, packageName, path, fqn, version } = resource;
  return {
    unique_id: uniqueId,
    name,
    resource_type: uniqueId.slice(0, uniqueId.indexOf(".")),
    package_name: packageName,
    path,
    original_file_path: path,
    fqn,
    version: version?.value ?? null,
    tags: config["tags"] ?? [],
    meta: config["meta"] ?? {},
    config: { enabled: true, materialized: "view", alias: null, schema: null, database: null, ...config },
    database: relation.database,
    schema: relation.schema,
    alias: relation.identifier,
  };
}

/**
 * Where a resource goes: by the project's own `generate_…_name` macros where it has them, else by dbt's rule. A macro that
 * fails, or that gives no name, is told.
 */
export function nameRelation(
  resource: ResourceProperties,
  config: ResolvedConfig,
  context: DiscoveryContext & { readonly report: (diagnostic: Diagnostic) => void },
): Relation {
  const { settings, macros, report } = context;
  const usual = resourceRelation(defaultAlias(resource), config.values, settings);
  let relation = usual;
  for (const naming of namings) {
    const { macro, key, part } = naming;
    const call = calls.get(naming);
    if (call === undefined || !definesMacro(macros, macro, resource.packageName)) continue;
    const custom = config.values[key] ?? null;
    const names = { custom_name: fromData(custom), node: fromData(nodeOf(resource, config.values, relation)) };
    const { sql } = renderEarly(call, { resource, mode: "full", config: config.values, relation, names }, context);
    if (!sql.ok) {
      sql.diagnostics.forEach(report);
      return usual;
    }
    const name = sql.value.text.trim();
    if (name !== "" && name !== "None") relation = { ...relation, [part]: name };
    else
      report(
        error("empty-name", `The macro "${macro}" gives no name for "${resource.name}".`, {
          span: config.spans[key],
          hint: `It has to print one: {{ ${key === "alias" ? "node.name" : `target.${key}`} }}.`,
        }),
      );
  }
  return relation;
}
