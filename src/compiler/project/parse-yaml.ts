import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument, type Scalar } from "yaml";
import type { Data } from "../../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";
import { type PlainScalar, readPlainScalar } from "./read-plain-scalar.ts";

/** A YAML scalar. `written` is its text as the file has it, quotes apart: a column may be called `no`. */
export interface YamlScalar {
  readonly kind: "scalar";
  readonly span: Span;
  readonly value: PlainScalar;
  readonly written: string;
  /** Whether a template in it has failed, and was told: nothing more is said of such a value. */
  readonly isBroken?: boolean;
}

/** A YAML value that knows where it stands. Aliases are resolved, merge keys are merged. */
export type YamlNode =
  | { readonly kind: "map"; readonly span: Span; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "list"; readonly span: Span; readonly items: readonly YamlNode[] }
  | YamlScalar;

/** A key of a YAML mapping with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

/** Values may be nested this deep, and aliases may unfold into this many; whoever writes for people stays far below. */
const deepest = 100;
const mostUnfolded = 100_000;

function spanOf(file: SourceFile, node: Node, fallback: Span): Span {
  if (node.range === null || node.range === undefined) return fallback;
  const [start, end] = node.range;
  return { file, start, end: Math.max(start, end) };
}

function isPlain(node: Scalar): boolean {
  if (node.tag !== undefined) return /^tag:yaml\.org,2002:(?:bool|float|int|null)$/u.test(node.tag);
  return node.type === "PLAIN" || node.type === undefined;
}

function readScalar(node: Scalar, span: Span): YamlScalar {
  const written = node.source ?? "";
  return { kind: "scalar", span, value: isPlain(node) ? readPlainScalar(written) : written, written };
}

function emptyScalar(span: Span): YamlScalar {
  return { kind: "scalar", span, value: null, written: "" };
}

class Reader {
  readonly #file: SourceFile;
  readonly #document: Document;
  readonly #open: unknown[] = [];
  #aliases = 0;
  #unfolded = 0;
  readonly diagnostics: Diagnostic[] = [];

  constructor(file: SourceFile, document: Document) {
    this.#file = file;
    this.#document = document;
  }

  read(node: unknown, fallback: Span): YamlNode {
    if (this.#aliases > 0) this.#unfolded++;
    if (isAlias(node)) return this.#readAlias(node, spanOf(this.#file, node, fallback));
    if (isScalar(node)) return readScalar(node, spanOf(this.#file, node, fallback));
    if (!isMap(node) && !isSeq(node)) return emptyScalar(fallback);
    const span = spanOf(this.#file, node, fallback);
    if (this.#open.length >= deepest) return this.#nothing("yaml-depth", "This value is nested too deeply.", span);
    this.#open.push(node);
    const read: YamlNode = isMap(node)
      ? this.#readMap(node.items, span)
      : { kind: "list", span, items: node.items.map((item) => this.read(item, span)) };
    this.#open.pop();
    return read;
  }

  #nothing(code: string, message: string, span: Span): YamlNode {
    if (!this.diagnostics.some((known) => known.code === code && known.span?.start === span.start))
      this.diagnostics.push(error(code, message, { span }));
    return emptyScalar(span);
  }

  #readAlias(alias: Node & { readonly source: string; resolve: (of: Document) => unknown }, span: Span): YamlNode {
    const target = alias.resolve(this.#document);
    if (target === undefined)
      return this.#nothing("yaml-anchor", `There is no anchor "${alias.source}" before this alias.`, span);
    if (this.#open.includes(target))
      return this.#nothing("yaml-anchor", `The alias "${alias.source}" stands within its own anchor.`, span);
    if (this.#unfolded > mostUnfolded)
      return this.#nothing("yaml-size", "The aliases of this file unfold into too many values.", {
        ...span,
        start: 0,
        end: 0,
      });
    this.#aliases++;
    const read = this.read(target, span);
    this.#aliases--;
    return read;
  }

  #readMap(items: readonly { readonly key: unknown; readonly value: unknown }[], span: Span): YamlNode {
    const entries = new Map<string, YamlEntry>();
    const add = (entry: YamlEntry): void => {
      if (!entries.has(entry.key)) entries.set(entry.key, entry);
    };
    const merged: YamlNode[] = [];
    for (const item of items) {
      const at = isNode(item.key) ? spanOf(this.#file, item.key, span) : span;
      if (!isScalar(item.key)) {
        this.diagnostics.push(error("yaml-key", "A key of a mapping has to be plain text.", { span: at }));
        continue;
      }
      const value = this.read(item.value, at);
      if (item.key.source === "<<" && isPlain(item.key)) merged.push(value);
      else add({ key: item.key.source ?? "", keySpan: at, value });
    }
    for (const source of merged.flatMap((node) => (node.kind === "list" ? node.items : [node])))
      if (source.kind === "map") source.entries.forEach(add);
      else this.#nothing("yaml-merge", 'Only mappings can be merged by "<<".', source.span);
    return { kind: "map", span, entries: [...entries.values()] };
  }
}

function sentence(message: string): string {
  const first = (message.split("\n")[0] ?? message).trim();
  return /[.!?]$/u.test(first) ? first : `${first}.`;
}

/** What the YAML parser says, in the voice of tsdbt where its own would not do. */
function syntaxError(file: SourceFile, problem: Document["errors"][number]): Diagnostic {
  const [start, end] = problem.pos;
  const span = { file, start, end: Math.max(end, start + 1) };
  switch (problem.code) {
    case "MULTIPLE_DOCS":
      return error("yaml-syntax", "A file holds one YAML document.", { span, hint: 'Take the second "---" away.' });
    case "DUPLICATE_KEY":
      return error("yaml-syntax", "This key is in the mapping already.", { span });
    default:
      return error("yaml-syntax", sentence(problem.message), { span });
  }
}

function parse(text: string): Document | undefined {
  try {
    return parseDocument(text, { prettyErrors: false, schema: "failsafe", uniqueKeys: true });
  } catch (cause) {
    // The parser calls itself for every level of nesting.
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/** The YAML of a file; an empty file is an empty mapping. Each syntax error, duplicate key and unknown anchor is a diagnostic. */
export function parseYaml(file: SourceFile): Checked<YamlNode> {
  const whole: Span = { file, start: 0, end: 0 };
  const document = parse(file.text);
  if (document === undefined)
    return failed(error("yaml-depth", "The values of this file are nested too deeply.", { span: whole }));
  if (document.errors.length > 0) return failed(...document.errors.map((problem) => syntaxError(file, problem)));
  if (document.contents === null) return passed({ kind: "map", span: whole, entries: [] });
  const reader = new Reader(file, document);
  const root = reader.read(document.contents, whole);
  return reader.diagnostics.length > 0 ? failed(...reader.diagnostics) : passed(root);
}

/** The YAML of a file; what is wrong with it is told. */
export function readYaml(file: SourceFile, report: (diagnostic: Diagnostic) => void): YamlNode | undefined {
  const parsed = parseYaml(file);
  if (parsed.ok) return parsed.value;
  parsed.diagnostics.forEach(report);
  return undefined;
}

/** The value without its places. */
export function yamlData(node: YamlNode): Data {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(yamlData);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, yamlData(value)]));
  }
}

/** Whether a scalar is a number with a point: `1.0` is not `1` where a name is made of it. */
export function isFloat({ value, written }: YamlScalar): boolean {
  return typeof value === "number" && written.includes(".");
}

/** The entry of a mapping under a key. */
export function yamlEntry(node: YamlNode, key: string): YamlEntry | undefined {
  return node.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}
