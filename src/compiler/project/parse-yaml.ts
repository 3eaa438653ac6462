import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from "yaml";
import type { Data } from "../../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";

/** A YAML value that knows where it stands. Aliases are resolved, merge keys are merged. */
export type YamlNode =
  | { readonly kind: "map"; readonly span: Span; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "list"; readonly span: Span; readonly items: readonly YamlNode[] }
  | { readonly kind: "scalar"; readonly span: Span; readonly value: string | number | boolean | null };

/** A key of a YAML mapping with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

function sentence(message: string): string {
  const first = (message.split("\n")[0] ?? message).trim();
  return /[.!?]$/u.test(first) ? first : `${first}.`;
}

function spanOf(file: SourceFile, node: Node | null | undefined, fallback: Span): Span {
  const range = node?.range;
  if (range === null || range === undefined) return fallback;
  const [start, end] = range;
  return { file, start, end: Math.max(start, end) };
}

class Reader {
  readonly #file: SourceFile;
  readonly #document: Document;
  readonly diagnostics: Diagnostic[] = [];

  constructor(file: SourceFile, document: Document) {
    this.#file = file;
    this.#document = document;
  }

  read(node: unknown, fallback: Span): YamlNode {
    if (isAlias(node)) {
      const span = spanOf(this.#file, node, fallback);
      const target = node.resolve(this.#document);
      if (target !== undefined) return this.read(target, span);
      this.diagnostics.push(error("yaml-anchor", `There is no anchor "${node.source}" before this alias.`, { span }));
      return { kind: "scalar", span, value: null };
    }
    if (isMap(node)) return this.#readMap(node.items, spanOf(this.#file, node, fallback));
    if (isSeq(node)) {
      const span = spanOf(this.#file, node, fallback);
      return { kind: "list", span, items: node.items.map((item) => this.read(item, span)) };
    }
    if (!isScalar(node)) return { kind: "scalar", span: fallback, value: null };
    const span = spanOf(this.#file, node, fallback);
    const value = node.value;
    // A number keeps its text where JavaScript would round it.
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
      return { kind: "scalar", span, value: node.source ?? String(value) };
    if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
      return { kind: "scalar", span, value };
    return { kind: "scalar", span, value: node.source ?? null };
  }

  #readMap(items: readonly { readonly key: unknown; readonly value: unknown }[], span: Span): YamlNode {
    const entries: YamlEntry[] = [];
    const add = (entry: YamlEntry): void => {
      if (!entries.some((known) => known.key === entry.key)) entries.push(entry);
    };
    const merged: YamlNode[] = [];
    for (const item of items) {
      const keyNode = this.read(item.key, span);
      if (keyNode.kind !== "scalar") {
        this.diagnostics.push(error("yaml-key", "A key of a mapping has to be plain text.", { span: keyNode.span }));
        continue;
      }
      const value = this.read(item.value, keyNode.span);
      if (keyNode.value === "<<") merged.push(value);
      else add({ key: String(keyNode.value), keySpan: keyNode.span, value });
    }
    for (const source of merged.flatMap((node) => (node.kind === "list" ? node.items : [node])))
      if (source.kind === "map") source.entries.forEach(add);
    return { kind: "map", span, entries };
  }
}

/** The YAML of a file; an empty file is an empty mapping. Each syntax error, duplicate key and unknown anchor is a diagnostic. */
export function parseYaml(file: SourceFile): Checked<YamlNode> {
  const document = parseDocument(file.text, {
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    intAsBigInt: false,
  });
  const whole: Span = { file, start: 0, end: 0 };
  const syntax = document.errors.map((problem) => {
    const [start, end] = problem.pos;
    return error("yaml-syntax", sentence(problem.message), { span: { file, start, end: Math.max(end, start + 1) } });
  });
  if (syntax.length > 0) return failed(...syntax);
  if (document.contents === null) return passed({ kind: "map", span: whole, entries: [] });
  const reader = new Reader(file, document);
  const root = reader.read(document.contents, whole);
  return reader.diagnostics.length > 0 ? failed(...reader.diagnostics) : passed(root);
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

/** The entry of a mapping under a key. */
export function yamlEntry(node: YamlNode, key: string): YamlEntry | undefined {
  return node.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}
