import { type ConfigEntry, configEntries } from "./config-entry.ts";
import type { YamlEntry, YamlNode } from "./parse-yaml.ts";
import { asNode, mappingEntries, type Placed, placed, type Shape, text } from "./yaml-shape.ts";

/** The keys that everything described in a property file has. */
export const describedKeys: {
  readonly name: Shape<Placed<string>>;
  readonly description: Shape<string>;
  readonly config: Shape<readonly YamlEntry[]>;
  readonly tags: Shape<YamlNode>;
  readonly meta: Shape<YamlNode>;
} = { name: placed(text), description: text, config: mappingEntries, tags: asNode, meta: asNode };

/** The keys under which tests are declared: the new one and the old one. */
export const testedKeys: { readonly data_tests: Shape<YamlNode>; readonly tests: Shape<YamlNode> } = {
  data_tests: asNode,
  tests: asNode,
};

/** What a description says of configuration: `tags` and `meta` may stand beside `config` as well as in it. */
export function describedConfig(read: {
  readonly config: readonly YamlEntry[] | undefined;
  readonly tags: YamlNode | undefined;
  readonly meta: YamlNode | undefined;
}): readonly ConfigEntry[] {
  const beside = Object.entries({ tags: read.tags, meta: read.meta }).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, keySpan: value.span, value }],
  );
  return configEntries([...beside, ...(read.config ?? [])]);
}
