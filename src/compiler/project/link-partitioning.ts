import { type Data, type DataMap, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Partitioning } from "../../domain/layout.ts";
import { didYouMean } from "../nearest-name.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

const dataTypes = ["date", "timestamp", "datetime", "int64"] as const;
const granularities = ["hour", "day", "month", "year"] as const;
const keys = ["field", "data_type", "granularity", "range", "time_ingestion_partitioning", "copy_partitions"];

interface Reading {
  readonly written: DataMap;
  readonly fault: (message: string, hint?: string) => null;
}

/** One of some words, whatever its case; the fallback where nothing is said. */
function wordOf<T extends string>(
  { written, fault }: Reading,
  { key, words, fallback }: { readonly key: string; readonly words: readonly T[]; readonly fallback: T },
): T | null {
  const value = written[key];
  if (value === undefined || value === null) return fallback;
  const found = words.find((word) => typeof value === "string" && word === value.toLowerCase());
  const list = words.map((word) => `"${word}"`).join(", ");
  return found ?? fault(`The "${key}" of "partition_by" cannot be ${JSON.stringify(value)}.`, `It is one of ${list}.`);
}

function wholeNumber(value: Data | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

function linkRange({ written, fault }: Reading, field: string): Partitioning | null {
  const { range } = written;
  const map = range !== undefined && isDataMap(range) ? range : {};
  const [start, end, interval] = ["start", "end", "interval"].map((key) => wholeNumber(map[key]));
  if (start === undefined || end === undefined || interval === undefined || start >= end || interval <= 0)
    return fault(
      `A partition_by of "int64" needs a range of whole numbers, found ${JSON.stringify(range ?? null)}.`,
      'Write "range": {"start": 0, "end": 100, "interval": 10}.',
    );
  return { kind: "range", field, start, end, interval };
}

function linkMapping(reading: Reading): Partitioning | null {
  const { written, fault } = reading;
  const { field } = written;
  for (const key of Object.keys(written))
    if (!keys.includes(key)) fault(`"partition_by" has no key "${key}".`, didYouMean(key, keys));
  if (typeof field !== "string" || field === "")
    return fault('"partition_by" needs the name of a column as its "field".', 'Write {"field": "day"}.');
  const dataType = wordOf(reading, { key: "data_type", words: dataTypes, fallback: "date" });
  if (dataType === null) return null;
  const isIngestion = written["time_ingestion_partitioning"] === true;
  if (dataType === "int64")
    return isIngestion
      ? fault('A partition_by of "int64" has no "time_ingestion_partitioning".')
      : linkRange(reading, field);
  const granularity = wordOf(reading, { key: "granularity", words: granularities, fallback: "day" });
  if (granularity === null) return null;
  if (isIngestion)
    return fault(
      'tsdbt does not divide tables by the time of ingestion yet, which "time_ingestion_partitioning" asks for.',
    );
  if (dataType === "date" && granularity === "hour")
    return fault("Dates are not divided by hours.", 'Say "data_type": "timestamp", or another granularity.');
  return { kind: "time", field, dataType, granularity };
}

/** By what a model's table is partitioned, from the config `partition_by`; a mapping that says no such thing is told. */
export function linkPartitioning(
  config: ResolvedConfig,
  report: (diagnostic: Diagnostic) => void,
): Partitioning | undefined {
  const value = config.values["partition_by"];
  if (value === undefined || value === null) return undefined;
  const fault = (message: string, hint?: string): null => {
    report(error("config-value", message, { span: config.spans["partition_by"], hint }));
    return null;
  };
  if (isDataMap(value)) return linkMapping({ written: value, fault }) ?? undefined;
  fault(`The config "partition_by" is a mapping, found ${JSON.stringify(value)}.`, 'Write {"field": "day"}.');
  return undefined;
}
