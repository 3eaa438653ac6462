import { type Diagnostic, error } from "../../../domain/diagnostic.ts";
import type { SelectorTexts } from "../../../domain/selection-terms.ts";
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

/** Intersections, each a list of criteria as the command line writes them: any of them may hold. */
type Alternatives = readonly (readonly string[])[];

interface Read {
  readonly select: Alternatives;
  readonly exclude: Alternatives;
}

const nothing: Read = { select: [], exclude: [] };

interface Reading {
  readonly selectors: ReadonlyMap<string, YamlNode>;
  /** Names of the selectors that are being read. */
  readonly open: readonly string[];
  readonly report: Report;
}

function inherited({ value, span }: Placed<string>, reading: Reading): Read {
  const { selectors, open, report } = reading;
  const definition = selectors.get(value);
  if (definition !== undefined && !open.includes(value))
    return readDefinition(definition, { ...reading, open: [...open, value] });
  const message =
    definition === undefined ? `There is no selector "${value}".` : `The selector "${value}" inherits from itself.`;
  report(error("selector", message, { span, hint: didYouMean(value, selectors.keys()) }));
  return nothing;
}

function readCriterion(node: YamlNode, reading: Reading): Read {
  const read = criterion(node, reading.report)?.value;
  if (read?.method === undefined || read.value === undefined) return nothing;
  const excluded = read.exclude === undefined ? [] : readAll(read.exclude, reading).flatMap(({ select }) => select);
  if (read.method.value === "selector") {
    const base = inherited(read.value, reading);
    return { select: base.select, exclude: [...base.exclude, ...excluded] };
  }
  const { value } = read.value;
  if (/[\s,]/u.test(value)) {
    reading.report(error("selector", `The value "${value}" has a space or a comma in it.`, { span: read.value.span }));
    return nothing;
  }
  const above = read.childrens_parents === true ? "@" : read.parents === true ? `${read.parents_depth ?? ""}+` : "";
  const below = read.children === true ? `+${read.children_depth ?? ""}` : "";
  return { select: [[`${above}${read.method.value}:${value}${below}`]], exclude: excluded };
}

function readAll(node: YamlNode, reading: Reading): readonly Read[] {
  return (node.kind === "list" ? node.items : [node]).map((item) => readDefinition(item, reading));
}

function crossed(sides: readonly Alternatives[]): Alternatives {
  return sides.reduce<Alternatives>((before, side) => before.flatMap((a) => side.map((b) => [...a, ...b])), [[]]);
}

function readSet(kind: "union" | "intersection", node: YamlNode, reading: Reading): Read {
  const items = node.kind === "list" ? node.items : [node];
  const isExclusion = (item: YamlNode): boolean =>
    item.kind === "map" && item.entries.length === 1 && yamlEntry(item, "exclude") !== undefined;
  const sides = items.filter((item) => !isExclusion(item)).map((item) => readDefinition(item, reading));
  const excluded = items
    .filter(isExclusion)
    .flatMap((item) => readAll(yamlEntry(item, "exclude")?.value ?? item, reading))
    .flatMap(({ select }) => select);
  // What one side of a union leaves out another may bring back, which no command line can say.
  if (kind === "union" && sides.length > 1 && sides.some(({ exclude }) => exclude.length > 0))
    reading.report(
      error("selector", 'An "exclude" inside one side of a union is not to be had yet.', {
        span: node.span,
        hint: "Put it beside the other sides: it then holds for all of them.",
      }),
    );
  const all = sides.map(({ select }) => select);
  return {
    select: kind === "union" ? all.flat() : crossed(all),
    exclude: [...sides.flatMap(({ exclude }) => exclude), ...excluded],
  };
}

function readDefinition(node: YamlNode, reading: Reading): Read {
  if (node.kind === "scalar") {
    const words = node.written.split(/\s+/u).filter((word) => word !== "");
    return { select: words.map((word) => word.split(",")), exclude: [] };
  }
  if (node.kind === "list") return readSet("union", node, reading);
  for (const kind of ["union", "intersection"] as const) {
    const entry = yamlEntry(node, kind);
    if (entry !== undefined) return readSet(kind, entry.value, reading);
  }
  const [only, ...others] = node.entries;
  if (only?.value.kind === "scalar" && others.length === 0 && only.key !== "method")
    return { select: [[`${only.key}:${only.value.written}`]], exclude: [] };
  return readCriterion(node, reading);
}

/** The selectors of a `selectors.yml`, as the values that `--select` and `--exclude` would have; what is wrong is told. */
export function parseSelectors(root: YamlNode, report: Report): readonly SelectorTexts[] {
  const read = (selectorsFile(root, report)?.value.selectors ?? []).flatMap(({ value }) =>
    value.name === undefined || value.definition === undefined
      ? []
      : [{ ...value, name: value.name, definition: value.definition }],
  );
  const selectors = new Map(read.map(({ name, definition }) => [name.value, definition]));
  return read.map(({ name, description, definition, default: isDefault, indirect_selection: indirectSelection }) => {
    const { select, exclude } = readDefinition(definition, { selectors, open: [name.value], report });
    const texts = (alternatives: Alternatives): readonly string[] => alternatives.map((each) => each.join(","));
    return {
      name: name.value,
      description: description ?? "",
      isDefault: isDefault === true,
      select: texts(select),
      exclude: texts(exclude),
      indirectSelection,
      definition: yamlData(definition),
    };
  });
}
