import { describe, expect, it } from "vitest";
import { ephemeralName, ephemeralValue, quotedIdentifier, quotedName, relationValue } from "./relation-value.ts";

const relation = { database: "shop", schema: "main", identifier: "dau" };

describe("the name of a relation", () => {
  it("has every part within the quotes of the dialect", () => {
    expect(quotedName(relation, "duckdb")).toBe('"shop"."main"."dau"');
    expect(quotedName(relation, "bigquery")).toBe("`shop`.`main`.`dau`");
  });

  it.each([
    ['a"b', '"a""b"', '`a"b`'],
    ["a`b", '"a`b"', "`a\\`b`"],
    ["a\\b", '"a\\b"', "`a\\\\b`"],
    ["größe 日本", '"größe 日本"', "`größe 日本`"],
  ])("keeps %s whole", (name, duckdb, bigquery) => {
    expect([quotedIdentifier(name, "duckdb"), quotedIdentifier(name, "bigquery")]).toEqual([duckdb, bigquery]);
  });
});

describe("a relation as templates see it", () => {
  it("equals another one of the same name, whatever its case and dialect", () => {
    const value = relationValue(relation, "duckdb");
    expect(value.equals?.(relationValue({ ...relation, identifier: "DAU" }, "bigquery"))).toBe(true);
    expect(value.equals?.(relationValue({ ...relation, schema: "other" }, "duckdb"))).toBe(false);
    expect(value.equals?.("dau")).toBe(false);
    expect(value.equals?.(null)).toBe(false);
  });

  it("has its parts and nothing of JavaScript's", () => {
    const value = relationValue(relation, "duckdb");
    expect(value.attribute?.("schema")).toBe("main");
    expect(["constructor", "toString", "__proto__"].map((name) => value.attribute?.(name))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("an ephemeral model as templates see it", () => {
  it("prints as the name of its query", () => {
    const value = ephemeralValue(relation, "duckdb");
    expect([value.print(), value.attribute?.("identifier"), value.attribute?.("schema")]).toEqual([
      "__dbt__cte__dau",
      "__dbt__cte__dau",
      null,
    ]);
  });

  it.each([
    ["dau_2", "__dbt__cte__dau_2", "__dbt__cte__dau_2"],
    ["my dau", '"__dbt__cte__my dau"', "`__dbt__cte__my dau`"],
    ['x" as (select 1)', '"__dbt__cte__x"" as (select 1)"', '`__dbt__cte__x" as (select 1)`'],
  ])("%s has quotes only where it has to", (identifier, duckdb, bigquery) => {
    expect([ephemeralName(identifier, "duckdb"), ephemeralName(identifier, "bigquery")]).toEqual([duckdb, bigquery]);
  });
});
