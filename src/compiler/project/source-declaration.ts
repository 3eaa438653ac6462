import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { type ColumnDeclaration, columnList } from "./column-declaration.ts";
import { type ConfigEntry, configEntries } from "./config-entry.ts";
import type { YamlNode } from "./parse-yaml.ts";
import { describedConfig, describedKeys, testedKeys } from "./described-keys.ts";
import { parseTestDeclarations, type TestDeclaration } from "./parse-test-declarations.ts";
import {
  asNode,
  listOf,
  mapping,
  mappingEntries,
  type Placed,
  placed,
  type Shape,
  type ShapeOf,
  strictListOf,
  text,
} from "./yaml-shape.ts";

/** `ingest:` of a source table, as written. */
export interface IngestDeclaration {
  readonly span: Span;
  readonly from: Placed<string> | undefined;
  readonly to: Placed<string> | undefined;
  readonly id: Placed<string> | undefined;
  readonly eventTime: Placed<string> | undefined;
  readonly file: Placed<string> | undefined;
  readonly required: readonly Placed<string>[];
  readonly keys: readonly { readonly column: Placed<string>; readonly key: string }[];
}

/** A source table, with what its source says for all of its tables. */
export interface SourceDeclaration {
  readonly source: Placed<string>;
  readonly sourceDescription: string;
  readonly sourceConfig: readonly ConfigEntry[];
  readonly table: Placed<string>;
  readonly description: string;
  readonly database: string | undefined;
  readonly schema: string;
  readonly identifier: string;
  readonly tableConfig: readonly ConfigEntry[];
  readonly columns: readonly ColumnDeclaration[];
  readonly tests: readonly TestDeclaration[];
  readonly ingest: IngestDeclaration | undefined;
}

const ingest = mapping(
  {
    from: placed(text),
    to: placed(text),
    id: placed(text),
    event_time: placed(text),
    file: placed(text),
    required: listOf(placed(text)),
    keys: mappingEntries,
  },
  { what: "an ingest mapping", needs: ["from", "to", "id", "event_time", "file"] },
);

const freshnessKeys = { freshness: asNode, loaded_at_field: asNode, loaded_at_query: asNode };

/** What is said of freshness beside `config`, which it may stand in as well. */
function freshnessConfig(read: {
  readonly [key in keyof typeof freshnessKeys]: YamlNode | undefined;
}): readonly ConfigEntry[] {
  const { freshness, loaded_at_field, loaded_at_query } = read;
  return configEntries(
    Object.entries({ freshness, loaded_at_field, loaded_at_query }).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, keySpan: value.span, value }],
    ),
  );
}

const table = mapping(
  { ...describedKeys, ...freshnessKeys, identifier: text, columns: columnList, ingest, ...testedKeys },
  { what: "a source table", needs: ["name"], ignored: ["loader", "external", "docs"], unsupported: ["quoting"] },
);

const source = mapping(
  { ...describedKeys, ...freshnessKeys, database: text, schema: text, tables: strictListOf(table) },
  { what: "a source", needs: ["name"], ignored: ["loader", "overrides"], unsupported: ["quoting"] },
);

type Report = (diagnostic: Diagnostic) => void;

function declareIngest(read: ShapeOf<typeof ingest> | undefined, report: Report): IngestDeclaration | undefined {
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
    keys: (value.keys ?? []).flatMap((entry) => {
      const key = text(entry.value, report);
      return key === undefined ? [] : [{ column: { value: entry.key, span: entry.keySpan }, key }];
    }),
  };
}

function declareTable(
  { value }: NonNullable<ShapeOf<typeof table>>,
  above: Pick<SourceDeclaration, "source" | "sourceDescription" | "database" | "schema" | "sourceConfig">,
  report: Report,
): SourceDeclaration | undefined {
  const { name } = value;
  if (name === undefined) return undefined;
  return {
    ...above,
    table: name,
    description: value.description ?? "",
    identifier: value.identifier ?? name.value,
    tableConfig: [...freshnessConfig(value), ...describedConfig(value)],
    columns: value.columns ?? [],
    tests: parseTestDeclarations([value.data_tests, value.tests], undefined, report),
    ingest: declareIngest(value.ingest, report),
  };
}

/** The tables of a list of sources. What has no name is told and left out. */
export const sourceTables: Shape<readonly SourceDeclaration[]> = (node, report) =>
  strictListOf(source)(node, report)?.flatMap(({ value }) => {
    const { name } = value;
    if (name === undefined) return [];
    const above = {
      source: name,
      sourceDescription: value.description ?? "",
      sourceConfig: [...freshnessConfig(value), ...describedConfig(value)],
      database: value.database,
      schema: value.schema ?? name.value,
    };
    return (value.tables ?? []).flatMap((read) => declareTable(read, above, report) ?? []);
  });
