import { type Checked, failed, passed } from "../../domain/diagnostic.ts";
import { sqlFrom } from "../../domain/sql.ts";
import type { YamlNode } from "../project/parse-yaml.ts";
import { isTemplate } from "../project/render-yaml.ts";
import { yamlValue } from "../project/yaml-value.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { renderNative } from "../template/render-template.ts";
import { dict } from "../template/values/dict.ts";
import { list, text, type Value } from "../template/values/value.ts";

/** Texts that are an expression though no braces say so, as in dbt: `to: ref('users')`. */
const bareExpression = /^\s*(?:env_var|ref|var|source|doc)\s*\([\s\S]+\)\s*$/u;

/** The value of a test's argument: templates in it are rendered, and plain text remembers where it was written. */
export function testArgument(node: YamlNode, environment: Environment): Checked<Value> {
  switch (node.kind) {
    case "list": {
      const items = node.items.map((item) => testArgument(item, environment));
      const faults = items.flatMap((item) => (item.ok ? [] : item.diagnostics));
      return faults.length > 0
        ? failed(...faults)
        : passed(list(items.flatMap((item) => (item.ok ? [item.value] : []))));
    }
    case "map": {
      const values = node.entries.map(({ key, value }) => ({ key, evaluated: testArgument(value, environment) }));
      const faults = values.flatMap(({ evaluated }) => (evaluated.ok ? [] : evaluated.diagnostics));
      return faults.length > 0
        ? failed(...faults)
        : passed(dict(values.flatMap(({ key, evaluated }) => (evaluated.ok ? [[key, evaluated.value] as const] : []))));
    }
    case "scalar": {
      if (typeof node.value !== "string") return passed(yamlValue(node));
      const bare = bareExpression.test(node.value);
      if (!bare && !isTemplate(node.value)) return passed(text(sqlFrom(node.span, node.value)));
      const source = { path: node.span.file.path, text: bare ? `{{ ${node.value} }}` : node.value };
      const parsed = parseTemplate(source);
      const rendered = parsed.ok ? renderNative(parsed.value, environment) : parsed;
      if (rendered.ok) return rendered;
      return failed(...rendered.diagnostics.map((each) => ({ ...each, span: node.span, related: undefined })));
    }
  }
}
