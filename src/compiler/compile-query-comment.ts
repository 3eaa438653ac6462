import { isDataMap } from "../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../domain/diagnostic.ts";
import type { CommentOf, QueryComment, QueryCommentSetting } from "../domain/query-comment.ts";
import { linkedEnvironment, type RenderContext } from "./render-resource.ts";
import { noWarehouse } from "./template/context/warehouse-access.ts";
import { withNames } from "./template/context/with-names.ts";
import { parseTemplate } from "./template/parse-template.ts";
import { renderTemplate } from "./template/render-template.ts";
import type { Template } from "./template/syntax.ts";
import { fromData } from "./template/values/convert-data.ts";

/** What BigQuery allows in a label: https://cloud.google.com/bigquery/docs/labels-intro#requirements. */
function labelText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{Ll}\p{Lo}\p{N}_-]/gu, "_")
    .slice(0, 63);
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The labels that a comment makes: one for each of its keys where it is a JSON object, else one with the whole text, as in dbt. */
function labelsOf(text: string): Readonly<Record<string, string>> {
  const data = dataOf(text);
  if (typeof data !== "object" || data === null || Array.isArray(data)) return { query_comment: labelText(text) };
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [labelText(key), labelText(String(value))]));
}

function renderComment(template: Template, uniqueId: string | undefined, context: RenderContext): Checked<string> {
  const { target, dialect, name: packageName } = context.settings;
  const resource = {
    uniqueId: uniqueId ?? "",
    name: uniqueId?.split(".").at(-1) ?? "",
    packageName,
    fqn: [packageName],
    path: template.file.path,
  };
  const relation = { database: target.database, schema: target.schema, identifier: "" };
  const subject = { resource, relation, dialect, config: {} };
  const { environment } = linkedEnvironment(subject, "full", { ...context, warehouse: noWarehouse });
  const nodes = context.graph?.()["nodes"];
  const node = uniqueId === undefined || !isDataMap(nodes) ? undefined : nodes[uniqueId];
  const known = uniqueId === undefined ? null : fromData(node ?? { unique_id: uniqueId, name: resource.name });
  const names = { node: known, connection_name: uniqueId ?? "master" };
  const rendered = renderTemplate(template, withNames(environment, names));
  return rendered.ok ? passed(rendered.value.text.trim()) : rendered;
}

/** As in dbt the text is the body of a macro, so that it may `return()`. */
function asMacro(text: string): string {
  return `{%- macro query_comment_macro(connection_name, node) -%}${text}{%- endmacro -%}{{ query_comment_macro(connection_name, node) }}`;
}

/** How statements of a project are commented. A comment that cannot be rendered, or that would end too early, is told and left out. */
export function compileQueryComment(
  setting: QueryCommentSetting | undefined,
  context: RenderContext,
  report: (diagnostic: Diagnostic) => void,
): CommentOf {
  const none: CommentOf = () => undefined;
  if (setting === undefined) return none;
  const { span, place, isLabel } = setting;
  const parsed = parseTemplate({ path: "query-comment", text: asMacro(setting.text) });
  const comment = (uniqueId: string | undefined): Checked<QueryComment | undefined> => {
    const rendered = parsed.ok ? renderComment(parsed.value, uniqueId, context) : parsed;
    if (!rendered.ok) return rendered;
    const text = rendered.value;
    if (text.includes("*/"))
      return failed(error("query-comment", 'The query comment has a "*/" in it, which would end it.', { span }));
    return passed(text === "" ? undefined : { text, place, labels: isLabel ? labelsOf(text) : {} });
  };
  const general = comment(undefined);
  // A comment that asks for the node's name has nothing to say of statements that are of no node; there it is left out.
  const asksForNode = !general.ok && general.diagnostics.every(({ code }) => code === "unknown-attribute");
  if (!general.ok && !asksForNode) {
    general.diagnostics.forEach((each) => {
      report({ ...each, span: span ?? each.span });
    });
    return none;
  }
  return (uniqueId) => {
    const own = uniqueId === undefined ? general : comment(uniqueId);
    return own.ok ? own.value : undefined;
  };
}
