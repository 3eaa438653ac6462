import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { checkRequiredVersion } from "./required-version.ts";

function check(...conditions: readonly string[]): readonly string[] {
  const diagnostics: Diagnostic[] = [];
  const file = { path: "dbt_project.yml", text: conditions.join("\n") };
  const placed = conditions.map((value) => ({ value, span: { file, start: 0, end: value.length } }));
  checkRequiredVersion(placed, "1.11.6", (each) => diagnostics.push(each));
  return diagnostics.map(told);
}

describe("the version that a project asks for", () => {
  it.each([
    [">=1.0.0"],
    ["<2.0.0"],
    [">=1.0.0,<2.0.0"],
    ["1.11.6"],
    ["=1.11.6"],
    [">1.11.5"],
    ["<=1.11.6"],
    [">=1.3.0-rc1"],
    [">=1.7"],
  ])("is met: %s", (condition) => {
    expect(check(condition)).toEqual([]);
  });

  it.each([[">=2.0.0"], ["<1.0.0"], ["1.11.5"], [">1.11.6"], [">=1.0.0,<1.11.0"]])("is not met: %s", (condition) => {
    expect(check(condition)).toHaveLength(1);
    expect(check(condition)[0]).toContain("and tsdbt does as dbt 1.11.6 does.");
  });

  it("is told where it is none", () => {
    expect(check("abc")).toEqual([
      'error dbt-version dbt_project.yml:1:1 «abc» "abc" is no condition for a version. → Write ">=1.3.0".',
    ]);
  });
});
