import { refuse } from "../refusal.ts";
import { openScope } from "../scope/scope.ts";
import type { Call } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { typeText } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import type { Context, UserFunction } from "./context.ts";
import { refuseVolatile } from "./operators.ts";

/** Translates the call of a function that the script has defined: its expression, with the arguments in place of the parameters. */
export function translateUserCall(call: Call, definition: UserFunction, context: Context): Value {
  const { parameters, returns, name } = definition;
  if (call.arguments.length !== parameters.length)
    refuse(
      "argument-count",
      `${name} takes ${parameters.length} arguments, not ${call.arguments.length}.`,
      call.namePlace,
    );
  const names = new Map<string, Value>();
  call.arguments.forEach((argument, index) => {
    const parameter = parameters[index];
    const given = context.translation.translateExpression(argument.value, context);
    if (given.isVolatile) refuseVolatile(given.place);
    const value = parameter?.type === undefined ? given : coerce(given, parameter.type);
    if (value === undefined || parameter === undefined)
      refuse(
        "argument-type",
        `${name} takes a value of type ${typeText(parameter?.type ?? given.type)} here, not ${typeText(given.type)}.`,
        given.place,
      );
    names.set(parameter.name.toLowerCase(), { ...value, constant: undefined });
  });
  const inner: Context = { ...context, scope: { ...openScope(undefined), names } };
  const result = context.translation.translateExpression(definition.body, inner);
  const fitted = returns === undefined ? result : coerce(result, returns);
  if (fitted === undefined)
    refuse(
      "argument-type",
      `${name} should give a value of type ${typeText(returns ?? result.type)}, and gives ${typeText(result.type)}.`,
      call.namePlace,
    );
  return { ...fitted, place: { start: call.start, end: call.end }, name: undefined };
}
