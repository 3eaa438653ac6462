import type { QueryCommentSetting } from "../../domain/query-comment.ts";
import { mapping, type Shape, text, truth } from "./yaml-shape.ts";

/** The comment of a project that says nothing about it: the keys are dbt's, so that what reads its comments reads ours. */
const defaultText = `{%- set said = {
  'app': 'tsdbt',
  'dbt_version': dbt_version,
  'profile_name': target.get('profile_name'),
  'target_name': target.get('target_name')
} -%}
{%- if node is not none -%}
  {%- do said.update({'node_id': node.unique_id}) -%}
{%- else -%}
  {%- do said.update({'connection_name': connection_name}) -%}
{%- endif -%}
{{ return(tojson(said)) }}`;

/** What holds where the project file has no `query-comment`. */
export const defaultQueryComment: QueryCommentSetting = {
  text: defaultText,
  span: undefined,
  place: "front",
  isLabel: false,
};

const parts = mapping({ comment: text, append: truth, "job-label": truth }, { what: "a query comment" });

/** `query-comment:`: a text, a mapping with `comment`, `append` and `job-label`, or nothing, which is no comment. */
export const queryComment: Shape<QueryCommentSetting | "none"> = (node, report) => {
  if (node.kind === "scalar") {
    if (node.value === null || node.value === "") return "none";
    const written = text(node, report);
    return written === undefined ? undefined : { text: written, span: node.span, place: "front", isLabel: false };
  }
  const value = parts(node, report)?.value;
  if (value === undefined) return undefined;
  return {
    text: value.comment ?? defaultText,
    span: node.span,
    place: value.append === true ? "end" : "front",
    isLabel: value["job-label"] === true,
  };
};
