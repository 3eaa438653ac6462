import type { Data } from "../../domain/data.ts";
import { isDataList, isDataMap } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { renderNative } from "../template/render-template.ts";
import { toData } from "../template/values/convert-data.ts";
import type { YamlNode } from "./parse-yaml.ts";

/** Values under these keys are texts for people, or are rendered where they are used (DBT_SEMANTICS §12). */
const keptAsWritten: ReadonlySet<string> = new Set([
  "description",
  "tests",
  "data_tests",
  "where",
  "pre-hook",
  "post-hook",
  "on-run-start",
  "on-run-end",
]);

function nodeOf(data: Data, span: Span): YamlNode {
  if (isDataList(data)) return { kind: "list", span, items: data.map((item) => nodeOf(item, span)) };
  if (isDataMap(data))
    return {
      kind: "map",
      span,
      entries: Object.entries(data).map(([key, value]) => ({ key, keySpan: span, value: nodeOf(value, span) })),
    };
  return { kind: "scalar", span, value: data };
}

function renderText(
  { text, span }: { readonly text: string; readonly span: Span },
  environment: Environment,
  report: (diagnostic: Diagnostic) => void,
): YamlNode {
  const parsed = parseTemplate({ path: span.file.path, text });
  const rendered = parsed.ok ? renderNative(parsed.value, environment) : parsed;
  if (rendered.ok) return nodeOf(toData(rendered.value), span);
  // Places within the value are not places of the file: escapes and folding have moved them.
  for (const diagnostic of rendered.diagnostics) report({ ...diagnostic, span, related: undefined });
  return { kind: "scalar", span, value: null };
}

/** The YAML with the templates in its values rendered; a value that is one expression keeps its type. Faults are told at the value. */
export function renderYaml(
  node: YamlNode,
  environment: Environment,
  report: (diagnostic: Diagnostic) => void,
): YamlNode {
  switch (node.kind) {
    case "scalar":
      if (typeof node.value !== "string" || !/\{[{%]/u.test(node.value)) return node;
      return renderText({ text: node.value, span: node.span }, environment, report);
    case "list":
      return { ...node, items: node.items.map((item) => renderYaml(item, environment, report)) };
    case "map":
      return {
        ...node,
        entries: node.entries.map((entry) =>
          keptAsWritten.has(entry.key) ? entry : { ...entry, value: renderYaml(entry.value, environment, report) },
        ),
      };
  }
}
