import type { Data } from "../../domain/data.ts";
import type { Span } from "../../domain/source-file.ts";
import { type YamlEntry, yamlData } from "./parse-yaml.ts";

/** A config value and the place that sets it. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: Data;
  readonly span: Span;
}

/** The config values that a YAML mapping sets; what is wrong with one is told at its key. */
export function configEntries(entries: readonly YamlEntry[]): readonly ConfigEntry[] {
  return entries.map(({ key, keySpan, value }) => ({ key, value: yamlData(value), span: keySpan }));
}
