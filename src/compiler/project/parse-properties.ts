import type { Diagnostic } from "../../domain/diagnostic.ts";
import { type ColumnDeclaration, columnList } from "./column-declaration.ts";
import type { ConfigEntry } from "./config-entry.ts";
import { describedConfig, describedKeys, testedKeys } from "./described-keys.ts";
import { parseTestDeclarations, type TestDeclaration } from "./parse-test-declarations.ts";
import { type ConstraintDeclaration, constraintList } from "./constraint-declaration.ts";
import type { YamlNode } from "./parse-yaml.ts";
import { type SourceDeclaration, sourceTables } from "./source-declaration.ts";
import {
  accessWord,
  type ExposureDeclaration,
  exposureList,
  type GroupDeclaration,
  groupList,
} from "./exposure-declaration.ts";
import { type DeclaredVersion, expandVersions, latestVersion } from "./versioned-models.ts";
import { anything, asNode, mapping, type Placed, placed, type ShapeOf, strictListOf, text } from "./yaml-shape.ts";
import { type UnitTestDeclaration, unitTests } from "./unit-test-declaration.ts";

/** What a property file says of a model or a seed. */
export interface PropertiesDeclaration {
  readonly name: Placed<string>;
  readonly description: string;
  readonly config: readonly ConfigEntry[];
  readonly columns: readonly ColumnDeclaration[];
  readonly tests: readonly TestDeclaration[];
  /** Constraints of a model as a whole. */
  readonly constraints: readonly ConstraintDeclaration[];
  /** Which version of a model it is about, if the model has versions. */
  readonly version?: DeclaredVersion | undefined;
  /** What a snapshot reads that has no file of its own: `ref('orders')`. */
  readonly relation?: Placed<string> | undefined;
}

/** What one property file declares. */
export interface Properties {
  readonly models: readonly PropertiesDeclaration[];
  readonly seeds: readonly PropertiesDeclaration[];
  readonly snapshots: readonly PropertiesDeclaration[];
  readonly sources: readonly SourceDeclaration[];
  readonly unitTests: readonly UnitTestDeclaration[];
  /** What is said of singular tests. */
  readonly tests: readonly PropertiesDeclaration[];
  readonly analyses: readonly PropertiesDeclaration[];
  readonly exposures: readonly ExposureDeclaration[];
  readonly groups: readonly GroupDeclaration[];
}

const resourceKeys = { ...describedKeys, columns: columnList, constraints: constraintList, ...testedKeys };

const model = mapping(
  { ...resourceKeys, access: placed(accessWord), group: placed(text), versions: asNode, latest_version: latestVersion },
  {
    what: "a model",
    needs: ["name"],
    ignored: [
      "docs",
      "deprecation_date",
      "time_spine",
      "semantic_model",
      "metrics",
      "agg_time_dimension",
      "primary_entity",
      "derived_semantics",
    ],
  },
);

const seed = mapping({ ...resourceKeys, group: placed(text) }, { what: "a seed", needs: ["name"], ignored: ["docs"] });

const analysis = mapping(
  { ...describedKeys, columns: columnList },
  { what: "an analysis", needs: ["name"], ignored: ["docs"] },
);

const snapshot = mapping(
  { ...resourceKeys, relation: placed(text) },
  { what: "a snapshot", needs: ["name"], ignored: ["docs"], unsupported: ["group"] },
);

const singularTest = mapping(describedKeys, { what: "a singular test", needs: ["name"], ignored: ["docs"] });

const propertiesFile = mapping(
  {
    version: anything,
    models: strictListOf(model),
    seeds: strictListOf(seed),
    snapshots: strictListOf(snapshot),
    sources: sourceTables,
    unit_tests: unitTests,
    data_tests: strictListOf(singularTest),
    tests: strictListOf(singularTest),
    analyses: strictListOf(analysis),
    exposures: exposureList,
    groups: groupList,
  },
  {
    what: "a property file",
    ignored: ["macros", "docs", "anchors", "metrics", "semantic_models", "saved_queries"],
    unsupported: ["functions"],
  },
);

type Report = (diagnostic: Diagnostic) => void;

type ReadAnalysis = NonNullable<ShapeOf<typeof analysis>>["value"];
type ReadModel = NonNullable<ShapeOf<typeof model>>["value"];
type ReadResource = Partial<ReadModel> & Pick<ReadAnalysis, "name" | "config" | "tags" | "meta">;

/** `access` and `group` are configs that have a place of their own beside `config`. */
function groupConfig({ access, group }: ReadResource): readonly ConfigEntry[] {
  const entries = [
    ["access", access],
    ["group", group],
  ] as const;
  return entries.flatMap(([key, given]) => (given === undefined ? [] : [{ key, ...given }]));
}

function declareResources(
  resources: readonly { readonly value: ReadResource }[] | undefined,
  report: Report,
): readonly PropertiesDeclaration[] {
  return (resources ?? []).flatMap(({ value }): readonly PropertiesDeclaration[] => {
    const { name, versions } = value;
    if (name === undefined) return [];
    const declaration = {
      name,
      description: value.description ?? "",
      config: [...groupConfig(value), ...describedConfig(value)],
      columns: value.columns ?? [],
      constraints: value.constraints ?? [],
      tests: parseTestDeclarations([value.data_tests, value.tests], undefined, report),
    };
    if (versions === undefined) return [declaration];
    return expandVersions(declaration, { versions, latest: value.latest_version }, report);
  });
}

function declareSnapshots(
  snapshots: readonly NonNullable<ShapeOf<typeof snapshot>>[] | undefined,
  report: Report,
): readonly PropertiesDeclaration[] {
  return (snapshots ?? []).flatMap((each) =>
    declareResources([each], report).map((declared) => ({ ...declared, relation: each.value.relation })),
  );
}

/** What a property file (`sources.yml`, `models/*.yml`) declares, in dbt's grammar; a source table may add `ingest:`. */
export function parseProperties(root: YamlNode, report: Report): Properties {
  const file = propertiesFile(root, report);
  return {
    models: declareResources(file?.value.models, report),
    seeds: declareResources(file?.value.seeds, report),
    snapshots: declareSnapshots(file?.value.snapshots, report),
    sources: file?.value.sources ?? [],
    unitTests: file?.value.unit_tests ?? [],
    tests: [...(file?.value.data_tests ?? []), ...(file?.value.tests ?? [])].flatMap(({ value }) => {
      const { name, description = "" } = value;
      const rest = { config: describedConfig(value), columns: [], constraints: [], tests: [] };
      return name === undefined ? [] : [{ name, description, ...rest }];
    }),
    analyses: declareResources(file?.value.analyses, report),
    exposures: file?.value.exposures ?? [],
    groups: file?.value.groups ?? [],
  };
}
