import type {
  Body,
  Expression,
  If,
  MacroDefinition,
  Output,
  Parameter,
  Routine,
  Statement,
  Target,
  Text,
} from "../syntax.ts";
import { raise } from "../template-error.ts";
import { type Conversion, convertBlockFilter, convertExpression, spanOf } from "./convert-expression.ts";
import type { JinjaNode, ParsedNode, ParsedParameter } from "./parsed-node.ts";

/** nunjucks' list of nodes as our statements; empty text is dropped. */
export function convertBody(node: ParsedNode, to: Conversion): Body {
  if (!("children" in node)) throw new Error(`nunjucks' "${node.typename}" is no list of statements.`);
  return node.children.flatMap((child) => convertStatement(child, to));
}

function convertStatement(node: ParsedNode, to: Conversion): readonly Statement[] {
  switch (node.typename) {
    case "Output":
      return node.children.map((child) =>
        child.typename === "TemplateData"
          ? convertText(child, to)
          : convertOutput({ node: child, tagStart: node.colno }, to),
      );
    case "If":
      return [convertIf(node, to)];
    case "Jinja":
      return convertForm(node, to);
    default:
      throw new Error(`nunjucks' "${node.typename}" is no statement of our grammar.`);
  }
}

/** The text of the file, each `\r\n` and `\r` as `\n`; the pieces leave out the characters that have gone. */
function convertText(node: ParsedNode, to: Conversion): Text {
  const span = spanOf(to, node.colno, node.lineno);
  const raw = to.file.text.slice(span.start, span.end);
  if (!raw.includes("\r")) return { kind: "text", text: raw, pieces: [{ at: 0, length: raw.length, span }], span };
  const pieces: { at: number; length: number; span: Text["span"] }[] = [];
  let text = "";
  for (let from = 0; from < raw.length;) {
    const dropped = raw.indexOf("\r\n", from);
    const end = dropped === -1 ? raw.length : dropped;
    if (end > from)
      pieces.push({ at: text.length, length: end - from, span: spanOf(to, span.start + from, span.start + end) });
    text += raw.slice(from, end).replaceAll("\r", "\n");
    from = dropped === -1 ? end : end + 1;
  }
  return { kind: "text", text, pieces, span };
}

function convertOutput(from: { readonly node: ParsedNode; readonly tagStart: number }, to: Conversion): Output {
  const expression = convertExpression(from.node, to);
  const end = to.file.text.indexOf("}}", expression.span.end) + 2;
  return { kind: "output", expression, span: spanOf(to, from.tagStart, Math.max(end, expression.span.end)) };
}

type IfNode = Extract<ParsedNode, { readonly typename: "If" }>;

/** nunjucks nests each `elif` in the `else` of what stands before it. */
function convertIf(node: IfNode, to: Conversion): If {
  const branches: { readonly condition: Expression; readonly body: Body }[] = [];
  let at: ParsedNode | null = node;
  while (at?.typename === "If") {
    branches.push({ condition: convertExpression(at.cond, to), body: convertBody(at.body, to) });
    at = at.else_;
  }
  const otherwise = at === null ? [] : convertBody(at, to);
  return { kind: "if", branches, otherwise, span: spanOf(to, node.colno, node.lineno) };
}

function convertForm(node: JinjaNode, to: Conversion): readonly Statement[] {
  const { form } = node;
  const span = spanOf(to, node.colno, node.lineno);
  switch (form.form) {
    case "for":
      return [
        {
          kind: "for",
          target: convertLoopTarget(form.target, to),
          iterable: convertExpression(form.iterable, to),
          condition: form.condition === undefined ? undefined : convertExpression(form.condition, to),
          recursive: form.recursive,
          body: convertBody(form.body, { ...to, isInLoop: true }),
          otherwise: form.otherwise === undefined ? [] : convertBody(form.otherwise, to),
          span,
        },
      ];
    case "set":
      return [{ kind: "set", value: convertExpression(form.value, to), target: convertTarget(form.target, to), span }];
    case "capture":
      return [
        {
          kind: "capture",
          target: form.target === undefined ? undefined : convertTarget(form.target, to),
          filters: form.filters.map((filter) => convertBlockFilter(filter, to)),
          body: convertBody(form.body, to),
          span,
        },
      ];
    case "with": {
      const assignments = form.assignments.map(([target, value]) => ({
        target: convertTarget(target, to),
        value: convertExpression(value, to),
      }));
      return [{ kind: "with", assignments, body: convertBody(form.body, to), span }];
    }
    case "do":
      return [{ kind: "do", expression: convertExpression(form.expression, to), span }];
    case "print":
      return form.expressions.map((each) => ({ kind: "output", expression: convertExpression(each, to), span }));
    case "break":
    case "continue":
      if (!to.isInLoop) raise("template-syntax", `There is no loop around this "{% ${form.form} %}".`, { span });
      return [{ kind: form.form, span }];
    case "call-block": {
      const call = convertExpression(form.call, to);
      if (call.kind !== "call") throw new Error("The grammar let a call block without a call pass.");
      const name = call.callee.kind === "name" ? call.callee.name : "";
      const routine = { name: `caller of ${name}`, parameters: form.parameters, body: form.body };
      return [{ kind: "call-block", call, caller: convertRoutine(routine, span, to), span }];
    }
    case "macro":
    case "test-definition": {
      const routine = convertRoutine({ ...form, name: nameOf(form.name) }, span, to);
      return [
        { kind: form.form, ...routine, nameSpan: spanOf(to, form.name.colno, form.name.lineno) } satisfies
          MacroDefinition | Statement,
      ];
    }
    case "materialization": {
      const routine = convertRoutine({ name: nameOf(form.name), parameters: [], body: form.body }, span, to);
      const nameSpan = spanOf(to, form.name.colno, form.name.lineno);
      return [{ kind: "materialization", ...routine, nameSpan, adapter: form.adapter, languages: form.languages }];
    }
    case "snapshot":
    case "docs":
      return [
        {
          kind: form.form,
          file: to.file,
          name: nameOf(form.name),
          nameSpan: spanOf(to, form.name.colno, form.name.lineno),
          body: convertBody(form.body, to),
          span,
        },
      ];
    default:
      throw new Error(`"${form.form}" is no statement.`);
  }
}

function nameOf(node: ParsedNode): string {
  if (node.typename !== "Symbol") throw new Error("The grammar let a definition without a name pass.");
  return node.value;
}

function convertTarget(node: ParsedNode, to: Conversion): Target {
  const span = spanOf(to, node.colno, node.lineno);
  if (node.typename === "Symbol") return { kind: "name", name: node.value, span };
  if (node.typename === "Jinja" && node.form.form === "sequence")
    return { kind: "targets", targets: node.form.items.map((item) => convertTarget(item, to)), span };
  if (node.typename === "Jinja" && node.form.form === "namespace-attribute")
    return { kind: "namespace-attribute", namespace: node.form.namespace, name: node.form.name, span };
  return raise("template-syntax", "Nothing can be assigned to this.", { span });
}

function convertLoopTarget(node: ParsedNode, to: Conversion): Target {
  const target = convertTarget(node, to);
  if (target.kind === "name" && target.name === "loop")
    raise("template-syntax", '"loop" is where the loop stands; an item cannot have this name.', { span: target.span });
  return target;
}

function checkParameters(parameters: readonly Parameter[]): void {
  const seen = new Set<string>();
  for (const { name, span, default: fallback } of parameters) {
    if (seen.has(name)) raise("template-syntax", `There is another parameter "${name}".`, { span });
    if (name === "caller" && fallback === undefined)
      raise("template-syntax", 'The parameter "caller" has no default.', {
        span,
        hint: 'Leave it out: the block of a call is known as "caller" without it.',
      });
    seen.add(name);
  }
}

/** Converts a routine, and sees which of the special names its body uses. */
function convertRoutine(
  from: { readonly name: string; readonly parameters: readonly ParsedParameter[]; readonly body: ParsedNode },
  span: Routine["span"],
  to: Conversion,
): Routine {
  const used = new Set<string>();
  const inside: Conversion = {
    ...to,
    isInLoop: false,
    usesName: (name) => {
      used.add(name);
      to.usesName(name);
    },
  };
  const parameters = from.parameters.map(({ name, default: value }): Parameter => ({
    name: nameOf(name),
    span: spanOf(to, name.colno, name.lineno),
    default: value === undefined ? undefined : convertExpression(value, inside),
  }));
  checkParameters(parameters);
  const body = convertBody(from.body, inside);
  const own = new Set(parameters.map((parameter) => parameter.name));
  return {
    file: to.file,
    name: from.name,
    parameters,
    body,
    usesVarargs: used.has("varargs") && !own.has("varargs"),
    usesKwargs: used.has("kwargs") && !own.has("kwargs"),
    usesCaller: used.has("caller"),
    span,
  };
}
