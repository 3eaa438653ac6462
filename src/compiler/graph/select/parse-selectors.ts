import { type Diagnostic, error } from "../../../domain/diagnostic.ts";
import type { IndirectSelection, Selector, SelectorTree } from "../../../domain/selection-terms.ts";
import { type YamlNode, yamlData, yamlEntry } from "../../project/parse-yaml.ts";
import {
  anything,
  mapping,
  type Placed,
  placed,
  strictListOf,
  asNode,
  oneOf,
  text,
  truth,
} from "../../project/yaml-shape.ts";
import { indirectSelections } from "../../../domain/selection-terms.ts";
import { didYouMean } from "../../nearest-name.ts";

type Report = (diagnostic: Diagnostic) => void;

const selector = mapping(
  {
    name: placed(text),
    description: text,
    default: anything,
    definition: asNode,
    indirect_selection: oneOf(...indirectSelections),
  },
  { what: "a selector", needs: ["name", "definition"] },
);

const selectorsFile = mapping(
  { selectors: strictListOf(selector), version: anything },
  { what: "a file of selectors" },
);

const criterion = mapping(
  {
    method: placed(text),
    value: placed(text),
    children: truth,
    parents: truth,
    childrens_parents: truth,
    children_depth: text,
    parents_depth: text,
    indirect_selection: oneOf(...indirectSelections),
    exclude: asNode,
  },
  { what: "a criterion", needs: ["method", "value"] },
);

interface Reading {
  readonly selectors: ReadonlyMap<string, YamlNode>;
  /** Names of the selectors that are being read. */
  readonly open: readonly string[];
  readonly report: Report;
}

const nothing: SelectorTree = { kind: "union", sides: [] };

function criteria(text: string, indirectSelection?: IndirectSelection): SelectorTree {
  return { kind: "criteria", text, indirectSelection };
}

function inherited({ value, span }: Placed<string>, reading: Reading): SelectorTree {
  const { selectors, open, report } = reading;
  const definition = selectors.get(value);
  if (definition !== undefined && !open.includes(value))
    return readDefinition(definition, { ...reading, open: [...open, value] });
  const message =
    definition === undefined ? `There is no selector "${value}".` : `The selector "${value}" inherits from itself.`;
  report(error("selector", message, { span, hint: didYouMean(value, selectors.keys()) }));
  return nothing;
}

/** What is left of a selection without what an `exclude` means. */
function without(from: SelectorTree, excluded: readonly SelectorTree[]): SelectorTree {
  return excluded.length === 0 ? from : { kind: "difference", from, without: { kind: "union", sides: excluded } };
}

function readCriterion(node: YamlNode, reading: Reading): SelectorTree {
  const read = criterion(node, reading.report)?.value;
  if (read?.method === undefined || read.value === undefined) return nothing;
  const excluded = read.exclude === undefined ? [] : readAll(read.exclude, reading);
  if (read.method.value === "selector") return without(inherited(read.value, reading), excluded);
  const { value } = read.value;
  if (/[\s,]/u.test(value)) {
    reading.report(error("selector", `The value "${value}" has a space or a comma in it.`, { span: read.value.span }));
    return nothing;
  }
  const above = read.childrens_parents === true ? "@" : read.parents === true ? `${read.parents_depth ?? ""}+` : "";
  const below = read.children === true ? `+${read.children_depth ?? ""}` : "";
  return without(criteria(`${above}${read.method.value}:${value}${below}`, read.indirect_selection), excluded);
}

function readAll(node: YamlNode, reading: Reading): readonly SelectorTree[] {
  return (node.kind === "list" ? node.items : [node]).map((item) => readDefinition(item, reading));
}

/** The sides of a union or an intersection; an entry that is an `exclude` alone holds for all of them. */
function readSet(kind: "union" | "intersection", node: YamlNode, reading: Reading): SelectorTree {
  const items = node.kind === "list" ? node.items : [node];
  const exclusionOf = (item: YamlNode): YamlNode | undefined =>
    item.kind === "map" && item.entries.length === 1 ? yamlEntry(item, "exclude")?.value : undefined;
  const sides = items.filter((item) => exclusionOf(item) === undefined).map((item) => readDefinition(item, reading));
  const excluded = items.flatMap((item) => {
    const exclusion = exclusionOf(item);
    return exclusion === undefined ? [] : readAll(exclusion, reading);
  });
  return without({ kind, sides }, excluded);
}

function readDefinition(node: YamlNode, reading: Reading): SelectorTree {
  if (node.kind === "scalar") return criteria(node.written);
  if (node.kind === "list") return readSet("union", node, reading);
  for (const kind of ["union", "intersection"] as const) {
    const entry = yamlEntry(node, kind);
    if (entry !== undefined) return readSet(kind, entry.value, reading);
  }
  const [only, ...others] = node.entries;
  if (only?.value.kind === "scalar" && others.length === 0 && only.key !== "method")
    return criteria(`${only.key}:${only.value.written}`);
  return readCriterion(node, reading);
}

/** The selectors of a `selectors.yml`; what is wrong is told. */
export function parseSelectors(root: YamlNode, report: Report): readonly Selector[] {
  const read = (selectorsFile(root, report)?.value.selectors ?? []).flatMap(({ value }) =>
    value.name === undefined || value.definition === undefined
      ? []
      : [{ ...value, name: value.name, definition: value.definition }],
  );
  const selectors = new Map(read.map(({ name, definition }) => [name.value, definition]));
  return read.map(({ name, description, definition, default: isDefault, indirect_selection: indirectSelection }) => ({
    name: name.value,
    description: description ?? "",
    isDefault: isDefault === true,
    tree: readDefinition(definition, { selectors, open: [name.value], report }),
    indirectSelection,
    definition: yamlData(definition),
  }));
}
