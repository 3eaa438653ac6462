import { refuseUnsupported } from "../refusal.ts";
import type { Place } from "../place.ts";

/**
 * A node of the parser's tree, `{kind: {fields}}`, while it is being read. Whoever reads it takes each field that means
 * something; `closeNode` refuses the node if one is left.
 */
export interface Node {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly taken: Set<string>;
}

/** Fields that hold the layout of the text and no meaning. */
const layoutFields: ReadonlySet<string> = new Set([
  "span",
  "quoted",
  "alias_explicit_as",
  "alias_keyword",
  "alias_first",
  "explicit_asc",
  "use_inner_keyword",
  "use_outer_keyword",
  "modifiers_inside",
  "bracket_notation",
  "use_list_keyword",
  "use_bracket_syntax",
  "kind_text",
  "start_side_text",
  "end_side_text",
  "value_column_parenthesized",
  "nesting_group",
  "separator",
  "no_parens",
]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a field says anything at all. */
function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Opens a `{kind: {fields}}` node. */
export function openNode(value: unknown): Node {
  if (!isRecord(value)) throw new Error(`The parser's tree has ${JSON.stringify(value)} where a node was expected.`);
  const [kind, ...others] = Object.keys(value);
  if (kind === undefined || others.length > 0)
    throw new Error(`A node of the parser's tree has the keys ${Object.keys(value).join(", ")}.`);
  return openFields(kind, value[kind]);
}

/** Opens fields that stand without a kind of their own. */
export function openFields(kind: string, value: unknown): Node {
  return { kind, fields: isRecord(value) ? value : {}, taken: new Set() };
}

/** The kind of a `{kind: {fields}}` node, without opening it. */
export function nodeKind(value: unknown): string {
  return isRecord(value) ? (Object.keys(value)[0] ?? "") : "";
}

/** Takes a field that must be there. */
export function take(node: Node, field: string): unknown {
  const value = takeOptional(node, field);
  if (value === undefined) throw new Error(`A node "${node.kind}" of the parser's tree has no "${field}".`);
  return value;
}

/** Takes a field; one that says nothing is `undefined`. */
export function takeOptional(node: Node, field: string): unknown {
  node.taken.add(field);
  const value = node.fields[field];
  return isEmpty(value) ? undefined : value;
}

/** Takes a list; one that is not there is empty. */
export function takeList(node: Node, field: string): readonly unknown[] {
  const value = takeOptional(node, field);
  return Array.isArray(value) ? value : [];
}

/** Takes a field that is a text. */
export function takeText(node: Node, field: string): string | undefined {
  const value = takeOptional(node, field);
  return typeof value === "string" ? value : undefined;
}

/** Takes a field that is true or not. */
export function takeFlag(node: Node, field: string): boolean {
  return takeOptional(node, field) === true;
}

/** Ends the reading of a node: a field that says something and that nobody took is refused. */
export function closeNode(node: Node, place: Place): void {
  for (const [field, value] of Object.entries(node.fields)) {
    if (isEmpty(value) || node.taken.has(field) || layoutFields.has(field) || field.endsWith("comments")) continue;
    refuseUnsupported(`"${field.replaceAll("_", " ").toUpperCase()}" here (${node.kind.replaceAll("_", " ")})`, place);
  }
}
