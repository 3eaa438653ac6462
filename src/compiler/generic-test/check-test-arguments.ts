import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { didYouMean } from "../nearest-name.ts";
import { type GenericTest, isBuiltinTest } from "../parse-macros.ts";
import { configKeys } from "../project/config-keys.ts";
import type { TestDeclaration } from "../project/parse-test-declarations.ts";

type Report = (diagnostic: Diagnostic) => void;

function checkKnown({ test, arguments: given }: TestDeclaration, parameters: readonly string[], report: Report): void {
  for (const { key, keySpan } of given)
    if (!parameters.includes(key))
      report(
        error("unknown-argument", `The test "${test}" takes no argument "${key}".`, {
          span: keySpan,
          hint: didYouMean(key, [...parameters, ...configKeys("test")]),
        }),
      );
}

/** A test of the project may ask whether an argument was given; those of tsdbt need all that have no default. */
function checkMissing({ test, span, ...declaration }: TestDeclaration, definition: GenericTest, report: Report): void {
  const given = new Set(["model", ...declaration.arguments.map(({ key }) => key)]);
  if (declaration.column !== undefined) given.add("column_name");
  for (const { name, default: fallback } of definition.parameters)
    if (fallback === undefined && !given.has(name))
      report(
        error("missing-argument", `The test "${test}" needs the argument "${name}".`, {
          span,
          hint: name === "column_name" ? "Declare it for a column." : undefined,
        }),
      );
}

/** Tells each argument of a test that its definition does not take, and those that a test of tsdbt cannot do without. */
export function checkTestArguments(declaration: TestDeclaration, definition: GenericTest, report: Report): void {
  const { test, span, column } = declaration;
  const parameters = definition.parameters.map(({ name }) => name).filter((name) => name !== "model");
  const own = declaration.arguments.find(({ key }) => key === "model");
  if (own !== undefined)
    report(error("test-argument", 'The argument "model" is what the test is declared for.', { span: own.keySpan }));
  const others = declaration.arguments.filter((argument) => argument !== own);
  if (!definition.usesKwargs) checkKnown({ ...declaration, arguments: others }, parameters, report);
  if (column !== undefined && !definition.usesKwargs && !parameters.includes("column_name"))
    report(
      error("test-argument", `The test "${test}" is not one for a column.`, {
        span,
        hint: "Declare it beside the columns, for the resource as a whole.",
      }),
    );
  if (isBuiltinTest(definition)) checkMissing(declaration, definition, report);
}
