import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Sql } from "../../domain/sql.ts";
import type { Environment } from "./evaluate/evaluation.ts";
import { parseTemplate } from "./parse-template.ts";
import { renderNative, renderTemplate } from "./render-template.ts";

const path = join(import.meta.dirname, "../../../test/jinja/cases.json");
const templates = (JSON.parse(readFileSync(path, "utf8")) as readonly { readonly template: string }[]).map(
  ({ template }) => template,
);

const pieces: readonly string[] = [
  ...Array.from("{}()[]%#-+|~'\"\\=.,:*/<>!& \n\r\t0_x😀\u0000\u2028"),
  ...[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "**",
    "//",
    "is ",
    "not ",
    "in ",
    "if ",
    "else ",
    "for x in ",
    "endif",
    "endfor",
  ],
  ...[
    "set x = ",
    "macro m(a) ",
    "endmacro",
    "call ",
    "raw ",
    "endraw",
    "m()",
    "loop(",
    "caller()",
    "return(1)",
    "none",
    "'%s'",
  ],
  ...[
    "'{}'",
    "e308",
    "99999999999999999999",
    "range(99999)",
    " * 99999999",
    " ** 999999",
    "|center(999999999)",
    "[::-1]",
  ],
];

/** One change to a text: something put in, taken out, or repeated at a place given as a share of its length. */
interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly insert: string;
  readonly times: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 5 }),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...pieces), fc.constantFrom(...templates)),
  times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 60 }) }),
});

function mutate(text: string, { at, length, insert, times }: Mutation): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + (insert + text.slice(start, start + length)).repeat(times) + text.slice(start + length);
}

const hostile: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...templates), fc.array(mutation, { minLength: 1, maxLength: 5 }))
  .map(([template, mutations]) => mutations.reduce(mutate, template));

const environment: Environment = {
  find: (name) => (name === "x" ? null : undefined),
  names: () => ["x"],
  undefinedOutput: "empty",
};

function expectPlaced(diagnostics: readonly Diagnostic[], text: string): void {
  expect(diagnostics.length).toBeGreaterThan(0);
  for (const { message, span } of diagnostics) {
    expect(message).toMatch(/^[A-Z"].*\.$/su);
    expect(span === undefined ? -1 : span.start).toBeGreaterThanOrEqual(0);
    expect(span?.end ?? Infinity).toBeLessThanOrEqual(text.length);
    expect(span?.end ?? -1).toBeGreaterThanOrEqual(span?.start ?? 0);
  }
}

function expectCovered({ text, origins }: Sql): void {
  let end = 0;
  for (const origin of origins) {
    expect(origin.at).toBe(end);
    end = origin.at + origin.length;
  }
  expect(end).toBe(text.length);
}

describe("templates that were broken at random", () => {
  it("give text with an origin for every character, or diagnostics at their places, and nothing else", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const parsed = parseTemplate({ path: "m.sql", text });
        if (!parsed.ok) {
          expectPlaced(parsed.diagnostics, text);
          return;
        }
        const rendered = renderTemplate(parsed.value, environment);
        if (rendered.ok) expectCovered(rendered.value);
        else expectPlaced(rendered.diagnostics, text);
        renderNative(parsed.value, { ...environment, undefinedOutput: "error" });
      }),
      { numRuns: 4000 },
    );
  });
});
