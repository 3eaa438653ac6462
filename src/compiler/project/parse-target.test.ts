import { describe, expect, it } from "vitest";
import { databaseName } from "./parse-target.ts";

describe("the name of a DuckDB database", () => {
  it.each([
    ["data/aquatech.duckdb", "aquatech"],
    ["/abs/path/x.y.duckdb", "x"],
    ["noext", "noext"],
    [":memory:", "memory"],
    [".hidden", "hidden"],
    ["..x.db", "x"],
    ["a b-c.db", "a b-c"],
    ["temp.duckdb", "temp_db"],
    ["main.db", "main_db"],
    ["data/system.db", "system_db"],
    ["Temp.db", "Temp"],
    ["data/", ""],
    ["..", ""],
  ])("of %s is %s, as DuckDB 1.5 gives it", (path, name) => {
    expect(databaseName(path)).toBe(name);
  });
});
