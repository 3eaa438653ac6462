import { raise } from "../template-error.ts";
import type { Grammar } from "./nunjucks-parser.ts";
import type { ParsedArguments, ParsedFilter, ParsedNode } from "./parsed-node.ts";
import { reservedWords } from "./reserved-words.ts";
import type { TokenType } from "./tokens.ts";

/** Attributes, items and calls behind an operand: `x.y[0](1)`. */
export function parsePostfix(grammar: Grammar, operand: ParsedNode): ParsedNode {
  let node = operand;
  for (;;) {
    const token = grammar.peek();
    if (token.type === "operator" && token.value === ".") node = parseAttribute(grammar, node);
    else if (token.type === "left-bracket") node = parseItem(grammar, node);
    else if (token.type === "left-paren") node = parseCall(grammar, node);
    else return node;
  }
}

/** Filters, tests and calls of what they give: `x | join(",") is string`. */
export function parseFilters(grammar: Grammar, operand: ParsedNode): ParsedNode {
  let node = operand;
  for (;;) {
    const token = grammar.peek();
    if (grammar.skip("pipe")) {
      const filter = parseFilter(grammar);
      node = grammar.jinja(node.colno, { form: "filter", target: node, filter });
    } else if (grammar.skipSymbol("is")) node = parseTest(grammar, node);
    else if (token.type === "left-paren") node = parseCall(grammar, node);
    else return node;
  }
}

function parseAttribute(grammar: Grammar, target: ParsedNode): ParsedNode {
  grammar.nextToken();
  const token = grammar.peek();
  if (token.type !== "symbol" && token.type !== "int") grammar.refuse('a name after "."');
  grammar.nextToken();
  const { Literal } = grammar.nodes;
  const name = new Literal(token.lineno, token.colno, token.value);
  return token.type === "int"
    ? grammar.jinja(target.colno, { form: "item", target, key: name })
    : grammar.jinja(target.colno, { form: "attribute", target, name });
}

function parseItem(grammar: Grammar, target: ParsedNode): ParsedNode {
  const start = grammar.take("left-bracket").colno;
  const keys: ParsedNode[] = [];
  while (!grammar.skip("right-bracket")) {
    if (keys.length > 0 && !grammar.skip("comma")) grammar.refuse('a closing "]"');
    keys.push(parseSubscript(grammar));
  }
  const slice = keys.find((each) => each.typename === "Jinja" && each.form.form === "slice");
  if (slice !== undefined && keys.length > 1)
    raise("template-syntax", "A slice stands alone between its brackets.", {
      span: { file: grammar.file, start: slice.colno, end: slice.lineno },
    });
  const [only] = keys;
  const key =
    only !== undefined && keys.length === 1
      ? only
      : grammar.jinja(start, { form: "sequence", kind: "tuple", items: keys });
  return grammar.jinja(target.colno, { form: "item", target, key });
}

function parseSubscript(grammar: Grammar): ParsedNode {
  const start = grammar.peek().colno;
  const first = grammar.peek().type === "colon" ? undefined : grammar.parseExpression();
  if (!grammar.skip("colon")) return first ?? grammar.refuse("an index");
  const stop = parseSlicePart(grammar);
  const step = grammar.skip("colon") ? parseSlicePart(grammar) : undefined;
  return grammar.jinja(start, { form: "slice", start: first, stop, step });
}

const endsSlicePart: ReadonlySet<TokenType> = new Set(["colon", "right-bracket", "comma"]);

function parseSlicePart(grammar: Grammar): ParsedNode | undefined {
  return endsSlicePart.has(grammar.peek().type) ? undefined : grammar.parseExpression();
}

function parseCall(grammar: Grammar, callee: ParsedNode): ParsedNode {
  const found = parseArguments(grammar);
  return grammar.jinja(callee.colno, { form: "call", callee, arguments: found });
}

/** The arguments of a call, from bracket to bracket; a trailing comma is allowed. */
function parseArguments(grammar: Grammar): ParsedArguments {
  const positional: ParsedNode[] = [];
  const named: { readonly name: ParsedNode; readonly value: ParsedNode }[] = [];
  let spread: ParsedNode | undefined;
  let spreadNamed: ParsedNode | undefined;
  grammar.take("left-paren");
  for (let count = 0; !grammar.skip("right-paren"); count++) {
    if (count > 0) {
      if (!grammar.skip("comma")) grammar.refuse('"," or ")"');
      if (grammar.skip("right-paren")) break;
    }
    const token = grammar.peek();
    if (spreadNamed !== undefined) grammar.refuse('")" after "**" and its argument');
    if (grammar.skipValue("operator", "**")) spreadNamed = grammar.parseExpression();
    else if (grammar.skipValue("operator", "*")) {
      if (spread !== undefined) grammar.refuse('one argument with "*"');
      spread = grammar.parseExpression();
    } else {
      const value = grammar.parseExpression();
      if (grammar.skipValue("operator", "=")) {
        if (value.typename !== "Symbol")
          raise("template-syntax", 'Expected a name before "=".', {
            span: { file: grammar.file, start: token.colno, end: grammar.lastEnd },
          });
        named.push({ name: value, value: grammar.parseExpression() });
      } else if (spread !== undefined || named.length > 0)
        raise("template-syntax", "An argument without a name stands behind one with a name.", {
          span: { file: grammar.file, start: token.colno, end: grammar.lastEnd },
          hint: "Put it first, or give it its name.",
        });
      else positional.push(value);
    }
  }
  return { positional, named, spread, spreadNamed };
}

const withoutArguments: ParsedArguments = { positional: [], named: [], spread: undefined, spreadNamed: undefined };

function parseDottedName(grammar: Grammar, wanted: string): { name: string; start: number; nameEnd: number } {
  const first = grammar.peek();
  if (first.type !== "symbol") return grammar.refuse(wanted);
  grammar.nextToken();
  let name = first.value;
  while (grammar.skipValue("operator", ".")) name += `.${grammar.take("symbol").value}`;
  return { name, start: first.colno, nameEnd: grammar.lastEnd };
}

/** A filter's name and arguments, the pipe before it being taken. */
export function parseFilter(grammar: Grammar): ParsedFilter {
  const named = parseDottedName(grammar, 'the name of a filter after "|"');
  const found = grammar.peek().type === "left-paren" ? parseArguments(grammar) : withoutArguments;
  return { ...named, arguments: found, end: grammar.lastEnd };
}

const startsTestArgument: ReadonlySet<TokenType> = new Set([
  "symbol",
  "string",
  "int",
  "float",
  "left-bracket",
  "left-curly",
]);

function parseTest(grammar: Grammar, target: ParsedNode): ParsedNode {
  const negated = grammar.skipSymbol("not");
  const named = parseDottedName(grammar, 'the name of a test after "is"');
  const test: ParsedFilter = { ...named, arguments: parseTestArguments(grammar), end: grammar.lastEnd };
  const node = grammar.jinja(target.colno, { form: "test", target, test });
  return negated ? new grammar.nodes.Not(node.lineno, node.colno, node) : node;
}

/** A test may have one argument without parentheses: `is divisibleby 3`. */
function parseTestArguments(grammar: Grammar): ParsedArguments {
  const token = grammar.peek();
  if (token.type === "left-paren") return parseArguments(grammar);
  if (!startsTestArgument.has(token.type)) return withoutArguments;
  if (token.type === "symbol" && token.value === "is") grammar.refuse('"and" between two tests');
  if (token.type === "symbol" && reservedWords.has(token.value)) return withoutArguments;
  return { ...withoutArguments, positional: [parsePostfix(grammar, grammar.parsePrimary())] };
}
