import type { SourceFile, Span } from "../../../domain/source-file.ts";
import type {
  Arguments,
  ArithmeticOperator,
  BlockFilter,
  ComparisonOperator,
  Expression,
  Logical,
  Slice,
} from "../syntax.ts";
import { raise } from "../template-error.ts";
import type { ArithmeticName, JinjaNode, ParsedArguments, ParsedFilter, ParsedNode } from "./parsed-node.ts";

/** What converting needs besides the nodes: the file, and what becomes of names seen on the way. */
export interface Conversion {
  readonly file: SourceFile;
  /** Whether a loop of the same macro is around. */
  readonly isInLoop: boolean;
  /** Called for every variable that is read, so that macros learn whether they use `varargs`, `kwargs` and `caller`. */
  readonly usesName: (name: string) => void;
  /** Called for every filter and test, so that unknown ones are told all at once. */
  readonly usesFilter: (kind: "filter" | "test", name: string, span: Span) => void;
}

const deepest = 150;

/** A stretch of the file that is being converted. */
export function spanOf(to: Conversion, start: number, end: number): Span {
  return { file: to.file, start, end };
}

/** nunjucks' expression as ours, with its whole extent. */
export function convertExpression(node: ParsedNode, to: Conversion, depth = 0): Expression {
  if (depth > deepest)
    raise("template-depth", "This expression is nested too deeply.", {
      span: spanOf(to, node.colno, node.lineno),
    });
  const inner = (child: ParsedNode): Expression => convertExpression(child, to, depth + 1);
  switch (node.typename) {
    case "Literal":
      return { kind: "literal", value: node.value, span: spanOf(to, node.colno, node.lineno) };
    case "Symbol":
      to.usesName(node.value);
      return { kind: "name", name: node.value, span: spanOf(to, node.colno, node.lineno) };
    case "InlineIf": {
      const then = inner(node.body);
      const condition = inner(node.cond);
      const otherwise = node.else_ === null ? undefined : inner(node.else_);
      return { kind: "conditional", condition, then, otherwise, span: joined(to, then, otherwise ?? condition) };
    }
    case "And":
    case "Or":
      return convertLogical(node, inner, to);
    case "Concat": {
      const parts = leftSpine(node, ["Concat"]).map((each) => inner(each.operand));
      return { kind: "concatenation", parts, span: joinedAll(to, parts) };
    }
    case "Add":
    case "Sub":
    case "Mul":
    case "Div":
    case "FloorDiv":
    case "Mod":
    case "Pow":
      return convertArithmetic(node, inner, to);
    case "Not":
    case "Neg":
    case "Pos": {
      const operand = inner(node.target);
      const operator = node.typename === "Not" ? "not" : node.typename === "Neg" ? "-" : "+";
      const start = Math.min(node.colno, operand.span.start);
      return { kind: "unary", operator, operand, span: spanOf(to, start, operand.span.end) };
    }
    case "Compare": {
      const first = inner(node.expr);
      const rest = node.ops.map((each) => ({
        operator: each.type as ComparisonOperator,
        operand: inner(each.expr),
        span: spanOf(to, each.colno, each.lineno),
      }));
      return { kind: "comparison", first, rest, span: joined(to, first, rest.at(-1)?.operand ?? first) };
    }
    case "Jinja":
      return convertForm(node, inner, to);
    default:
      throw new Error(`nunjucks' "${node.typename}" is no expression of our grammar.`);
  }
}

type Inner = (child: ParsedNode) => Expression;

function joined(to: Conversion, first: Expression, last: Expression): Span {
  return spanOf(to, first.span.start, last.span.end);
}

function joinedAll(to: Conversion, all: readonly Expression[]): Span {
  return spanOf(to, all[0]?.span.start ?? 0, all.at(-1)?.span.end ?? 0);
}

type BinaryNode = Extract<ParsedNode, { readonly left: ParsedNode }>;

/** The operands of a chain of equally ranked operators, from left to right, each with the operator before it. */
function leftSpine(
  node: BinaryNode,
  names: readonly string[],
): readonly { readonly name: string; readonly operand: ParsedNode }[] {
  const found: { readonly name: string; readonly operand: ParsedNode }[] = [];
  let at: ParsedNode = node;
  while ("left" in at && names.includes(at.typename)) {
    found.push({ name: at.typename, operand: at.right });
    at = at.left;
  }
  found.push({ name: "", operand: at });
  return found.reverse();
}

function convertLogical(node: BinaryNode, inner: Inner, to: Conversion): Logical {
  const operands = leftSpine(node, [node.typename]).map((each) => inner(each.operand));
  return { kind: node.typename === "And" ? "and" : "or", operands, span: joinedAll(to, operands) };
}

const ranks: readonly (readonly string[])[] = [["Add", "Sub"], ["Mul", "Div", "FloorDiv", "Mod"], ["Pow"]];

const signs: Readonly<Record<ArithmeticName, ArithmeticOperator>> = {
  Add: "+",
  Sub: "-",
  Mul: "*",
  Div: "/",
  FloorDiv: "//",
  Mod: "%",
  Pow: "**",
};

function convertArithmetic(node: BinaryNode, inner: Inner, to: Conversion): Expression {
  const names = ranks.find((rank) => rank.includes(node.typename)) ?? [];
  const [head, ...tail] = leftSpine(node, names);
  const first = inner(head?.operand ?? node.left);
  let span = first.span;
  const rest = tail.map((each) => {
    const operand = inner(each.operand);
    span = spanOf(to, first.span.start, operand.span.end);
    return { operator: signs[each.name as ArithmeticName], operand, span };
  });
  return { kind: "arithmetic", first, rest, span };
}

function convertForm(node: JinjaNode, inner: Inner, to: Conversion): Expression {
  const { form } = node;
  const span = spanOf(to, node.colno, node.lineno);
  switch (form.form) {
    case "group": {
      const grouped = inner(form.inner);
      return grouped.kind === "name" ? grouped : { ...grouped, span };
    }
    case "sequence":
      return { kind: form.kind, items: form.items.map(inner), span };
    case "dict":
      return {
        kind: "dict",
        entries: form.entries.map(([key, value]) => ({ key: inner(key), value: inner(value) })),
        span,
      };
    case "call":
      return { kind: "call", callee: inner(form.callee), arguments: convertArguments(form.arguments, inner, to), span };
    case "attribute": {
      const { name } = form;
      const nameSpan = spanOf(to, name.colno, name.lineno);
      return {
        kind: "attribute",
        target: inner(form.target),
        name: name.typename === "Literal" && typeof name.value === "string" ? name.value : "",
        nameSpan,
        span,
      };
    }
    case "item":
      return { kind: "item", target: inner(form.target), key: convertKey(form.key, inner, to), span };
    case "filter":
      return {
        kind: "filter",
        target: inner(form.target),
        ...convertFilter("filter", form.filter, { to, inner }),
        span,
      };
    case "test":
      return { kind: "test", target: inner(form.target), ...convertFilter("test", form.test, { to, inner }), span };
    default:
      throw new Error(`"${form.form}" is no expression.`);
  }
}

function convertKey(key: ParsedNode, inner: Inner, to: Conversion): Expression | Slice {
  if (key.typename !== "Jinja" || key.form.form !== "slice") return inner(key);
  const { start, stop, step } = key.form;
  const part = (each: ParsedNode | undefined): Expression | undefined => (each === undefined ? undefined : inner(each));
  return {
    kind: "slice",
    start: part(start),
    stop: part(stop),
    step: part(step),
    span: spanOf(to, key.colno, key.lineno),
  };
}

function convertArguments(from: ParsedArguments, inner: Inner, to: Conversion): Arguments {
  return {
    positional: from.positional.map(inner),
    named: from.named.map(({ name, value }) => ({
      name: name.typename === "Symbol" ? name.value : "",
      nameSpan: spanOf(to, name.colno, name.lineno),
      value: inner(value),
    })),
    spread: from.spread === undefined ? undefined : inner(from.spread),
    spreadNamed: from.spreadNamed === undefined ? undefined : inner(from.spreadNamed),
  };
}

function convertFilter(
  kind: "filter" | "test",
  from: ParsedFilter,
  using: { readonly to: Conversion; readonly inner: Inner },
): { readonly name: string; readonly nameSpan: Span; readonly arguments: Arguments } {
  const nameSpan = spanOf(using.to, from.start, from.nameEnd);
  using.to.usesFilter(kind, from.name, nameSpan);
  return { name: from.name, nameSpan, arguments: convertArguments(from.arguments, using.inner, using.to) };
}

/** A filter of a `set` or `filter` block, whose target is the block's output. */
export function convertBlockFilter(from: ParsedFilter, to: Conversion): BlockFilter {
  const inner = (child: ParsedNode): Expression => convertExpression(child, to);
  return {
    kind: "filter",
    ...convertFilter("filter", from, { to, inner }),
    span: spanOf(to, from.start, from.end),
  };
}
