import { describe, expect, it } from "vitest";
import { trustedSql } from "../../../domain/sql.ts";
import { divideStatements } from "./divide-statements.ts";

function sizes(...texts: readonly string[]): readonly (readonly string[])[] {
  return divideStatements(texts.map(trustedSql)).map((job) => job.map(({ text }) => text.slice(0, 5)));
}

const long = "x".repeat(500_000);

describe("the statements of a unit", () => {
  it("are one job where BigQuery takes their text", () => {
    expect(sizes("one", "two")).toEqual([["one", "two"]]);
    expect(sizes()).toEqual([]);
  });

  it("are several where it does not, in their order", () => {
    expect(sizes("one", long, long, "two")).toEqual([
      ["one", "xxxxx"],
      ["xxxxx", "two"],
    ]);
    expect(sizes("é".repeat(500_000), "é".repeat(100))).toEqual([["ééééé"], ["ééééé"]]);
  });

  it("are not parted within a transaction", () => {
    expect(sizes(long, "begin transaction", long, long, "/* {} */\ncommit transaction", "last")).toEqual([
      ["xxxxx"],
      ["begin", "xxxxx", "xxxxx", "/* {}"],
      ["last"],
    ]);
  });
});
