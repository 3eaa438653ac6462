import type { DataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { parseTestDeclarations, type TestDeclaration } from "./parse-test-declarations.ts";
import { type YamlNode, yamlData } from "./parse-yaml.ts";
import {
  anyMapping,
  anything,
  asNode,
  listOf,
  mapOf,
  mapping,
  type Placed,
  placed,
  required,
  type Shape,
  strictListOf,
  text,
} from "./yaml-shape.ts";

/** A config value and the place that sets it. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: ReturnType<typeof yamlData>;
  readonly span: Span;
}

/** A column as a property file describes it. */
export interface ColumnDeclaration {
  readonly name: string;
  readonly span: Span;
  readonly description: string;
  readonly dataType: Placed<string> | undefined;
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly tests: readonly TestDeclaration[];
}

/** What a property file says of a model or a seed. */
export interface PropertiesDeclaration {
  readonly name: Placed<string>;
  readonly description: string;
  readonly config: readonly ConfigEntry[];
  readonly columns: readonly ColumnDeclaration[];
  readonly tests: readonly TestDeclaration[];
}

/** `ingest:` of a source table, as written. */
export interface IngestDeclaration {
  readonly span: Span;
  readonly from: Placed<string> | undefined;
  readonly to: Placed<string> | undefined;
  readonly id: Placed<string> | undefined;
  readonly eventTime: Placed<string> | undefined;
  readonly file: Placed<string> | undefined;
  readonly required: readonly Placed<string>[];
  readonly keys: Readonly<Record<string, Placed<string>>>;
}

/** A source table, with what its source says for all of its tables. */
export interface SourceDeclaration {
  readonly source: Placed<string>;
  readonly sourceDescription: string;
  readonly table: Placed<string>;
  readonly description: string;
  readonly database: string | undefined;
  readonly schema: string;
  readonly identifier: string;
  readonly config: readonly ConfigEntry[];
  readonly columns: readonly ColumnDeclaration[];
  readonly tests: readonly TestDeclaration[];
  readonly ingest: IngestDeclaration | undefined;
}

/** What one property file declares. */
export interface Properties {
  readonly models: readonly PropertiesDeclaration[];
  readonly seeds: readonly PropertiesDeclaration[];
  readonly sources: readonly SourceDeclaration[];
}

const configEntries: Shape<readonly ConfigEntry[]> = (node, report) => {
  const data = anyMapping(node, report);
  if (data === undefined || node.kind !== "map") return [];
  return node.entries.map(({ key, keySpan, value }) => ({ key, value: yamlData(value), span: keySpan }));
};

const described = { name: placed(text), description: text, config: configEntries, tags: asNode, meta: asNode };

const tested = { data_tests: asNode, tests: asNode };

const column = mapping(
  { name: placed(text), description: text, data_type: placed(text), tags: listOf(text), meta: anyMapping, ...tested },
  { what: "column", ignored: ["quote"], unsupported: ["constraints", "config"] },
);

const resource = mapping(
  { ...described, columns: strictListOf(column), docs: anything, ...tested },
  {
    what: "model or seed",
    ignored: ["docs"],
    unsupported: ["constraints", "versions", "latest_version", "access", "group", "deprecation_date", "time_spine"],
  },
);

const ingest = mapping(
  {
    from: placed(text),
    to: placed(text),
    id: placed(text),
    event_time: placed(text),
    file: placed(text),
    required: listOf(placed(text)),
    keys: mapOf(placed(text)),
  },
  { what: "ingest mapping" },
);

const freshness: readonly string[] = ["freshness", "loaded_at_field", "loaded_at_query", "quoting"];

const table = mapping(
  { ...described, identifier: text, columns: strictListOf(column), ingest, ...tested },
  { what: "source table", ignored: ["loader", "external"], unsupported: freshness },
);

const source = mapping(
  { ...described, database: text, schema: text, tables: strictListOf(table) },
  { what: "source", ignored: ["loader", "overrides"], unsupported: freshness },
);

const propertiesFile = mapping(
  { version: anything, models: strictListOf(resource), seeds: strictListOf(resource), sources: strictListOf(source) },
  {
    what: "a property file",
    ignored: ["macros", "docs"],
    unsupported: [
      "snapshots",
      "exposures",
      "unit_tests",
      "groups",
      "functions",
      "data_tests",
      "tests",
      "metrics",
      "semantic_models",
      "saved_queries",
      "analyses",
      "anchors",
    ],
  },
);

type Report = (diagnostic: Diagnostic) => void;

/** `tags` and `meta` may stand beside `config` as well as in it. */
function withOwnKeys(
  config: readonly ConfigEntry[] | undefined,
  own: { readonly tags: YamlNode | undefined; readonly meta: YamlNode | undefined },
): readonly ConfigEntry[] {
  const beside = Object.entries(own).flatMap(([key, node]) =>
    node === undefined ? [] : [{ key, value: yamlData(node), span: node.span }],
  );
  return [...beside, ...(config ?? [])];
}

type ReadColumn = NonNullable<ReturnType<typeof column>>;

function declareColumns(columns: readonly ReadColumn[] | undefined, report: Report): readonly ColumnDeclaration[] {
  const declared: ColumnDeclaration[] = [];
  for (const { value, span } of columns ?? []) {
    const name = required(value.name, { key: "name", what: "column", span }, report);
    if (name === undefined) continue;
    const twin = declared.find((known) => known.name.toLowerCase() === name.value.toLowerCase());
    if (twin !== undefined) {
      const related = [{ message: "It is described here already.", span: twin.span }];
      report(error("duplicate-column", `The column "${name.value}" is described twice.`, { span: name.span, related }));
      continue;
    }
    declared.push({
      name: name.value,
      span: name.span,
      description: value.description ?? "",
      dataType: value.data_type,
      tags: value.tags ?? [],
      meta: value.meta ?? {},
      tests: parseTestDeclarations([value.data_tests, value.tests], name, report),
    });
  }
  return declared;
}

function declareResources(
  resources: readonly NonNullable<ReturnType<typeof resource>>[] | undefined,
  what: string,
  report: Report,
): readonly PropertiesDeclaration[] {
  return (resources ?? []).flatMap(({ value, span }) => {
    const name = required(value.name, { key: "name", what, span }, report);
    if (name === undefined) return [];
    return [
      {
        name,
        description: value.description ?? "",
        config: withOwnKeys(value.config, { tags: value.tags, meta: value.meta }),
        columns: declareColumns(value.columns, report),
        tests: parseTestDeclarations([value.data_tests, value.tests], undefined, report),
      },
    ];
  });
}

function declareIngest(read: ReturnType<typeof ingest>): IngestDeclaration | undefined {
  if (read === undefined) return undefined;
  const { value, span } = read;
  return {
    span,
    from: value.from,
    to: value.to,
    id: value.id,
    eventTime: value.event_time,
    file: value.file,
    required: value.required ?? [],
    keys: value.keys ?? {},
  };
}

function declareSources(
  sources: readonly NonNullable<ReturnType<typeof source>>[] | undefined,
  report: Report,
): readonly SourceDeclaration[] {
  return (sources ?? []).flatMap(({ value, span }) => {
    const sourceName = required(value.name, { key: "name", what: "source", span }, report);
    if (sourceName === undefined) return [];
    return (value.tables ?? []).flatMap((read) => {
      const tableName = required(read.value.name, { key: "name", what: "source table", span: read.span }, report);
      if (tableName === undefined) return [];
      return [
        {
          source: sourceName,
          sourceDescription: value.description ?? "",
          table: tableName,
          description: read.value.description ?? "",
          database: value.database,
          schema: value.schema ?? sourceName.value,
          identifier: read.value.identifier ?? tableName.value,
          config: [
            ...withOwnKeys(value.config, { tags: value.tags, meta: value.meta }),
            ...withOwnKeys(read.value.config, { tags: read.value.tags, meta: read.value.meta }),
          ],
          columns: declareColumns(read.value.columns, report),
          tests: parseTestDeclarations([read.value.data_tests, read.value.tests], undefined, report),
          ingest: declareIngest(read.value.ingest),
        },
      ];
    });
  });
}

/** What a property file (`sources.yml`, `models/*.yml`) declares, in dbt's grammar; a source table may add `ingest:`. */
export function parseProperties(root: YamlNode, report: Report): Properties {
  const file = propertiesFile(root, report);
  return {
    models: declareResources(file?.value.models, "model", report),
    seeds: declareResources(file?.value.seeds, "seed", report),
    sources: declareSources(file?.value.sources, report),
  };
}
