import { type Checked, failed, passed } from "../../domain/diagnostic.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";
import type { Sql } from "../../domain/sql.ts";
import { type CallArguments, noArguments } from "./call.ts";
import { bindRoutine } from "./evaluate/call-routine.ts";
import { callValue } from "./evaluate/call-value.ts";
import { evaluate } from "./evaluate/evaluate-expression.ts";
import type { Environment, Evaluation, Frame } from "./evaluate/evaluation.ts";
import { executeBody } from "./evaluate/execute-body.ts";
import { newOutput, outputSql, outputValue } from "./evaluate/output.ts";
import { ReturnSignal } from "./evaluate/return-signal.ts";
import type { Body, Routine } from "./syntax.ts";
import { placeError, TemplateError } from "./template-error.ts";
import { checkDefined } from "./values/missing-error.ts";
import type { CallableValue, Value } from "./values/value.ts";

/** What can be rendered: a template, a snapshot's or a docs block's body. */
export interface Renderable {
  readonly file: SourceFile;
  readonly body: Body;
}

function startEvaluation(span: Span, mode: Evaluation["mode"]): Evaluation {
  return { mode, depth: 0, span, via: [] };
}

/** Runs an evaluation; the author's mistake becomes a diagnostic at its place, everything else passes through. */
function checked<T>(evaluation: Evaluation, run: () => T): Checked<T> {
  try {
    return passed(run());
  } catch (error) {
    if (error instanceof ReturnSignal)
      return failed({
        code: "template-return",
        severity: "error",
        message: '"return" stands outside of a macro.',
        span: evaluation.span,
      });
    if (error instanceof TemplateError) return failed(placeError(error, evaluation.span, evaluation.via).diagnostic);
    throw error;
  }
}

function wholeFile(template: Renderable): Span {
  return { file: template.file, start: 0, end: template.file.text.length };
}

function rootFrame(environment: Environment, evaluation: Evaluation): Frame {
  return { names: new Map(), parent: undefined, environment, evaluation, via: [] };
}

/** What a template prints, every character with its origin. */
export function renderTemplate(template: Renderable, environment: Environment): Checked<Sql> {
  const evaluation = startEvaluation(wholeFile(template), "text");
  return checked(evaluation, () => {
    const output = newOutput();
    const completion = executeBody(template.body, rootFrame(environment, evaluation), output);
    if (typeof completion === "object") throw new ReturnSignal(completion.value);
    return outputSql(output);
  });
}

/** The value of a template that is one single expression, as YAML's values are; of any other template its text. */
export function renderNative(template: Renderable, environment: Environment): Checked<Value> {
  const evaluation = startEvaluation(wholeFile(template), "native");
  return checked(evaluation, () => {
    const frame = rootFrame(environment, evaluation);
    const [only, ...rest] = template.body;
    if (only?.kind === "output" && rest.length === 0) {
      const value = evaluate(only.expression, frame);
      if (environment.undefinedOutput === "error") checkDefined(value);
      return value;
    }
    const output = newOutput();
    executeBody(template.body, frame, output);
    return outputValue(output).sql.text;
  });
}

/**
 * A macro, test or materialization of any file as a value to put among the global names. Its body sees its arguments
 * and the environment's names, as they are when it is called.
 */
export function bindMacro(definition: Routine, environment: Environment): CallableValue {
  return bindRoutine(definition, {
    environment,
    parent: undefined,
    returnsFrom: "routine",
    via: (call) => [call.span, ...call.via],
    execute: executeBody,
  });
}

/** Calls a macro or function from outside of any template; `span` is what its messages say called it. */
export function callMacro(macro: Value, from: Partial<CallArguments> & { readonly span: Span }): Checked<Value> {
  const evaluation = startEvaluation(from.span, "text");
  return checked(evaluation, () =>
    callValue(macro, {
      positional: from.positional ?? noArguments.positional,
      named: from.named ?? noArguments.named,
      span: from.span,
      via: [],
      evaluation,
    }),
  );
}
