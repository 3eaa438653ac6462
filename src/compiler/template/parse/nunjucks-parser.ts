import type { SourceFile } from "../../../domain/source-file.ts";
import type { JinjaForm, ParsedNode, ParsedOperand } from "./parsed-node.ts";
import type { Token, TokenSource, TokenType, WordToken } from "./tokens.ts";

/** nunjucks' parser, as far as our grammar builds on it. `null` is the end of the file. */
export interface NunjucksParser {
  readonly tokens: TokenSource;
  peeked: Token | null;
  breakOnBlocks: readonly string[] | null;
  nextToken(): Token | null;
  peekToken(): Token | null;
  skip(type: TokenType): boolean;
  skipValue(type: TokenType, value: string): boolean;
  skipSymbol(value: string): boolean;
  fail(message: string): never;
  advanceAfterBlockEnd(opened?: string): Token;
  advanceAfterVariableEnd(): void;
  parseExpression(): ParsedNode;
  parseInlineIf(): ParsedNode;
  parseOr(): ParsedNode;
  parseNot(): ParsedNode;
  parseIn(): ParsedNode;
  parseUnary(): ParsedNode;
  parsePrimary(): ParsedNode;
  parseIf(): ParsedNode;
  parseStatement(): ParsedNode | null;
  parseUntilBlocks(...names: readonly string[]): ParsedNode;
  parseAsRoot(): ParsedNode;
}

/** The class of nunjucks' parser. */
export type NunjucksParserClass = new (tokens: TokenSource) => NunjucksParser;

type NodeClass<Fields extends readonly unknown[]> = new (
  lineno: number,
  colno: number,
  ...fields: Fields
) => ParsedNode;

type BinaryClass = NodeClass<[left: ParsedNode, right: ParsedNode]>;

/** nunjucks' node classes, as far as our grammar makes nodes of them itself. */
export interface NunjucksNodes {
  readonly Symbol: NodeClass<[name: string]>;
  readonly Literal: NodeClass<[value: unknown]>;
  readonly InlineIf: NodeClass<[condition: ParsedNode, body: ParsedNode, otherwise: ParsedNode | null]>;
  readonly Compare: NodeClass<[first: ParsedNode, rest: readonly ParsedOperand[]]>;
  readonly CompareOperand: new (lineno: number, colno: number, expr: ParsedNode, type: string) => ParsedOperand;
  readonly Concat: BinaryClass;
  readonly Add: BinaryClass;
  readonly Sub: BinaryClass;
  readonly Mul: BinaryClass;
  readonly Div: BinaryClass;
  readonly FloorDiv: BinaryClass;
  readonly Mod: BinaryClass;
  readonly Pow: BinaryClass;
  readonly Neg: NodeClass<[operand: ParsedNode]>;
  readonly Not: NodeClass<[operand: ParsedNode]>;
  readonly Pos: NodeClass<[operand: ParsedNode]>;
  /** Our own node for what nunjucks has none for, made with `Node.extend`. */
  readonly Jinja: NodeClass<[form: JinjaForm]>;
}

/** What the grammar's functions work on: nunjucks' parser, its nodes, and where the last token ended. */
export interface Grammar extends NunjucksParser {
  readonly file: SourceFile;
  readonly nodes: NunjucksNodes;
  readonly lastEnd: number;
  /** The next token; the end of the file inside a tag is refused by the tokenizer, elsewhere by the tag's own message. */
  peek(): Token;
  take(type: WordToken["type"]): WordToken;
  /** Stops at the next token, telling what should have stood there. */
  refuse(wanted: string): never;
  /** Runs a rule one level deeper; too many levels are the author's mistake, never an overflow. */
  nested(rule: () => ParsedNode): ParsedNode;
  /** A node from `start` to the last token taken. */
  jinja(start: number, form: JinjaForm): ParsedNode;
}
