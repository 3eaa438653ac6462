import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { type YamlEntry, type YamlNode, yamlEntry } from "./parse-yaml.ts";
import type { Placed } from "./yaml-shape.ts";

/** A generic test as a property file asks for it: `unique`, `{accepted_values: {arguments: {values: […]}, config: {…}}}`. */
export interface TestDeclaration {
  /** The generic test's name, `package.test` for a package's. */
  readonly test: string;
  readonly span: Span;
  /** A name of its own, in place of the one formed from test, resource and arguments. */
  readonly name: Placed<string> | undefined;
  readonly description: string;
  readonly column: Placed<string> | undefined;
  readonly arguments: readonly YamlEntry[];
  readonly config: readonly YamlEntry[];
}

type Report = (diagnostic: Diagnostic) => void;

/** Configs that may stand directly under the test's name, as in dbt before 1.10. */
const configKeys: readonly string[] = [
  "severity",
  "where",
  "enabled",
  "tags",
  "meta",
  "limit",
  "fail_calc",
  "warn_if",
  "error_if",
  "store_failures",
  "store_failures_as",
  "alias",
  "schema",
  "database",
];

function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? String(node.value) : undefined;
}

function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === "map" ? node.entries : [];
}

function parseBody(
  head: { readonly test: string; readonly span: Span; readonly column: Placed<string> | undefined },
  entries: readonly YamlEntry[],
): TestDeclaration {
  const find = (key: string): YamlNode | undefined => entries.find((entry) => entry.key === key)?.value;
  const name = find("name");
  const nameText = textOf(name);
  const own = new Set(["name", "description", "arguments", "config", ...configKeys]);
  return {
    ...head,
    name: name === undefined || nameText === undefined ? undefined : { value: nameText, span: name.span },
    description: textOf(find("description")) ?? "",
    arguments: [...entries.filter((entry) => !own.has(entry.key)), ...entriesOf(find("arguments"))],
    config: [...entries.filter((entry) => configKeys.includes(entry.key)), ...entriesOf(find("config"))],
  };
}

function parseDeclaration(
  node: YamlNode,
  column: Placed<string> | undefined,
  report: Report,
): TestDeclaration | undefined {
  const test = textOf(node);
  if (test !== undefined) return parseBody({ test, span: node.span, column }, []);
  const named = yamlEntry(node, "test_name");
  if (named !== undefined) {
    const entries = entriesOf(node).filter((entry) => entry !== named);
    return parseBody({ test: textOf(named.value) ?? "", span: named.value.span, column }, entries);
  }
  const [only, ...others] = entriesOf(node);
  if (only !== undefined && others.length === 0 && only.value.kind !== "list")
    return parseBody({ test: only.key, span: only.keySpan, column }, entriesOf(only.value));
  report(
    error("test-declaration", "A test is its name, or a mapping from its name to its arguments.", {
      span: node.span,
      hint: 'Write "- unique", or "- accepted_values:" with its arguments indented below.',
    }),
  );
  return undefined;
}

/** The tests that `data_tests:` (or its old name `tests:`) lists for a column, or for a whole resource. */
export function parseTestDeclarations(
  lists: readonly (YamlNode | undefined)[],
  column: Placed<string> | undefined,
  report: Report,
): readonly TestDeclaration[] {
  return lists.flatMap((list) => {
    if (list === undefined || (list.kind === "scalar" && list.value === null)) return [];
    if (list.kind === "list") return list.items.flatMap((item) => parseDeclaration(item, column, report) ?? []);
    report(error("yaml-type", "Expected a list of tests.", { span: list.span, hint: 'Begin each test with "- ".' }));
    return [];
  });
}
