import { describe, expect, it } from "vitest";
import { bindArguments, bindPositions, type NamedCall } from "./bind-arguments.ts";
import { TemplateError } from "./template-error.ts";
import type { Value } from "./values/value.ts";

function call(positional: readonly Value[], named: Readonly<Record<string, Value>> = {}): NamedCall {
  return { name: "source", positional, named: new Map(Object.entries(named)) };
}

function mistake(run: () => unknown): readonly (string | undefined)[] {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return [error.diagnostic.code, error.diagnostic.message, error.diagnostic.hint];
    throw error;
  }
  return [];
}

const parameters = { required: ["source_name", "table_name"], optional: ["version"] } as const;

describe("binding arguments", () => {
  it("finds them by position and by name", () => {
    expect(bindArguments(call(["raw"], { table_name: "events" }), parameters)).toEqual({
      source_name: "raw",
      table_name: "events",
      version: undefined,
    });
    expect(bindPositions(call([1, null]), ["a", "b?", "c?"])).toEqual([1, null, undefined]);
  });

  it("takes None for an argument like any other", () => {
    expect(bindArguments(call([null, "b"]), parameters).source_name).toBeNull();
  });

  it.each<readonly [string, NamedCall, readonly (string | undefined)[]]>([
    ["a missing one", call(["raw"]), ["missing-argument", '"source" needs the argument "table_name".', undefined]],
    ["too many", call([1, 2, 3, 4]), ["too-many-arguments", '"source" takes 3 arguments at most, found 4.', undefined]],
    [
      "an unknown one",
      call([1, 2], { verson: 3 }),
      ["unknown-argument", '"source" takes no argument "verson".', 'Did you mean "version"?'],
    ],
    [
      "one that is given twice",
      call([1, 2], { table_name: 3 }),
      ["duplicate-argument", '"source" was given the argument "table_name" twice.', undefined],
    ],
  ])("refuses %s", (_, given, told) => {
    expect(mistake(() => bindArguments(given, parameters))).toEqual(told);
  });

  it("says so when a function takes none at all", () => {
    expect(mistake(() => bindArguments(call([1]), {}))[1]).toBe('"source" takes no arguments, found 1.');
    expect(mistake(() => bindPositions(call([1, 2]), ["a"]))[1]).toBe('"source" takes 1 argument at most, found 2.');
  });
});
