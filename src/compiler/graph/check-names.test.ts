import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import { checkNames, type NamedResource } from "./check-names.ts";

function named(path: string, given: Partial<NamedResource> = {}): NamedResource {
  const name = path.replace(/^.*\/|\..*$/gu, "");
  const relation = { database: "shop", schema: "main", identifier: name };
  const span = { file: { path, text: "" }, start: 0, end: 0 };
  return { kind: "model", name, packageName: "shop", isReferable: true, relation, span, ...given };
}

function check(...resources: readonly NamedResource[]): readonly string[] {
  return checkNames(resources).map(told);
}

describe("the names of a project's resources", () => {
  it("are fine where each is its own", () => {
    expect(check(named("a.sql"), named("b.sql"), named("s.csv", { kind: "seed" }))).toEqual([]);
  });

  it("are told where they have spaces, but not for tables that somebody else has named", () => {
    expect(
      check(named("my a.sql"), named("s.yml", { kind: "ingested table", name: "my t", isReferable: false })),
    ).toEqual([
      'error resource-name my a.sql:1:1 «» The name of the model "my a" has a space in it. → Rename its file.',
    ]);
  });

  it("are told where two models have one, and a third", () => {
    expect(check(named("x/a.sql"), named("y/a.sql"), named("z/a.sql"))).toEqual([
      'error duplicate-name y/a.sql:1:1 «» There are two resources named "a"; this model needs a name of its own. | The other model is here. x/a.sql:1:1 «»',
      'error duplicate-name z/a.sql:1:1 «» There are two resources named "a"; this model needs a name of its own. | The other model is here. x/a.sql:1:1 «»',
    ]);
  });

  it("are told where a seed has that of a model", () => {
    expect(check(named("a.sql"), named("a.csv", { kind: "seed" }))).toEqual([
      'error duplicate-name a.csv:1:1 «» There are two resources named "a"; this seed needs a name of its own. | The other model is here. a.sql:1:1 «»',
    ]);
  });

  it("are told where two would write one relation, whatever the case of its letters", () => {
    const relation = { database: "shop", schema: "main", identifier: "A" };
    expect(check(named("a.sql"), named("b.sql", { relation }), named("x/a.sql"))).toEqual([
      'error duplicate-name x/a.sql:1:1 «» There are two resources named "a"; this model needs a name of its own. | The other model is here. a.sql:1:1 «»',
      'error duplicate-name b.sql:1:1 «» The model "b" would write shop.main.A, which the model "a" writes too. | The other model is here. a.sql:1:1 «»',
    ]);
  });

  it("leave aside what has no relation, and names that no ref finds", () => {
    const relation = { database: "shop", schema: "raw", identifier: "a" };
    expect(check(named("a.sql", { relation: undefined }), named("b.sql", { relation: undefined }))).toEqual([]);
    expect(
      check(named("a.sql"), named("s.yml", { kind: "ingested table", name: "a", isReferable: false, relation })),
    ).toEqual([]);
  });
});
