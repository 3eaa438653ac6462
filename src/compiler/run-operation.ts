import type { DataMap } from "../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../domain/diagnostic.ts";
import { type Script, tell } from "../domain/script.ts";
import type { SourceFile, Span } from "../domain/source-file.ts";
import type { Told } from "../domain/told.ts";
import { compileAsking } from "./asking-context.ts";
import type { CompileContext } from "./compile-model.ts";
import { linkedEnvironment } from "./render-resource.ts";
import { attributeOf } from "./template/methods/access.ts";
import { callMacro } from "./template/render-template.ts";
import { fromData } from "./template/values/convert-data.ts";
import { isUndefined, type Value } from "./template/values/value.ts";

/** A macro that is called by itself, with arguments by name. */
export interface Operation {
  /** `macro`, or `package.macro`. */
  readonly name: string;
  readonly arguments: DataMap;
}

/** Calls a macro and has the statements that it asks for run, each taking effect by itself. */
export type Operate = (operation: Operation) => Checked<Script<Checked<undefined>>>;

interface FoundMacro {
  readonly macro: Value;
  readonly told: Told;
}

interface CalledMacro {
  readonly told: Told;
  readonly faults: readonly Diagnostic[];
}

/** What a macro said is said, whether it came to its end or not. */
function* operate(calling: Script<Checked<CalledMacro>>): Script<Checked<undefined>> {
  const called = yield* calling;
  if (!called.ok) return called;
  const { told, faults } = called.value;
  yield* tell(told);
  return faults.length > 0 ? failed(...faults) : passed(undefined);
}

function findOperation({ name }: Operation, span: Span, context: CompileContext): FoundMacro | undefined {
  const { settings } = context;
  const { target, dialect, name: packageName } = settings;
  const resource = {
    uniqueId: `operation.${packageName}.${name}`,
    name,
    packageName,
    fqn: [packageName, name],
    path: span.file.path,
  };
  const relation = { database: target.database, schema: target.schema, identifier: name };
  const { environment, recording } = linkedEnvironment({ resource, relation, dialect, config: {} }, "full", context);
  const [first = "", ...rest] = name.split(".");
  const macro = rest.reduce<Value | undefined>(
    (value, part) => (value === undefined ? undefined : attributeOf(value, part)),
    environment.find(first),
  );
  const isMacro = typeof macro === "object" && macro?.kind === "callable";
  return isMacro && !isUndefined(macro) ? { macro, told: recording } : undefined;
}

/** The operations of a project. */
export function operations(context: CompileContext): Operate {
  const { dialect } = context.settings;
  return (operation) => {
    const file: SourceFile = { path: "run-operation", text: operation.name };
    const span: Span = { file, start: 0, end: operation.name.length };
    if (findOperation(operation, span, context) === undefined)
      return failed(error("unknown-macro", `There is no macro "${operation.name}" in the project and its packages.`));
    const named = new Map(Object.entries(operation.arguments).map(([key, value]) => [key, fromData(value)] as const));
    const call = (each: CompileContext): Checked<CalledMacro> => {
      const found = findOperation(operation, span, each);
      if (found === undefined) throw new Error("a macro is there, and then it is not");
      const called = callMacro(found.macro, { span, named });
      return passed({ told: found.told, faults: called.ok ? [] : called.diagnostics });
    };
    return passed(operate(compileAsking({ context, dialect }, call)));
  };
}
