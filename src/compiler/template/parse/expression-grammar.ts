import type { Grammar } from "./nunjucks-parser.ts";
import type { ParsedNode, ParsedOperand } from "./parsed-node.ts";
import { parseFilters, parsePostfix } from "./postfix-grammar.ts";
import { reservedWords } from "./reserved-words.ts";
import type { Token } from "./tokens.ts";

const comparisons: ReadonlySet<Token["value"]> = new Set(["==", "!=", "<", ">", "<=", ">="]);

/** `a if b else c`, where `else` may be missing and the whole may be chained. */
export function parseConditional(grammar: Grammar): ParsedNode {
  let node = grammar.parseOr();
  while (grammar.skipSymbol("if")) {
    const condition = grammar.parseOr();
    const otherwise = grammar.skipSymbol("else") ? grammar.parseInlineIf() : null;
    node = new grammar.nodes.InlineIf(node.lineno, node.colno, condition, node, otherwise);
  }
  return node;
}

/** Comparisons and `in`, of one precedence and chained. nunjucks ranks `in` below them. */
export function parseComparison(grammar: Grammar): ParsedNode {
  const first = parseSum(grammar);
  const rest: ParsedOperand[] = [];
  for (let operator = takeComparison(grammar); operator !== undefined; operator = takeComparison(grammar)) {
    const operand = parseSum(grammar);
    rest.push(new grammar.nodes.CompareOperand(operator.end, operator.start, operand, operator.sign));
  }
  return rest.length === 0 ? first : new grammar.nodes.Compare(first.lineno, first.colno, first, rest);
}

function takeComparison(grammar: Grammar): { sign: string; start: number; end: number } | undefined {
  const token = grammar.peek();
  const place = { start: token.colno, end: token.lineno };
  if (token.type === "operator" && comparisons.has(token.value)) {
    grammar.nextToken();
    return { sign: token.value, ...place };
  }
  if (grammar.skipSymbol("in")) return { sign: "in", ...place };
  if (!grammar.skipSymbol("not")) return undefined;
  if (!grammar.skipSymbol("in")) grammar.refuse('"in" after "not"');
  return { sign: "not in", start: token.colno, end: grammar.lastEnd };
}

/** `+` and `-` from left to right, above `~`: Jinja's order, where nunjucks has one rank per sign. */
function parseSum(grammar: Grammar): ParsedNode {
  let node = parseConcatenation(grammar);
  for (;;) {
    const sign = takeOperator(grammar, sumSigns);
    if (sign === undefined) return node;
    const right = parseConcatenation(grammar);
    node = new grammar.nodes[sign === "+" ? "Add" : "Sub"](node.lineno, node.colno, node, right);
  }
}

function parseConcatenation(grammar: Grammar): ParsedNode {
  let node = parseProduct(grammar);
  while (grammar.skip("tilde")) {
    const right = parseProduct(grammar);
    node = new grammar.nodes.Concat(node.lineno, node.colno, node, right);
  }
  return node;
}

const sumSigns = ["+", "-"] as const;
const productSigns = ["*", "/", "//", "%"] as const;
const productNames = { "*": "Mul", "/": "Div", "//": "FloorDiv", "%": "Mod" } as const;

function parseProduct(grammar: Grammar): ParsedNode {
  let node = parsePower(grammar);
  for (;;) {
    const sign = takeOperator(grammar, productSigns);
    if (sign === undefined) return node;
    const right = parsePower(grammar);
    node = new grammar.nodes[productNames[sign]](node.lineno, node.colno, node, right);
  }
}

function parsePower(grammar: Grammar): ParsedNode {
  let node = grammar.parseUnary();
  while (grammar.skipValue("operator", "**")) {
    const right = grammar.parseUnary();
    node = new grammar.nodes.Pow(node.lineno, node.colno, node, right);
  }
  return node;
}

function takeOperator<Sign extends string>(grammar: Grammar, signs: readonly Sign[]): Sign | undefined {
  const token = grammar.peek();
  if (token.type !== "operator") return undefined;
  const sign = signs.find((each) => each === token.value);
  if (sign !== undefined) grammar.nextToken();
  return sign;
}

/** A sign binds closer than a filter, so that `-1 | abs` is 1; what follows the operand applies to the signed value. */
export function parseSigned(grammar: Grammar): ParsedNode {
  return parseFilters(grammar, parseOperand(grammar));
}

function parseOperand(grammar: Grammar): ParsedNode {
  const signs: { readonly name: "Neg" | "Pos"; readonly token: Token }[] = [];
  for (;;) {
    const token = grammar.peek();
    const sign = takeOperator(grammar, sumSigns);
    if (sign === undefined) break;
    signs.push({ name: sign === "-" ? "Neg" : "Pos", token });
  }
  let node = parsePostfix(grammar, grammar.parsePrimary());
  for (const { name, token } of signs.reverse()) node = new grammar.nodes[name](token.lineno, token.colno, node);
  return node;
}

const constants: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

/** A constant, a name, or something in brackets. */
export function parsePrimary(grammar: Grammar): ParsedNode {
  const token = grammar.peek();
  switch (token.type) {
    case "symbol": {
      const name = token.value;
      if (reservedWords.has(name)) return grammar.refuse("an expression");
      grammar.nextToken();
      return Object.hasOwn(constants, name)
        ? new grammar.nodes.Literal(token.lineno, token.colno, constants[name])
        : new grammar.nodes.Symbol(token.lineno, token.colno, name);
    }
    case "string":
      return parseString(grammar);
    case "int":
    case "float":
      grammar.nextToken();
      return new grammar.nodes.Literal(token.lineno, token.colno, token.value);
    case "left-paren":
      return parseGroup(grammar);
    case "left-bracket":
      return parseList(grammar);
    case "left-curly":
      return parseDict(grammar);
    default:
      return grammar.refuse("an expression");
  }
}

/** Adjacent strings are one. */
function parseString(grammar: Grammar): ParsedNode {
  const { colno } = grammar.peek();
  let value = "";
  while (grammar.peek().type === "string") value += grammar.take("string").value;
  return new grammar.nodes.Literal(grammar.lastEnd, colno, value);
}

function parseGroup(grammar: Grammar): ParsedNode {
  const start = grammar.take("left-paren").colno;
  const { items, commas } = parseItems(grammar, "right-paren");
  const [only] = items;
  if (only !== undefined && commas === 0) return grammar.jinja(start, { form: "group", inner: only });
  return grammar.jinja(start, { form: "sequence", kind: "tuple", items });
}

function parseList(grammar: Grammar): ParsedNode {
  const start = grammar.take("left-bracket").colno;
  return grammar.jinja(start, { form: "sequence", kind: "list", items: parseItems(grammar, "right-bracket").items });
}

function parseItems(
  grammar: Grammar,
  closer: "right-paren" | "right-bracket",
): { readonly items: readonly ParsedNode[]; readonly commas: number } {
  const items: ParsedNode[] = [];
  let commas = 0;
  while (!grammar.skip(closer)) {
    if (items.length > 0) {
      if (!grammar.skip("comma")) grammar.refuse(closer === "right-paren" ? '"," or ")"' : '"," or "]"');
      commas++;
      if (grammar.skip(closer)) break;
    }
    items.push(grammar.parseExpression());
  }
  return { items, commas };
}

function parseDict(grammar: Grammar): ParsedNode {
  const start = grammar.take("left-curly").colno;
  const entries: (readonly [ParsedNode, ParsedNode])[] = [];
  while (!grammar.skip("right-curly")) {
    if (entries.length > 0) {
      if (!grammar.skip("comma")) grammar.refuse('"," or "}"');
      if (grammar.skip("right-curly")) break;
    }
    const key = grammar.parseExpression();
    if (!grammar.skip("colon")) grammar.refuse('":" after the key');
    entries.push([key, grammar.parseExpression()]);
  }
  return grammar.jinja(start, { form: "dict", entries });
}

/** Expressions with commas between them are a tuple without parentheses; one alone is itself. */
export function parseBareTuple(grammar: Grammar, isEnd: (token: Token) => boolean): ParsedNode {
  const start = grammar.peek().colno;
  const first = grammar.parseExpression();
  if (grammar.peek().type !== "comma") return first;
  const items = [first];
  while (grammar.skip("comma") && !isEnd(grammar.peek())) items.push(grammar.parseExpression());
  return grammar.jinja(start, { form: "sequence", kind: "tuple", items });
}
