// @ts-expect-error nunjucks has no types of its own; `isNunjucks` checks the little that is used.
import nodesModule from "nunjucks/src/nodes.js";
// @ts-expect-error nunjucks has no types of its own
import parserModule from "nunjucks/src/parser.js";
import { type Checked, type Diagnostic, failed, passed } from "../../domain/diagnostic.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import { unknownFilter } from "./filters/apply-filter.ts";
import { convertBody } from "./parse/convert-statement.ts";
import { extendParser, type FileParser } from "./parse/jinja-parser.ts";
import type { NunjucksNodes, NunjucksParserClass } from "./parse/nunjucks-parser.ts";
import type { Body, Template } from "./syntax.ts";
import { TemplateError } from "./template-error.ts";

interface NodeBase {
  extend(name: string, properties: { readonly fields: readonly string[] }): NunjucksNodes["Jinja"];
}

function isParserModule(value: unknown): value is { readonly Parser: NunjucksParserClass } {
  return typeof value === "object" && value !== null && "Parser" in value && typeof value.Parser === "function";
}

function isNodesModule(value: unknown): value is Omit<NunjucksNodes, "Jinja"> & { readonly Node: NodeBase } {
  return typeof value === "object" && value !== null && "Node" in value && "InlineIf" in value;
}

function loadParser(parser: unknown, nodes: unknown): FileParser {
  if (!isParserModule(parser) || !isNodesModule(nodes)) throw new Error("nunjucks is not the version we build on.");
  return extendParser(parser.Parser, { ...nodes, Jinja: nodes.Node.extend("Jinja", { fields: ["form"] }) });
}

const parseNodes: FileParser = loadParser(parserModule, nodesModule);

/**
 * The template that a file holds. The first thing that breaks the syntax, or every unknown filter and test, is told as
 * a diagnostic at its place.
 */
export function parseTemplate(file: SourceFile): Checked<Template> {
  const unknown: Diagnostic[] = [];
  try {
    const body = convertBody(parseNodes(file), {
      file,
      isInLoop: false,
      usesName: () => undefined,
      usesFilter: (kind, name, span) => {
        const diagnostic = unknownFilter(kind, name, span);
        if (diagnostic !== undefined) unknown.push(diagnostic);
      },
    });
    return unknown.length > 0 ? failed(...unknown) : passed(templateOf(file, body));
  } catch (error) {
    if (error instanceof TemplateError) return failed(error.diagnostic);
    throw error;
  }
}

function templateOf(file: SourceFile, body: Body): Template {
  return {
    file,
    body,
    macros: body.filter((each) => each.kind === "macro"),
    tests: body.filter((each) => each.kind === "test-definition"),
    materializations: body.filter((each) => each.kind === "materialization"),
    snapshots: body.filter((each) => each.kind === "snapshot"),
    docs: body.filter((each) => each.kind === "docs"),
  };
}
