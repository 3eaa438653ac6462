import { describe, expect, it } from "vitest";
import { describeChange, schemaChange } from "./schema-change.ts";

const table = [
  { name: "id", type: "BIGINT" },
  { name: "Name", type: "VARCHAR" },
  { name: "price", type: "DECIMAL(10,2)" },
];

describe("a change of columns", () => {
  it("is none where names, whatever their case, and types are the same, in any order", () => {
    const change = schemaChange(table, [
      { name: "PRICE", type: "DECIMAL(10,2)" },
      { name: "name", type: "VARCHAR" },
      { name: "id", type: "BIGINT" },
    ]);
    expect(change).toEqual({ added: [], removed: [], retyped: [], common: ["id", "Name", "price"] });
    expect(describeChange(change)).toBeUndefined();
  });

  it("tells what was added, what is lacking and what has another type, precision counted", () => {
    const change = schemaChange(table, [
      { name: "id", type: "VARCHAR" },
      { name: "price", type: "DECIMAL(12,2)" },
      { name: "day", type: "DATE" },
      { name: "hour", type: "INTEGER" },
    ]);
    expect(change.common).toEqual(["id", "price"]);
    expect(describeChange(change)).toBe(
      'the model adds "day", "hour"; the model lacks "Name"; "id" is VARCHAR in the model and BIGINT in the table; ' +
        '"price" is DECIMAL(12,2) in the model and DECIMAL(10,2) in the table',
    );
  });

  it("has nothing in common with no columns at all", () => {
    expect(schemaChange(table, [])).toMatchObject({ removed: table, common: [] });
    expect(schemaChange([], table)).toMatchObject({ added: table, common: [] });
  });
});
