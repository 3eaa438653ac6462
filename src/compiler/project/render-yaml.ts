import { type Data, isDataList, isDataMap } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { renderNative } from "../template/render-template.ts";
import { toData } from "../template/values/convert-data.ts";
import type { YamlNode, YamlScalar } from "./parse-yaml.ts";

/** What a file's templates are rendered with. */
export interface YamlRendering {
  readonly environment: Environment;
  /** Whether the value under this key, reached by these keys from the root, stays as written. */
  readonly isKept: (key: string, above: readonly string[]) => boolean;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Whether a text has a template in it. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/u.test(text);
}

function nodeOf(data: Data, span: Span): YamlNode {
  if (isDataList(data)) return { kind: "list", span, items: data.map((item) => nodeOf(item, span)) };
  if (isDataMap(data))
    return {
      kind: "map",
      span,
      entries: Object.entries(data).map(([key, value]) => ({ key, keySpan: span, value: nodeOf(value, span) })),
    };
  return { kind: "scalar", span, value: data, written: String(data) };
}

function renderScalar(node: YamlScalar, { environment, report }: YamlRendering): YamlNode {
  if (typeof node.value !== "string" || !isTemplate(node.value)) return node;
  const { span } = node;
  const parsed = parseTemplate({ path: span.file.path, text: node.value });
  const rendered = parsed.ok ? renderNative(parsed.value, environment) : parsed;
  if (rendered.ok) return nodeOf(toData(rendered.value), span);
  // Places within the value are not places of the file: escapes and folding have moved them.
  for (const diagnostic of rendered.diagnostics) report({ ...diagnostic, span, related: undefined });
  return { kind: "scalar", span, value: null, written: "", isBroken: true };
}

/** The YAML with the templates in its values rendered; a value that is one expression keeps its type. Faults are told at the value. */
export function renderYaml(node: YamlNode, rendering: YamlRendering, above: readonly string[] = []): YamlNode {
  switch (node.kind) {
    case "scalar":
      return renderScalar(node, rendering);
    case "list":
      return { ...node, items: node.items.map((item) => renderYaml(item, rendering, above)) };
    case "map":
      return {
        ...node,
        entries: node.entries.map((entry) =>
          rendering.isKept(entry.key, above)
            ? entry
            : { ...entry, value: renderYaml(entry.value, rendering, [...above, entry.key]) },
        ),
      };
  }
}
