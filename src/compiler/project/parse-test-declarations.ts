import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { type YamlEntry, type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { mappingEntries, type Placed, placed, type Shape, text } from "./yaml-shape.ts";

/** The column that a test is declared for. `isQuoted`: its name goes into SQL within quotes. */
export interface TestedColumn {
  readonly name: Placed<string>;
  readonly isQuoted: boolean;
  readonly tags: readonly string[];
}

/** A generic test as a property file asks for it: `unique`, `{accepted_values: {arguments: {values: […]}, config: {…}}}`. */
export interface TestDeclaration {
  /** The generic test's name, `package.test` for a package's. */
  readonly test: string;
  readonly span: Span;
  /** A name of its own, in place of the one formed from test, resource and arguments. */
  readonly name: Placed<string> | undefined;
  readonly description: string;
  readonly column: TestedColumn | undefined;
  readonly arguments: readonly YamlEntry[];
  /** Its config as written, templates and all. */
  readonly config: readonly YamlEntry[];
}

type Report = (diagnostic: Diagnostic) => void;

/** Configs that may stand directly under the test's name, as in dbt before 1.10. */
const configKeys: ReadonlySet<string> = new Set([
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
]);

const ownKeys: ReadonlySet<string> = new Set(["name", "description", "arguments", "config"]);

function parseBody(
  head: Pick<TestDeclaration, "test" | "span" | "column">,
  entries: readonly YamlEntry[],
  report: Report,
): TestDeclaration {
  const read = <T>(key: string, shape: Shape<T>): T | undefined => {
    const found = entries.find((entry) => entry.key === key);
    return found === undefined ? undefined : shape(found.value, report);
  };
  const config = read("config", mappingEntries) ?? [];
  const beside = entries.filter(({ key }) => configKeys.has(key));
  for (const { key, keySpan } of beside) {
    const twin = config.find((entry) => entry.key === key);
    if (twin === undefined) continue;
    const related = [{ message: "It is set here too.", span: keySpan }];
    report(error("duplicate-config", `The config "${key}" is set twice.`, { span: twin.keySpan, related }));
  }
  return {
    ...head,
    name: read("name", placed(text)),
    description: read("description", text) ?? "",
    arguments: [
      ...entries.filter(({ key }) => !ownKeys.has(key) && !configKeys.has(key)),
      ...(read("arguments", mappingEntries) ?? []),
    ],
    config: [...beside, ...config],
  };
}

function parseDeclaration(
  node: YamlNode,
  column: TestedColumn | undefined,
  report: Report,
): TestDeclaration | undefined {
  if (node.kind === "scalar" && node.value !== null)
    return parseBody({ test: node.written, span: node.span, column }, [], report);
  const named = yamlEntry(node, "test_name");
  if (named !== undefined && node.kind === "map") {
    const test = text(named.value, report);
    const entries = node.entries.filter((entry) => entry !== named);
    return test === undefined ? undefined : parseBody({ test, span: named.value.span, column }, entries, report);
  }
  const [only, ...others] = node.kind === "map" ? node.entries : [];
  if (only !== undefined && others.length === 0) {
    const body = mappingEntries(only.value, report);
    return body === undefined ? undefined : parseBody({ test: only.key, span: only.keySpan, column }, body, report);
  }
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
  column: TestedColumn | undefined,
  report: Report,
): readonly TestDeclaration[] {
  return lists.flatMap((list) => {
    if (list === undefined || (list.kind === "scalar" && list.value === null)) return [];
    if (list.kind === "list") return list.items.flatMap((item) => parseDeclaration(item, column, report) ?? []);
    report(error("yaml-type", "Expected a list of tests.", { span: list.span, hint: 'Begin each test with "- ".' }));
    return [];
  });
}
