import { describe, expect, it } from "vitest";
import { error, warning } from "./diagnostic.ts";
import { isRaised, judgeWarnings, keepWarnings, type WarningRule } from "./warning-rule.ts";

const all: WarningRule = { ...keepWarnings, raised: "all" };

describe("a rule for warnings", () => {
  it.each<[string, WarningRule, boolean]>([
    ["keeps them", keepWarnings, false],
    ["raises all", all, true],
    ["raises all by another word", { ...keepWarnings, raised: ["all"] }, true],
    ["raises one by its code", { ...keepWarnings, raised: ["unused-config"] }, true],
    ["raises one by dbt's name", { ...keepWarnings, raised: ["UnusedResourceConfigPath"] }, true],
    ["raises another one", { ...keepWarnings, raised: ["unknown-resource"] }, false],
    ["spares one", { ...all, spared: ["UnusedResourceConfigPath"] }, false],
    ["silences one", { ...all, silenced: ["unused-config"] }, false],
  ])("%s", (_, rule, raised) => {
    expect(isRaised("unused-config", rule)).toBe(raised);
  });

  it("makes errors of the raised, leaves out the silenced, and touches no error", () => {
    const told = [error("x", "X."), warning("a", "A."), warning("b", "B."), warning("c", "C.")];
    const rule: WarningRule = { raised: ["b"], spared: [], silenced: ["c", "x"] };
    expect(judgeWarnings(told, rule)).toEqual([error("x", "X."), warning("a", "A."), error("b", "B.")]);
  });
});
