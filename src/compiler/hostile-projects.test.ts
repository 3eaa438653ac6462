import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { compileLiteral, literalSettings, parseLiteralSettings } from "../../test/literal-project.ts";

/** The words of the grammar, and names that JavaScript's objects have by themselves. */
const words = [
  ..."version models seeds sources name description config columns data_tests tests tags meta tables ingest".split(" "),
  ..."from to id event_time file required keys schema database identifier arguments severity where limit".split(" "),
  ..."unique not_null accepted_values relationships values field quote data_type enabled materialized alias".split(" "),
  ..."unique_key full_refresh column_types delimiter vars a b s t {{ref('a')}} {{var('v')}} {{nope}} ref('a')".split(
    " ",
  ),
  ..."constructor __proto__ toString hasOwnProperty".split(" "),
];

const word = fc.constantFrom(...words);

const { tree: anything } = fc.letrec((tie) => ({
  leaf: fc.oneof(word, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.string()),
  tree: fc.oneof(
    { maxDepth: 6, depthSize: "large" },
    tie("leaf"),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(word, tie("tree"), { maxKeys: 5 }),
  ),
}));

/** Nearly a property file: lists of mappings where they belong, anything within. */
const properties = fc.record(
  {
    models: fc.array(
      fc.record({ name: fc.constantFrom("a", "b"), columns: anything, data_tests: anything, config: anything }),
      { maxLength: 2 },
    ),
    seeds: fc.array(fc.record({ name: fc.constant("s"), config: anything }), { maxLength: 1 }),
    sources: fc.array(
      fc.record({
        name: word,
        config: anything,
        tables: fc.array(fc.record({ name: word, ingest: anything, columns: anything, data_tests: anything }), {
          maxLength: 2,
        }),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

function write(data: unknown): string {
  return stringify(data, {
    version: "1.1",
    defaultStringType: "QUOTE_DOUBLE",
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

const resources = {
  "models/a.sql": "{{ config(tags=['x']) }}select 1 as id",
  "models/b.sql": "{{ config(materialized='incremental') }}select * from {{ ref('a') }}",
  "seeds/s.csv": "a,b\n1,x\n",
  "macros/m.sql": "{% test t(model, a=none) %}select {{ a }} from {{ model }}{% endtest %}",
};

describe("a project of any shape", () => {
  it("is compiled or told, in whole sentences, and never breaks the compiler", () => {
    fc.assert(
      fc.property(fc.oneof(properties, anything), anything, anything, (described, models, tests) => {
        const settings = `${literalSettings}${write({ models, data_tests: tests })}`;
        const head = parseLiteralSettings(settings);
        const files = { ...resources, "models/p.yml": write(described), "project.yml": settings };
        const { told } = head.parsed === undefined ? head : compileLiteral(files);
        for (const line of told)
          expect(line).toMatch(/^(?:error|warning) [a-z-]+ \S+(?: «[^]*?»)? [^]*\.(?: → | \| |$)/u);
      }),
      { numRuns: 300 },
    );
  });
});
