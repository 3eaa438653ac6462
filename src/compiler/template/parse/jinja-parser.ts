import type { SourceFile, Span } from "../../../domain/source-file.ts";
import { raise } from "../template-error.ts";
import { parseMaterialization, parseNamedBlock, parseRoutine } from "./definition-grammar.ts";
import { describeToken } from "./describe-token.ts";
import { parseComparison, parseConditional, parsePrimary, parseSigned } from "./expression-grammar.ts";
import type { Grammar, NunjucksNodes, NunjucksParserClass } from "./nunjucks-parser.ts";
import type { JinjaForm, ParsedNode } from "./parsed-node.ts";
import {
  parseCallBlock,
  parseDo,
  parseFilterBlock,
  parseFor,
  parseJump,
  parsePrint,
  parseSet,
  parseTupleToTagEnd,
  parseWith,
} from "./statement-grammar.ts";
import { raiseUnknownTag } from "./unknown-tag.ts";
import { TemplateTokenizer } from "./tokenize-template.ts";
import type { Token, TokenType, WordToken } from "./tokens.ts";

type TagRule = (grammar: Grammar, start: number) => ParsedNode;

/** The tags of the language; nunjucks' own rule remains for `if`. */
const tagRules: ReadonlyMap<string, TagRule> = new Map<string, TagRule>([
  ["if", (grammar) => grammar.parseIf()],
  ["for", parseFor],
  ["set", parseSet],
  ["macro", parseRoutine],
  ["call", parseCallBlock],
  ["filter", parseFilterBlock],
  ["with", parseWith],
  ["do", parseDo],
  ["print", parsePrint],
  ["break", parseJump],
  ["continue", parseJump],
  ["test", parseRoutine],
  ["snapshot", parseNamedBlock],
  ["docs", parseNamedBlock],
  ["materialization", parseMaterialization],
]);

/** What these define is known to the whole project, so it cannot depend on a condition. */
const topLevelTags: ReadonlySet<string> = new Set(["test", "snapshot", "docs", "materialization"]);

const deepest = 100;
const mostBranches = 1000;

/** A parser of one file, ready to run. */
export type FileParser = (file: SourceFile) => ParsedNode;

/**
 * nunjucks' parser, taught Jinja's grammar: its way of nesting blocks, its `if`, `and`, `or`, `not` and its nodes stay;
 * what Jinja ranks, allows or forbids otherwise is overridden.
 */
export function extendParser(Base: NunjucksParserClass, nodes: NunjucksNodes): FileParser {
  class JinjaParser extends Base implements Grammar {
    readonly file: SourceFile;
    readonly nodes: NunjucksNodes = nodes;
    lastEnd = 0;
    #tagStart = 0;
    #atOutput = false;
    #depth = 0;
    #branches = 0;
    readonly #open: { readonly tag: string; readonly span: Span }[] = [];

    constructor(file: SourceFile) {
      super(new TemplateTokenizer(file));
      this.file = file;
    }

    override nextToken(): Token | null {
      const token = this.peeked ?? this.tokens.nextToken();
      this.peeked = null;
      if (token === null) return null;
      this.lastEnd = token.lineno;
      this.#atOutput = token.type === "variable-start";
      if (token.type === "block-start") this.#tagStart = token.colno;
      return token;
    }

    override peekToken(): Token | null {
      this.peeked ??= this.tokens.nextToken();
      return this.peeked;
    }

    override fail(message: string): never {
      throw new Error(`nunjucks' parser failed outside our grammar: ${message}`);
    }

    override skip(type: TokenType): boolean {
      if (this.peekToken()?.type !== type) return false;
      this.nextToken();
      return true;
    }

    override skipValue(type: TokenType, value: string): boolean {
      const token = this.peekToken();
      if (token?.type !== type || token.value !== value) return false;
      this.nextToken();
      return true;
    }

    peek(): Token {
      const token = this.peekToken();
      if (token === null) throw new Error("The tokenizer ended within a tag.");
      return token;
    }

    take(type: WordToken["type"]): WordToken {
      const token = this.peek();
      if (token.type !== type) return this.refuse(describeToken(type));
      this.nextToken();
      return token;
    }

    refuse(wanted: string): never {
      const token = this.peek();
      return raise("template-syntax", `Expected ${wanted}, found ${describeToken(token)}.`, {
        span: this.#span(token.colno, token.lineno),
      });
    }

    jinja(start: number, form: JinjaForm): ParsedNode {
      return new nodes.Jinja(this.lastEnd, start, form);
    }

    nested(rule: () => ParsedNode): ParsedNode {
      if (this.#depth >= deepest) {
        const token = this.peek();
        raise("template-depth", "This is nested too deeply.", { span: this.#span(token.colno, token.lineno) });
      }
      this.#depth++;
      const node = rule();
      this.#depth--;
      return node;
    }

    override advanceAfterBlockEnd(opened?: string): Token {
      const word = opened ?? this.take("symbol").value;
      if (!word.startsWith("end")) this.skip("colon");
      return this.take("block-end");
    }

    override advanceAfterVariableEnd(): void {
      this.take("variable-end");
    }

    override parseExpression(): ParsedNode {
      if (!this.#atOutput) return super.parseExpression();
      this.#atOutput = false;
      return parseTupleToTagEnd(this);
    }

    override parseInlineIf(): ParsedNode {
      return this.nested(() => parseConditional(this));
    }

    override parseNot(): ParsedNode {
      return this.nested(() => super.parseNot());
    }

    override parseIn(): ParsedNode {
      return parseComparison(this);
    }

    override parseUnary(): ParsedNode {
      return parseSigned(this);
    }

    override parsePrimary(): ParsedNode {
      return parsePrimary(this);
    }

    override parseIf(): ParsedNode {
      if (++this.#branches > mostBranches) this.refuse(`no more than ${mostBranches} branches`);
      const node = super.parseIf();
      this.#branches--;
      return node;
    }

    override parseStatement(): ParsedNode | null {
      const token = this.peek();
      if (token.type !== "symbol") return this.refuse("the name of a tag");
      const tag = token.value;
      if (this.breakOnBlocks?.includes(tag) === true) return null;
      const start = this.#tagStart;
      const rule = tagRules.get(tag);
      const span = this.#span(token.colno, token.lineno);
      if (rule === undefined)
        return raiseUnknownTag({
          tag,
          span,
          known: tagRules.keys(),
          open: this.#open.at(-1),
          wanted: this.breakOnBlocks,
        });
      const around = this.#open.at(-1);
      if (around !== undefined && topLevelTags.has(tag))
        raise("template-syntax", `"{% ${tag} %}" stands at the top level of a file, not within another tag.`, {
          span,
          related: [{ message: `"{% ${around.tag} %}" was opened here.`, span: around.span }],
        });
      this.#open.push({ tag, span: this.#span(start, token.lineno) });
      const node = rule(this, start);
      this.#open.pop();
      return node.typename === "If" ? Object.assign(node, { colno: start, lineno: this.lastEnd }) : node;
    }

    override parseUntilBlocks(...names: readonly string[]): ParsedNode {
      const own = names.filter((name) => name !== "elseif");
      const body = this.nested(() => super.parseUntilBlocks(...own));
      if (this.peekToken() === null) {
        const open = this.#open.at(-1);
        raise("template-syntax", `The tag "{% ${open?.tag ?? ""} %}" is never closed.`, {
          span: open?.span,
          hint: `Add "{% ${own.find((name) => name.startsWith("end")) ?? ""} %}".`,
        });
      }
      return body;
    }

    #span(start: number, end: number): Span {
      return { file: this.file, start, end };
    }
  }
  return (file) => new JinjaParser(file).parseAsRoot();
}
