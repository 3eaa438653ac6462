import type { Span } from "../../../domain/source-file.ts";
import { returnFunction } from "../builtins.ts";
import type { CallArguments } from "../call.ts";
import type { Body, CallBlock, Capture, Expression, For, MacroDefinition, Statement } from "../syntax.ts";
import { raise } from "../template-error.ts";
import { isTrue, itemsOf, lengthOf } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { isUnknown, raiseMissing } from "../values/missing-error.ts";
import { isUndefined, type Value } from "../values/value.ts";
import { assign } from "./assign.ts";
import { bindRoutine } from "./call-routine.ts";
import { callValue } from "./call-value.ts";
import type { Completion } from "./completion.ts";
import { evaluateArguments } from "./evaluate-arguments.ts";
import { enter, routineDepth } from "./depth.ts";
import { evaluate, filterValue } from "./evaluate-expression.ts";
import type { Frame } from "./evaluation.ts";
import { childFrame, findName } from "./frame.ts";
import { startLoop } from "./loop.ts";
import { newOutput, type Output, outputValue, writeText, writeValue } from "./output.ts";

/** Executes statements one after another, printing to the output, until one of them jumps. */
export function executeBody(body: Body, frame: Frame, output: Output): Completion {
  const { evaluation } = frame;
  enter(evaluation, body[0]?.span ?? evaluation.span);
  let completion: Completion;
  for (const statement of body) {
    completion = executeStatement(statement, frame, output);
    if (completion !== undefined) break;
  }
  evaluation.depth--;
  return completion;
}

function executeStatement(node: Statement, frame: Frame, output: Output): Completion {
  switch (node.kind) {
    case "text":
      writeText(output, node, frame.via);
      return undefined;
    case "output": {
      const returned = returnedValue(node.expression, frame);
      if (returned !== undefined) return { value: returned };
      const value = evaluate(node.expression, frame);
      locate(node.expression.span, frame);
      writeValue(output, value, { span: node.expression.span, frame });
      return undefined;
    }
    case "do": {
      const returned = returnedValue(node.expression, frame);
      if (returned !== undefined) return { value: returned };
      evaluate(node.expression, frame);
      return undefined;
    }
    case "if": {
      const branch = node.branches.find(({ condition }) => isTrue(evaluate(condition, frame)));
      return executeBody(branch?.body ?? node.otherwise, frame, output);
    }
    case "for":
      return executeFor(node, frame, output);
    case "set":
      assign(node.target, evaluate(node.value, frame), frame);
      return undefined;
    case "capture":
      return executeCapture(node, frame, output);
    case "with": {
      const inner = childFrame(frame);
      for (const { target, value } of node.assignments) assign(target, evaluate(value, frame), inner);
      return executeBody(node.body, inner, output);
    }
    case "break":
    case "continue":
      return node.kind;
    case "call-block":
      return executeCallBlock(node, frame, output);
    case "macro":
      frame.names.set(node.name, bindLocalMacro(node, frame));
      return undefined;
    case "test-definition":
    case "materialization":
    case "snapshot":
    case "docs":
      return undefined;
  }
}

function locate(span: Span, frame: Frame): void {
  frame.evaluation.span = span;
  frame.evaluation.via = frame.via;
}

/** The value of a statement that is nothing but `return(value)`: much the most frequent way, and free of exceptions. */
function returnedValue(node: Expression, frame: Frame): Value | undefined {
  if (node.kind !== "call" || node.callee.kind !== "name" || node.callee.name !== "return") return undefined;
  const { positional, named, spread, spreadNamed } = node.arguments;
  const [value] = positional;
  const isPlain = positional.length === 1 && named.length === 0 && spread === undefined && spreadNamed === undefined;
  if (value === undefined || !isPlain || findName(node.callee, frame) !== returnFunction) return undefined;
  const returned = evaluate(value, frame);
  locate(node.span, frame);
  return returned;
}

/** A macro within a template sees the variables around its definition. */
function bindLocalMacro(node: MacroDefinition, frame: Frame): Value {
  return bindRoutine(node, {
    environment: frame.environment,
    parent: frame,
    returnsFrom: "routine",
    via: (call) => [call.span, ...call.via],
    execute: executeBody,
  });
}

function executeCapture(node: Capture, frame: Frame, output: Output): Completion {
  const captured = newOutput();
  const completion = executeBody(node.body, childFrame(frame), captured);
  if (completion !== undefined) return completion;
  let value: Value = outputValue(captured);
  for (const filter of node.filters) value = filterValue(value, filter, frame);
  if (node.target !== undefined) assign(node.target, value, frame);
  else writeValue(output, value, { span: node.filters.at(-1)?.span ?? node.span, frame });
  return undefined;
}

function executeCallBlock(node: CallBlock, frame: Frame, output: Output): Completion {
  const { call } = node;
  const callee = evaluate(call.callee, frame);
  locate(call.callee.span, frame);
  if (isUndefined(callee) && !isUnknown(callee)) raiseMissing(callee, "function");
  const found = evaluateArguments(call.arguments, (each) => evaluate(each, frame));
  const caller = bindRoutine(node.caller, {
    environment: frame.environment,
    parent: frame,
    returnsFrom: "caller",
    via: () => frame.via,
    execute: executeBody,
  });
  const given: CallArguments = { positional: found.positional, named: new Map([...found.named, ["caller", caller]]) };
  locate(call.span, frame);
  const value = callValue(callee, { ...given, span: call.span, via: frame.via, evaluation: frame.evaluation });
  writeValue(output, value, { span: call.span, frame });
  return undefined;
}

function executeFor(node: For, frame: Frame, output: Output): Completion {
  return runLoop({ node, frame, depth: 0 }, evaluate(node.iterable, frame), output);
}

interface LoopRun {
  readonly node: For;
  readonly frame: Frame;
  readonly depth: number;
}

function runLoop(run: LoopRun, over: Value, output: Output): Completion {
  const { node, frame, depth } = run;
  locate(node.iterable.span, frame);
  const items = itemsOf(over);
  if (items === undefined) return raise("template-type", `One cannot loop over ${describeType(over)}.`);
  const loop = startLoop({
    items: selected(items, node, frame),
    length: node.condition === undefined ? lengthOf(over) : undefined,
    depth,
    recurse: node.recursive
      ? (inner) => {
          const printed = newOutput();
          frame.evaluation.depth += routineDepth;
          runLoop({ node, frame, depth: depth + 1 }, inner, printed);
          frame.evaluation.depth -= routineDepth;
          return outputValue(printed);
        }
      : undefined,
  });
  let isEmpty = true;
  for (let item = loop.next(); item !== undefined; item = loop.next()) {
    const inner = childFrame(frame);
    inner.names.set("loop", loop.value);
    assign(node.target, item, inner);
    const completion = executeBody(node.body, inner, output);
    if (completion === "break") break;
    if (typeof completion === "object") return completion;
    // As in Jinja, where "else" follows whenever no pass came to its end, be it for a "break" or a "continue".
    if (completion === undefined) isEmpty = false;
  }
  return isEmpty ? executeBody(node.otherwise, childFrame(frame), output) : undefined;
}

const mostGrowth = 1_000_000;

/** The items that the loop's condition lets through, each tested when its turn comes. */
function* selected(items: Iterable<Value>, node: For, frame: Frame): Generator<Value, undefined> {
  let count = 0;
  for (const item of items) {
    if (++count > mostGrowth)
      raise("template-size", `A loop goes over ${mostGrowth} items at most.`, { span: node.iterable.span });
    if (node.condition !== undefined) {
      const inner = childFrame(frame);
      assign(node.target, item, inner);
      if (!isTrue(evaluate(node.condition, inner))) continue;
    }
    yield item;
  }
  return undefined;
}
