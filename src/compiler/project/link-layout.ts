import { type Data, type DataMap, isDataList, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Layout } from "../../domain/layout.ts";
import { linkPartitioning } from "./link-partitioning.ts";
import { configMapping, configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

/** BigQuery clusters a table by so many columns at most. */
const mostClusters = 4;

/** A value of a config that has one of its kind; what has another kind is told. */
function optionOf<T extends Data>(
  config: ResolvedConfig,
  { key, what, is }: { readonly key: string; readonly what: string; readonly is: (value: Data) => value is T },
  report: Report,
): T | undefined {
  const value = config.values[key];
  if (value === undefined || value === null) return undefined;
  if (is(value)) return value;
  const message = `The config "${key}" is ${what}, found ${JSON.stringify(value)}.`;
  report(error("config-value", message, { span: config.spans[key] }));
  return undefined;
}

function isTruth(value: Data): value is boolean {
  return typeof value === "boolean";
}

function isText(value: Data): value is string {
  return typeof value === "string";
}

function isCount(value: Data): value is number {
  return typeof value === "number" && value > 0;
}

function linkClusters(config: ResolvedConfig, report: Report): readonly string[] | undefined {
  const value = config.values["cluster_by"];
  if (value === undefined || value === null) return undefined;
  const columns = configTexts(value);
  if (columns !== undefined && columns.length <= mostClusters) return columns;
  const found = columns === undefined ? JSON.stringify(value) : `${columns.length} of them`;
  const message = `The config "cluster_by" is a column or a list of at most ${mostClusters} columns, found ${found}.`;
  report(error("config-value", message, { span: config.spans["cluster_by"] }));
  return undefined;
}

function texts(map: DataMap): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) =>
      value === null || isDataMap(value) || isDataList(value) ? [] : [[key, String(value)]],
    ),
  );
}

function linkLabels(config: ResolvedConfig, report: Report): Layout["labels"] {
  const own = optionOf(config, { key: "labels", what: "a mapping", is: isDataMap }, report);
  const fromMeta = config.values["labels_from_meta"] === true ? configMapping(config.values["meta"]) : {};
  const labels = { ...texts(fromMeta), ...texts(own ?? {}) };
  return Object.keys(labels).length === 0 ? undefined : labels;
}

/** How a model's table is to lie in BigQuery, from dbt-bigquery's configs (DBT_SEMANTICS §8); what it cannot be is told. */
export function linkLayout(config: ResolvedConfig, report: Report): Layout {
  const truth = (key: string): boolean | undefined =>
    optionOf(config, { key, what: "true or false", is: isTruth }, report);
  const count = (key: string): number | undefined =>
    optionOf(config, { key, what: "a number above 0", is: isCount }, report);
  const tags = optionOf(config, { key: "resource_tags", what: "a mapping", is: isDataMap }, report);
  const layout: Layout = {
    partitioning: linkPartitioning(config, report),
    clusterBy: linkClusters(config, report),
    requiresPartitionFilter: truth("require_partition_filter"),
    partitionExpirationDays: count("partition_expiration_days"),
    hoursToExpiration: count("hours_to_expiration"),
    labels: linkLabels(config, report),
    tags: tags === undefined ? undefined : texts(tags),
    kmsKeyName: optionOf(config, { key: "kms_key_name", what: "text", is: isText }, report),
    keepsHistory: truth("enable_change_history"),
  };
  return Object.fromEntries(Object.entries(layout).filter(([, value]) => value !== undefined));
}
