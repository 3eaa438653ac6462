import type { Diagnostic } from "../../domain/diagnostic.ts";
import { type ColumnDeclaration, columnList } from "./column-declaration.ts";
import type { ConfigEntry } from "./config-entry.ts";
import { describedConfig, describedKeys, testedKeys } from "./described-keys.ts";
import { parseTestDeclarations, type TestDeclaration } from "./parse-test-declarations.ts";
import { type ConstraintDeclaration, constraintList } from "./constraint-declaration.ts";
import type { YamlNode } from "./parse-yaml.ts";
import { type SourceDeclaration, sourceTables } from "./source-declaration.ts";
import { anything, mapping, type Placed, type ShapeOf, strictListOf } from "./yaml-shape.ts";

/** What a property file says of a model or a seed. */
export interface PropertiesDeclaration {
  readonly name: Placed<string>;
  readonly description: string;
  readonly config: readonly ConfigEntry[];
  readonly columns: readonly ColumnDeclaration[];
  readonly tests: readonly TestDeclaration[];
  /** Constraints of a model as a whole. */
  readonly constraints: readonly ConstraintDeclaration[];
}

/** What one property file declares. */
export interface Properties {
  readonly models: readonly PropertiesDeclaration[];
  readonly seeds: readonly PropertiesDeclaration[];
  readonly sources: readonly SourceDeclaration[];
  /** What is said of singular tests. */
  readonly tests: readonly PropertiesDeclaration[];
}

const resourceKeys = { ...describedKeys, columns: columnList, constraints: constraintList, ...testedKeys };

const model = mapping(resourceKeys, {
  what: "a model",
  needs: ["name"],
  ignored: ["docs"],
  unsupported: ["versions", "latest_version", "access", "group", "deprecation_date", "time_spine"],
});

const seed = mapping(resourceKeys, { what: "a seed", needs: ["name"], ignored: ["docs"], unsupported: ["group"] });

const singularTest = mapping(describedKeys, { what: "a singular test", needs: ["name"], ignored: ["docs"] });

const propertiesFile = mapping(
  {
    version: anything,
    models: strictListOf(model),
    seeds: strictListOf(seed),
    sources: sourceTables,
    data_tests: strictListOf(singularTest),
    tests: strictListOf(singularTest),
  },
  {
    what: "a property file",
    ignored: ["macros", "docs", "anchors"],
    unsupported: [
      "snapshots",
      "exposures",
      "unit_tests",
      "groups",
      "functions",
      "metrics",
      "semantic_models",
      "saved_queries",
      "analyses",
    ],
  },
);

type Report = (diagnostic: Diagnostic) => void;

function declareResources(
  resources: readonly NonNullable<ShapeOf<typeof model>>[] | undefined,
  report: Report,
): readonly PropertiesDeclaration[] {
  return (resources ?? []).flatMap(({ value }) => {
    const { name } = value;
    if (name === undefined) return [];
    return [
      {
        name,
        description: value.description ?? "",
        config: describedConfig(value),
        columns: value.columns ?? [],
        constraints: value.constraints ?? [],
        tests: parseTestDeclarations([value.data_tests, value.tests], undefined, report),
      },
    ];
  });
}

/** What a property file (`sources.yml`, `models/*.yml`) declares, in dbt's grammar; a source table may add `ingest:`. */
export function parseProperties(root: YamlNode, report: Report): Properties {
  const file = propertiesFile(root, report);
  return {
    models: declareResources(file?.value.models, report),
    seeds: declareResources(file?.value.seeds, report),
    sources: file?.value.sources ?? [],
    tests: [...(file?.value.data_tests ?? []), ...(file?.value.tests ?? [])].flatMap(({ value }) => {
      const { name, description = "" } = value;
      const rest = { config: describedConfig(value), columns: [], constraints: [], tests: [] };
      return name === undefined ? [] : [{ name, description, ...rest }];
    }),
  };
}
