import type { DataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { type ConstraintDeclaration, constraintList } from "./constraint-declaration.ts";
import { parseTestDeclarations, type TestDeclaration } from "./parse-test-declarations.ts";
import {
  anyMapping,
  asNode,
  listOf,
  mapping,
  type Placed,
  placed,
  type Shape,
  type ShapeOf,
  strictListOf,
  text,
  truth,
} from "./yaml-shape.ts";

/** A column as a property file describes it. */
export interface ColumnDeclaration {
  readonly name: string;
  readonly span: Span;
  readonly description: string;
  readonly dataType: Placed<string> | undefined;
  /** `quote: true`: its name is meant letter by letter. */
  readonly isQuoted: boolean;
  readonly tags: readonly string[];
  readonly meta: DataMap;
  readonly tests: readonly TestDeclaration[];
  readonly constraints: readonly ConstraintDeclaration[];
}

type Report = (diagnostic: Diagnostic) => void;

const labels = { tags: listOf(text), meta: anyMapping };

const column = mapping(
  {
    name: placed(text),
    description: text,
    data_type: placed(text),
    quote: truth,
    config: mapping(labels, { what: "the config of a column", isOpen: true }),
    ...labels,
    data_tests: asNode,
    tests: asNode,
    constraints: constraintList,
  },
  { what: "a column", needs: ["name"], unsupported: ["policy_tags"] },
);

type ReadColumn = NonNullable<ShapeOf<typeof column>>["value"];

function declareColumn(value: ReadColumn, name: Placed<string>, report: Report): ColumnDeclaration {
  const config = value.config?.value;
  const tags = [...new Set([...(config?.tags ?? []), ...(value.tags ?? [])])];
  return {
    name: name.value,
    span: name.span,
    description: value.description ?? "",
    dataType: value.data_type,
    isQuoted: value.quote === true,
    tags,
    meta: { ...value.meta, ...config?.meta },
    constraints: value.constraints ?? [],
    tests: parseTestDeclarations(
      [value.data_tests, value.tests],
      { name, isQuoted: value.quote === true, tags },
      report,
    ),
  };
}

/** The columns of a resource, as a list. One without a name, and one that is described twice, is told and left out. */
export const columnList: Shape<readonly ColumnDeclaration[]> = (node, report) => {
  const declared = new Map<string, ColumnDeclaration>();
  for (const { value } of strictListOf(column)(node, report) ?? []) {
    const { name } = value;
    if (name === undefined) continue;
    const twin = declared.get(name.value.toLowerCase());
    if (twin === undefined) {
      declared.set(name.value.toLowerCase(), declareColumn(value, name, report));
      continue;
    }
    const related = [{ message: "It is described here already.", span: twin.span }];
    report(error("duplicate-column", `The column "${name.value}" is described twice.`, { span: name.span, related }));
  }
  return [...declared.values()];
};
