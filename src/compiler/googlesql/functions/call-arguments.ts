import type { Code } from "../code.ts";
import type { Context } from "../emit/context.ts";
import { refuse } from "../refusal.ts";
import type { Call, Expression } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { type DataType, scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";

/** The least and the greatest number of arguments that a call may have. */
export type Counts = readonly [least: number, most: number];

/** Refuses a call with too few or too many arguments. */
export function requireCount(call: Call, [least, most]: Counts): void {
  const count = call.arguments.length;
  if (!call.hasStar && count >= least && count <= most) return;
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  const found = call.hasStar ? '"*"' : String(count);
  refuse("argument-count", `${call.name} takes ${wanted} arguments, not ${found}.`, call.namePlace);
}

/** An argument that must be there. */
export function argumentAt(call: Call, index: number): Expression {
  const argument = call.arguments[index];
  if (argument === undefined) refuse("argument-count", `${call.name} lacks an argument.`, call.namePlace);
  return argument.value;
}

/** The translated arguments of a call that takes none by name. */
export function translatedArguments(call: Call, context: Context, counts: Counts): readonly Value[] {
  requireCount(call, counts);
  for (const { name } of call.arguments)
    if (name !== undefined) refuse("unknown-argument", `${call.name} has no argument "${name.text}".`, name);
  return call.arguments.map(({ value }) => context.translation.translateExpression(value, context));
}

/** The argument as a STRING, or a refusal. */
export function textArgument(value: Value | undefined, call: Call): Value {
  const text = value === undefined ? undefined : coerce(value, scalar("STRING"));
  if (text !== undefined) return text;
  const found = value === undefined ? "" : `, not ${typeText(value.type)}`;
  const code = value?.type.kind === "UNKNOWN" ? "untyped" : "argument-type";
  refuse(code, `${call.name} takes a STRING here${found}.`, value?.place ?? call.namePlace);
}

/** The value that a call gives. */
export function callValue(
  call: Call,
  result: {
    readonly code: Code;
    readonly type: DataType;
    readonly isCompound?: boolean;
    readonly isNullable?: boolean;
  },
  operands: readonly Value[],
): Value {
  return makeValue({ ...result, place: { start: call.start, end: call.end } }, operands);
}
