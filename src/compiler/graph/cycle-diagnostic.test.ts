import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import { cycleDiagnostic, type CycleLink } from "./cycle-diagnostic.ts";

function link(name: string, next: string): CycleLink {
  const text = `ref('${next}')`;
  return { name, span: { file: { path: `${name}.sql`, text }, start: 0, end: text.length } };
}

describe("a cycle", () => {
  it("is told as one path, each model with the line that leads on", () => {
    expect(told(cycleDiagnostic([link("a", "b"), link("b", "c"), link("c", "a")]))).toBe(
      'error cycle a.sql:1:1 «ref(\'b\')» The models depend on each other in a circle: a → b → c → a. → Take one of these references away. | "b" reads from "c". b.sql:1:1 «ref(\'c\')» | "c" reads from "a". c.sql:1:1 «ref(\'a\')»',
    );
  });

  it("of one model says how a model reads its own rows", () => {
    expect(told(cycleDiagnostic([link("a", "a")]))).toBe(
      "error cycle a.sql:1:1 «ref('a')» The models depend on each other in a circle: a → a. → A model reads its own rows by {{ this }}.",
    );
  });

  it("has at least one model", () => {
    expect(() => cycleDiagnostic([])).toThrow("a cycle has at least one resource");
  });
});
