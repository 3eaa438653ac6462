import { type Data, type DataMap, isDataList, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, warning } from "../../domain/diagnostic.ts";
import type { ConfigValues } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import type { ConfigEntry } from "./config-entry.ts";
import { type YamlEntry, type YamlNode, yamlData } from "./parse-yaml.ts";

/** The config of a resource after all layers, with the place that set each key. */
export interface ResolvedConfig {
  readonly values: ConfigValues;
  readonly spans: Readonly<Record<string, Span>>;
}

/** Keys whose values add up over the layers; the others replace (DBT_SEMANTICS §12). */
const appended: ReadonlySet<string> = new Set(["tags", "pre-hook", "post-hook", "packages"]);
const updated: ReadonlySet<string> = new Set(["meta", "docs", "contract", "column_types", "quoting"]);

/** Two spellings of one key. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["project", "database"],
  ["dataset", "schema"],
  ["pre_hook", "pre-hook"],
  ["post_hook", "post-hook"],
]);

function merged(key: string, old: Data | undefined, fresh: Data): Data {
  const items = (data: Data): readonly Data[] => (isDataList(data) ? data : [data]);
  if (appended.has(key)) {
    const all = old === undefined ? items(fresh) : [...items(old), ...items(fresh)];
    return key === "tags" ? [...new Set(all)] : all;
  }
  if (updated.has(key) && isDataMap(old) && isDataMap(fresh)) return { ...old, ...fresh };
  return fresh;
}

/** The layers one over the other, the later ones stronger. */
export function mergeConfig(layers: readonly (readonly ConfigEntry[])[]): ResolvedConfig {
  const values = new Map<string, Data>();
  const spans = new Map<string, Span>();
  for (const { key: written, value, span } of layers.flat()) {
    const key = aliases.get(written) ?? written;
    values.set(key, merged(key, values.get(key), value));
    spans.set(key, span);
  }
  return { values: Object.fromEntries(values), spans: Object.fromEntries(spans) };
}

function isFolder(entry: YamlEntry): boolean {
  return !entry.key.startsWith("+") && entry.value.kind === "map";
}

/**
 * What a project file's block (`models:`) says for a resource, outermost folder first. A key with `+` is a config, and so
 * is one without whose value is no mapping; any other key is a folder of the resource's `fqn` (DBT_SEMANTICS §12).
 */
export function projectConfig(block: YamlNode | undefined, fqn: readonly string[]): readonly ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  let here = block;
  for (const part of [...fqn, undefined]) {
    if (here?.kind !== "map") break;
    for (const entry of here.entries)
      if (!isFolder(entry))
        entries.push({ key: entry.key.replace(/^\+\s*/u, ""), value: yamlData(entry.value), span: entry.keySpan });
    here = here.entries.find((entry) => entry.key === part && isFolder(entry))?.value;
  }
  return entries;
}

/** A warning for each folder of a block that no resource lies in: what stands below it configures nothing. */
export function unusedConfigPaths(
  block: YamlNode | undefined,
  fqns: readonly (readonly string[])[],
): readonly Diagnostic[] {
  if (block?.kind !== "map") return [];
  return block.entries.filter(isFolder).flatMap((entry) => {
    const inside = fqns.filter(([first]) => first === entry.key).map((fqn) => fqn.slice(1));
    if (inside.length > 0) return unusedConfigPaths(entry.value, inside);
    const near = didYouMean(
      entry.key,
      fqns.flatMap(([first]) => first ?? []),
    );
    return [
      warning("unused-config", `The config path "${entry.key}" applies to no resource.`, {
        span: entry.keySpan,
        hint: near ?? 'A config whose value is a mapping needs a "+" before its key.',
      }),
    ];
  });
}

/** A config value as a list of texts: a single text counts as a list of one; anything else is not texts. */
export function configTexts(value: Data | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  const items = isDataList(value) ? value : [value];
  const texts = items.filter((item) => typeof item === "string");
  return texts.length === items.length ? texts : undefined;
}

/** Plain data that is a mapping, else an empty one. */
export function configMapping(value: Data | undefined): DataMap {
  return isDataMap(value) ? value : {};
}
