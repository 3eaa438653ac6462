import type { DataMap } from "../../domain/data.ts";
import type { ConfigEntry } from "./config-entry.ts";
import { describedConfig, describedKeys } from "./described-keys.ts";
import type { YamlNode } from "./parse-yaml.ts";
import {
  anyMapping,
  asNode,
  mapping,
  oneOf,
  type Placed,
  placed,
  type Shape,
  type ShapeOf,
  strictListOf,
  text,
} from "./yaml-shape.ts";

/** Rows that a unit test gives or expects, as written. */
export interface FixtureDeclaration {
  readonly format: "dict" | "csv" | "sql";
  readonly rows: YamlNode | undefined;
  /** The name of a file below the fixtures' folder that has the rows. */
  readonly file: Placed<string> | undefined;
  readonly node: Placed<undefined>;
}

/** A unit test as a property file declares it. */
export interface UnitTestDeclaration {
  readonly name: Placed<string>;
  readonly model: Placed<string>;
  readonly description: string;
  readonly config: readonly ConfigEntry[];
  readonly given: readonly (FixtureDeclaration & { readonly input: Placed<string> })[];
  readonly expect: FixtureDeclaration;
  readonly overrides: {
    readonly macros: readonly { readonly name: Placed<string>; readonly value: YamlNode }[];
    readonly vars: DataMap;
    readonly environment: DataMap;
  };
}

const fixtureKeys = { format: oneOf("dict", "csv", "sql"), rows: asNode, fixture: placed(text) };

const given = mapping({ input: placed(text), ...fixtureKeys }, { what: "an input of a unit test", needs: ["input"] });

const expected = mapping(fixtureKeys, { what: "the rows that a unit test expects" });

const overrides = mapping(
  { macros: asNode, vars: anyMapping, env_vars: anyMapping },
  { what: "the overrides of a unit test" },
);

const unitTest = mapping(
  {
    ...describedKeys,
    model: placed(text),
    given: strictListOf(given),
    expect: expected,
    overrides,
  },
  { what: "a unit test", needs: ["name", "model", "expect"], unsupported: ["versions"] },
);

type Read = NonNullable<ShapeOf<typeof given>> | NonNullable<ShapeOf<typeof expected>>;

function fixtureOf({ value, span }: Read): FixtureDeclaration {
  const { format = "dict", rows, fixture } = value;
  return { format, rows, file: fixture, node: { value: undefined, span } };
}

function macrosOf(node: YamlNode | undefined): UnitTestDeclaration["overrides"]["macros"] {
  if (node?.kind !== "map") return [];
  return node.entries.map(({ key, keySpan, value }) => ({ name: { value: key, span: keySpan }, value }));
}

/** The unit tests of a property file. What lacks a name, a model or what it expects is told and left out. */
export const unitTests: Shape<readonly UnitTestDeclaration[]> = (node, report) =>
  strictListOf(unitTest)(node, report)?.flatMap(({ value }) => {
    const { name, model, description = "", given: inputs = [], expect, overrides: over } = value;
    if (name === undefined || model === undefined || expect === undefined) return [];
    return [
      {
        name,
        model,
        description,
        config: describedConfig(value),
        given: inputs.flatMap((read) =>
          read.value.input === undefined ? [] : [{ ...fixtureOf(read), input: read.value.input }],
        ),
        expect: fixtureOf(expect),
        overrides: {
          macros: macrosOf(over?.value.macros),
          vars: over?.value.vars ?? {},
          environment: over?.value.env_vars ?? {},
        },
      },
    ];
  });
