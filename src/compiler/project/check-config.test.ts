import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Data } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { checkConfig } from "./check-config.ts";
import type { ConfiguredType } from "./config-keys.ts";

function check(type: ConfiguredType, values: Readonly<Record<string, Data>>): readonly string[] {
  const diagnostics: Diagnostic[] = [];
  const spans = Object.fromEntries(
    Object.keys(values).map((key) => [key, { file: { path: "p.yml", text: key }, start: 0, end: key.length }]),
  );
  checkConfig({ values, spans }, type, (each) => diagnostics.push(each));
  return diagnostics.map(told);
}

describe("the config of a resource", () => {
  it.each<[ConfiguredType, string]>([["test", "sql_header"]])(
    "of a %s is refused where it would change what is built: %s",
    (type, key) => {
      expect(check(type, { [key]: "x" })).toEqual([
        `error unsupported-config p.yml:1:1 «${key}» tsdbt does not honour the config "${key}" yet.`,
      ]);
      expect(check(type, { [key]: [] })).toEqual([]);
      expect(check(type, { [key]: null })).toEqual([]);
    },
  );

  it("is refused for the contract of a seed only where that is enforced", () => {
    expect(check("seed", { contract: { enforced: true } })).toEqual([
      'error unsupported-config p.yml:1:1 «contract» tsdbt does not honour the config "contract" yet.',
    ]);
    expect(check("model", { contract: { enforced: true } })).toEqual([]);
    expect(check("seed", { contract: { enforced: false } })).toEqual([]);
  });

  it("may have keys of the author's own, but is told what looks like a slip of the pen", () => {
    expect(check("model", { owner: "me", materialised: "table" })).toEqual([
      'warning unknown-config p.yml:1:1 «materialised» The config "materialised" means nothing to tsdbt. → Did you mean "materialized"?',
    ]);
    expect(check("test", { severty: "warn" })).toEqual([
      'warning unknown-config p.yml:1:1 «severty» The config "severty" means nothing to tsdbt. → Did you mean "severity"?',
    ]);
  });

  it.each<[ConfiguredType, string, Data, string]>([
    ["model", "enabled", "no", 'true or false, found "no"'],
    ["model", "full_refresh", 1, "true or false, found 1"],
    ["model", "alias", 2024, "text, found 2024"],
    ["seed", "schema", ["a"], 'text, found ["a"]'],
    ["source", "meta", "x", 'a mapping, found "x"'],
    ["model", "tags", ["a", 1], 'a text or a list of texts, found ["a",1]'],
    ["model", "unique_key", { a: 1 }, 'a text or a list of texts, found {"a":1}'],
    ["test", "limit", "5", 'a whole number of at least 1, found "5"'],
    ["test", "limit", 0, "a whole number of at least 1, found 0"],
    ["test", "where", true, "text, found true"],
    ["test", "warn_if", 5, "text, found 5"],
    ["seed", "column_types", "x", 'a mapping, found "x"'],
  ])("of a %s is told where %s is %j", (type, key, value, message) => {
    expect(check(type, { [key]: value })).toEqual([
      `error config-value p.yml:1:1 «${key}» The config "${key}" is ${message}.`,
    ]);
  });

  it("counts null as not set", () => {
    expect(check("model", { enabled: null, alias: null, tags: null, meta: null })).toEqual([]);
  });
});
