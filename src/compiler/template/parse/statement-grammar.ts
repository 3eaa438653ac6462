import { raise } from "../template-error.ts";
import { parseNewName, parseParameters } from "./definition-grammar.ts";
import { parseBareTuple } from "./expression-grammar.ts";
import type { Grammar } from "./nunjucks-parser.ts";
import type { ParsedFilter, ParsedNode } from "./parsed-node.ts";
import { parseFilter } from "./postfix-grammar.ts";
import type { Token } from "./tokens.ts";

function isTagEnd(token: Token): boolean {
  return token.type === "block-end" || token.type === "variable-end" || token.type === "right-paren";
}

function isWord(token: Token, word: string): boolean {
  return token.type === "symbol" && token.value === word;
}

/** `{{ a, b }}` and `set x = a, b` take a tuple without parentheses. */
export function parseTupleToTagEnd(grammar: Grammar): ParsedNode {
  return parseBareTuple(grammar, isTagEnd);
}

/** What is assigned to: a name, names with commas between, in brackets too, or `namespace.attribute` in a `set`. */
function parseTarget(grammar: Grammar, isEnd: (token: Token) => boolean): ParsedNode {
  const start = grammar.peek().colno;
  const first = parseSingleTarget(grammar);
  if (grammar.peek().type !== "comma") return first;
  const items = [first];
  while (grammar.skip("comma") && !isEnd(grammar.peek())) items.push(parseSingleTarget(grammar));
  return grammar.jinja(start, { form: "sequence", kind: "tuple", items });
}

function parseSingleTarget(grammar: Grammar): ParsedNode {
  const start = grammar.peek().colno;
  if (grammar.skip("left-paren")) {
    const inner = grammar.nested(() => parseTarget(grammar, (token) => token.type === "right-paren"));
    grammar.take("right-paren");
    return inner;
  }
  const name = parseNewName(grammar, "a name to assign to");
  if (!grammar.skipValue("operator", ".")) return name;
  const attribute = grammar.take("symbol");
  return grammar.jinja(start, {
    form: "namespace-attribute",
    namespace: name.typename === "Symbol" ? name.value : "",
    name: attribute.value,
  });
}

/** `for target in iterable if condition recursive`. */
export function parseFor(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const target = parseTarget(grammar, (token) => isWord(token, "in"));
  if (!grammar.skipSymbol("in")) grammar.refuse('"in"');
  const iterable = parseIterable(grammar);
  const condition = grammar.skipSymbol("if") ? grammar.parseExpression() : undefined;
  const recursive = grammar.skipSymbol("recursive");
  grammar.advanceAfterBlockEnd("for");
  const body = grammar.parseUntilBlocks("endfor", "else");
  let otherwise: ParsedNode | undefined;
  if (grammar.skipSymbol("else")) {
    grammar.advanceAfterBlockEnd("else");
    otherwise = grammar.parseUntilBlocks("endfor");
  }
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: "for", target, iterable, condition, recursive, body, otherwise });
}

/** An `if` behind the iterable belongs to the loop, so the iterable itself is no inline `if`. */
function parseIterable(grammar: Grammar): ParsedNode {
  const start = grammar.peek().colno;
  const first = grammar.parseOr();
  if (grammar.peek().type !== "comma") return first;
  const items = [first];
  while (grammar.skip("comma") && !isTagEnd(grammar.peek()) && !isWord(grammar.peek(), "recursive"))
    items.push(grammar.parseOr());
  return grammar.jinja(start, { form: "sequence", kind: "tuple", items });
}

/** `set target = value`, or a block whose output is the value, through filters if there are any. */
export function parseSet(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const target = parseTarget(grammar, (token) => token.type === "operator" || isTagEnd(token));
  if (grammar.skipValue("operator", "=")) {
    const value = parseTupleToTagEnd(grammar);
    grammar.advanceAfterBlockEnd("set");
    return grammar.jinja(start, { form: "set", target, value });
  }
  const filters: ParsedFilter[] = [];
  while (grammar.skip("pipe")) filters.push(parseFilter(grammar));
  if (filters.length === 0 && grammar.peek().type !== "block-end") grammar.refuse('"="');
  grammar.advanceAfterBlockEnd("set");
  const body = grammar.parseUntilBlocks("endset");
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: "capture", target, filters, body });
}

/** `filter name | name`: the block's output through the filters. */
export function parseFilterBlock(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const filters = [parseFilter(grammar)];
  while (grammar.skip("pipe")) filters.push(parseFilter(grammar));
  grammar.advanceAfterBlockEnd("filter");
  const body = grammar.parseUntilBlocks("endfilter");
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: "capture", target: undefined, filters, body });
}

/** `with a = 1, b = 2`. */
export function parseWith(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const assignments: (readonly [ParsedNode, ParsedNode])[] = [];
  while (grammar.peek().type !== "block-end") {
    if (assignments.length > 0 && !grammar.skip("comma")) grammar.refuse('"," or a closing "%}"');
    const target = parseNewName(grammar, "a name to assign to");
    if (!grammar.skipValue("operator", "=")) grammar.refuse('"="');
    assignments.push([target, grammar.parseExpression()]);
  }
  grammar.advanceAfterBlockEnd("with");
  const body = grammar.parseUntilBlocks("endwith");
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: "with", assignments, body });
}

/** `do expression`. */
export function parseDo(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const expression = parseTupleToTagEnd(grammar);
  grammar.advanceAfterBlockEnd("do");
  return grammar.jinja(start, { form: "do", expression });
}

/** `print a, b`: the values one after another. */
export function parsePrint(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const expressions: ParsedNode[] = [];
  while (grammar.peek().type !== "block-end") {
    if (expressions.length > 0 && !grammar.skip("comma")) grammar.refuse('"," or a closing "%}"');
    expressions.push(grammar.parseExpression());
  }
  grammar.advanceAfterBlockEnd("print");
  return grammar.jinja(start, { form: "print", expressions });
}

/** `break` and `continue`, which only stand within a loop of the same macro. */
export function parseJump(grammar: Grammar, start: number): ParsedNode {
  const form = grammar.skipSymbol("break") ? "break" : "continue";
  if (form === "continue") grammar.nextToken();
  grammar.advanceAfterBlockEnd(form);
  return grammar.jinja(start, { form });
}

/** `call(parameters) callee(…)`. */
export function parseCallBlock(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const parameters = grammar.peek().type === "left-paren" ? parseParameters(grammar) : [];
  const call = grammar.parseExpression();
  if (call.typename !== "Jinja" || call.form.form !== "call")
    raise("template-syntax", "Expected a call of a macro in this tag.", {
      span: { file: grammar.file, start: call.colno, end: Math.max(call.lineno, grammar.lastEnd) },
      hint: 'Write "{% call name() %}".',
    });
  grammar.advanceAfterBlockEnd("call");
  const body = grammar.parseUntilBlocks("endcall");
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: "call-block", parameters, call, body });
}
