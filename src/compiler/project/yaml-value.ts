import { fromData } from "../template/values/convert-data.ts";
import { dict } from "../template/values/dict.ts";
import { float, list, type Value } from "../template/values/value.ts";
import { isFloat, type YamlNode } from "./parse-yaml.ts";

/** A YAML value as templates have it: `1.0` is a float. */
export function yamlValue(node: YamlNode): Value {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "number" && isFloat(node) ? float(node.value) : fromData(node.value);
    case "list":
      return list(node.items.map(yamlValue));
    case "map":
      return dict(node.entries.map(({ key, value }) => [key, yamlValue(value)] as const));
  }
}
