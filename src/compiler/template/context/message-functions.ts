import { warning } from "../../../domain/diagnostic.ts";
import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { printValue } from "../values/print-value.ts";
import { type CallableValue, type HostObject, orElse, type Value } from "../values/value.ts";
import type { ModelScope } from "./model-scope.ts";
import { namedAttributes } from "./named-attributes.ts";

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `log(message, info=false)`: with `info` the message is shown, without it goes to the log file alone. Prints nothing. */
export function logFunction({ recording }: Pick<ModelScope, "recording">): CallableValue {
  return callable("log", (call) => {
    const bound = bindArguments(call, { required: ["msg"], optional: ["info"] });
    recording.messages.push({ text: printValue(bound.msg), level: bound.info === true ? "info" : "debug" });
    return "";
  });
}

/** `print(message)`: the message is shown. */
export function printFunction({ recording }: Pick<ModelScope, "recording">): CallableValue {
  return callable("print", (call) => {
    const text = printValue(bindArguments(call, { required: ["msg"] }).msg);
    recording.messages.push({ text, level: "print" });
    return "";
  });
}

/** Failures that dbt has words for, and the arguments that their messages are made of. */
const failures: Readonly<
  Record<string, readonly [parameters: readonly string[], message: (parts: readonly string[]) => string]>
> = {
  missing_config: [["model", "name"], ([, name]) => `The config "${name ?? ""}" is missing.`],
  missing_materialization: [["model", "adapter_type"], () => "There is no such materialization."],
  missing_relation: [["relation", "model"], ([relation]) => `There is no relation ${relation ?? ""}.`],
  relation_wrong_type: [
    ["relation", "expected_type", "model"],
    ([relation, type]) => `${relation ?? ""} is no ${type ?? ""}.`,
  ],
  column_type_missing: [
    ["column_names"],
    ([names]) => `A contract needs a data_type for each column; it lacks those of ${names ?? ""}.`,
  ],
  raise_contract_error: [
    ["yaml_columns", "sql_columns"],
    ([yaml, sql]) => `The contract says ${yaml ?? ""}, and the query gives ${sql ?? ""}.`,
  ],
};

/** Functions that fail with the message that they are given. */
const raising: readonly string[] = [
  "raise_compiler_error",
  "raise_not_implemented",
  "raise_database_error",
  "raise_dependency_error",
  "raise_parsing_error",
  "raise_fail_fast_error",
];

/** `exceptions`: what a template says to fail, or to warn. */
export function exceptionsObject({ recording }: Pick<ModelScope, "recording">): HostObject {
  const plain = raising.map(
    (name) =>
      [
        name,
        callable(`exceptions.${name}`, (call) =>
          raise("raised", sentence(printValue(bindArguments(call, { required: ["msg"], optional: ["node"] }).msg))),
        ),
      ] as const,
  );
  const worded = Object.entries(failures).map(
    ([name, [parameters, message]]) =>
      [
        name,
        callable(`exceptions.${name}`, (call) => {
          const bound: Readonly<Record<string, Value | undefined>> = bindArguments(call, { optional: parameters });
          return raise("raised", message(parameters.map((each) => printValue(orElse(bound[each], () => "")))));
        }),
      ] as const,
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
    ...namedAttributes({ ...Object.fromEntries([...plain, ...worded]), warn }),
  };
}
