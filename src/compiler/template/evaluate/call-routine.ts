import type { SourceFile, Span } from "../../../domain/source-file.ts";
import { didYouMean } from "../../nearest-name.ts";
import type { Call } from "../call.ts";
import type { Routine } from "../syntax.ts";
import { placeError, raise, TemplateError } from "../template-error.ts";
import { dict } from "../values/dict.ts";
import { type CallableValue, missing, nothing, orElse, tuple, type Value } from "../values/value.ts";
import { routineDepth } from "./depth.ts";
import { evaluate } from "./evaluate-expression.ts";
import type { Completion } from "./completion.ts";
import type { Environment, Frame } from "./evaluation.ts";
import { newOutput, type Output, outputValue } from "./output.ts";
import { ReturnSignal } from "./return-signal.ts";

/** Where a routine's body finds names that are not its own, and what it shows as the calls that led to it. */
export interface RoutineScope {
  readonly environment: Environment;
  readonly parent: Frame | undefined;
  /** What `return` in the body ends: the routine itself, or for the block of a call the macro that was called. */
  readonly returnsFrom: "routine" | "caller";
  /** The calls that led to the body, given the call of the routine. */
  readonly via: (call: Call) => readonly Span[];
  readonly execute: (body: Routine["body"], frame: Frame, output: Output) => Completion;
}

/** A macro, test or caller as something to call: it gives what its body prints, or what it returns. */
export function bindRoutine(routine: Routine, scope: RoutineScope): CallableValue {
  return {
    kind: "callable",
    name: routine.name,
    label: `<Macro '${routine.name}'>`,
    routine,
    call: (call) => callRoutine(routine, scope, call),
  };
}

function callRoutine(routine: Routine, scope: RoutineScope, call: Call): Value {
  const { evaluation } = call;
  const { depth } = evaluation;
  evaluation.depth += routineDepth;
  const frame: Frame = {
    names: new Map(),
    parent: scope.parent,
    environment: scope.environment,
    evaluation,
    via: scope.via(call),
  };
  bindRoutineArguments(routine, frame, call);
  const output = newOutput();
  try {
    const completion = scope.execute(routine.body, frame, output);
    evaluation.depth = depth;
    if (typeof completion !== "object") return outputValue(output);
    if (scope.returnsFrom === "routine") return completion.value;
    throw new ReturnSignal(completion.value);
  } catch (error) {
    if (error instanceof ReturnSignal && scope.returnsFrom === "routine") {
      evaluation.depth = depth;
      return error.value;
    }
    throw error instanceof TemplateError ? placeError(error, evaluation.span, evaluation.via) : error;
  }
}

function bindRoutineArguments(routine: Routine, frame: Frame, call: Call): void {
  const { parameters } = routine;
  const rest = new Map(call.named);
  parameters.forEach(({ name }, index) => {
    const value = index < call.positional.length ? call.positional[index] : taken(rest, name);
    if (value !== undefined) frame.names.set(name, value);
  });
  bindSpecialNames(routine, { frame, rest, call });
  for (const { name, default: fallback } of parameters)
    if (!frame.names.has(name))
      frame.names.set(
        name,
        fallback === undefined ? missing({ what: "argument", routine: routine.name, name }) : evaluate(fallback, frame),
      );
}

function taken(rest: Map<string, Value>, name: string): Value | undefined {
  const value = rest.get(name);
  rest.delete(name);
  return value;
}

function bindSpecialNames(
  routine: Routine,
  at: { readonly frame: Frame; readonly rest: Map<string, Value>; readonly call: Call },
): void {
  const { frame, rest, call } = at;
  const names = routine.parameters.map((parameter) => parameter.name);
  if (routine.usesCaller && !names.includes("caller")) {
    frame.names.set(
      "caller",
      orElse(rest.get("caller"), () => nothing(`"${routine.name}" was not called by a call block`)),
    );
    rest.delete("caller");
  }
  if (routine.usesKwargs) frame.names.set("kwargs", dict(rest));
  else for (const name of rest.keys()) raiseUnknown(routine, name, names);
  const more = call.positional.slice(names.length);
  if (routine.usesVarargs) frame.names.set("varargs", tuple(more));
  else if (more.length > 0)
    raise(
      "too-many-arguments",
      `The macro "${routine.name}" takes ${countArguments(names.length)}, found ${call.positional.length}.`,
      { related: [definedHere(routine)] },
    );
}

function countArguments(count: number): string {
  if (count === 0) return "no arguments";
  return count === 1 ? "1 argument at most" : `${count} arguments at most`;
}

function raiseUnknown(routine: Routine, name: string, names: readonly string[]): never {
  const related = [definedHere(routine)];
  if (name === "caller")
    raise("unknown-argument", `The macro "${routine.name}" does not use the block of a call.`, {
      related,
      hint: 'Its body says "{{ caller() }}" where the block belongs.',
    });
  if (names.includes(name))
    raise("duplicate-argument", `The macro "${routine.name}" was given the argument "${name}" twice.`, { related });
  return raise("unknown-argument", `The macro "${routine.name}" takes no argument "${name}".`, {
    related,
    hint: didYouMean(name, names),
  });
}

function definedHere(routine: Routine): { readonly message: string; readonly span: Span } {
  const end = endOfLine(routine.file, routine.span);
  return { message: "It is defined here.", span: { ...routine.span, end } };
}

/** The end of the opening tag is not kept; the first line is what a reader wants to see. */
function endOfLine(file: SourceFile, span: Span): number {
  const end = file.text.indexOf("\n", span.start);
  return end === -1 ? span.end : Math.min(end, span.end);
}
