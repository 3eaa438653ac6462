import { warning } from "../../../domain/diagnostic.ts";
import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { printValue } from "../values/print-value.ts";
import type { CallableValue, HostObject } from "../values/value.ts";
import type { ModelScope } from "./model-scope.ts";
import { namedAttributes } from "./named-attributes.ts";

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `log(message, info=false)`: with `info` the message is shown, without it is kept from the terminal. Prints nothing. */
export function logFunction({ recording }: Pick<ModelScope, "recording">): CallableValue {
  return callable("log", (call) => {
    const bound = bindArguments(call, { required: ["msg"], optional: ["info"] });
    if (bound.info === true) recording.messages.push(printValue(bound.msg));
    return "";
  });
}

/** `print(message)`: the message is shown. */
export function printFunction({ recording }: Pick<ModelScope, "recording">): CallableValue {
  return callable("print", (call) => {
    recording.messages.push(printValue(bindArguments(call, { required: ["msg"] }).msg));
    return "";
  });
}

/** `exceptions.raise_compiler_error(message)` and `exceptions.warn(message)`. */
export function exceptionsObject({ recording }: Pick<ModelScope, "recording">): HostObject {
  const fail = callable("exceptions.raise_compiler_error", (call) =>
    raise("raised", sentence(printValue(bindArguments(call, { required: ["msg"], optional: ["node"] }).msg))),
  );
  const warn = callable("exceptions.warn", (call) => {
    const message = sentence(printValue(bindArguments(call, { required: ["msg"], optional: ["node"] }).msg));
    recording.warnings.push(warning("raised", message, { span: call.span }));
    return "";
  });
  return {
    kind: "object",
    typeName: "exceptions",
    print: () => "",
    ...namedAttributes({ raise_compiler_error: fail, warn }),
  };
}
