import { describe, expect, it } from "vitest";
import { cellsOfType, inferType } from "./infer-type.ts";

/** What dbt-core 1.11 with dbt-duckdb makes of a column of these cells; only BIGINT stands for its INTEGER. */
const asDbt: readonly (readonly [readonly string[], string, readonly (string | null)[]])[] = [
  [["1", "2"], "INT64", ["1", "2"]],
  [["+1", "-2", "007"], "INT64", ["1", "-2", "7"]],
  [[" 5 "], "INT64", ["5"]],
  [["1.0", "2."], "INT64", ["1", "2"]],
  [["1", "", "null"], "INT64", ["1", null, null]],
  [["", "", " "], "INT64", [null, null, null]],
  [[], "INT64", []],
  [["1.50", "2"], "FLOAT64", ["1.50", "2"]],
  [[".5"], "FLOAT64", [".5"]],
  [["1e3", "1.5E3", "-2.50e1"], "INT64", ["1000", "1500", "-25"]],
  [["1e-3", "2"], "FLOAT64", ["1e-3", "2"]],
  [["1_000", "2"], "INT64", ["1000", "2"]],
  [["0.0", "-0"], "INT64", ["0", "0"]],
  [["2024-01-05", ""], "DATE", ["2024-01-05", null]],
  [["2024-1-5"], "DATE", ["2024-01-05"]],
  [["2024-02-30"], "STRING", ["2024-02-30"]],
  [["2024-02-29"], "DATE", ["2024-02-29"]],
  [["2023-02-29"], "STRING", ["2023-02-29"]],
  [["2024-01-05 10:00:00"], "DATETIME", ["2024-01-05 10:00:00"]],
  [["2024-01-05T10:00:00"], "DATETIME", ["2024-01-05 10:00:00"]],
  [["2024-01-05T10:00:00.25"], "DATETIME", ["2024-01-05 10:00:00.25"]],
  [["2024-01-05T10:00"], "DATETIME", ["2024-01-05 10:00:00"]],
  [["2024-01-05T10:00:00Z", "2024-01-05T10:00:00+02:00"], "DATETIME", ["2024-01-05 10:00:00", "2024-01-05 10:00:00"]],
  [["2024-1-5 9:3:07"], "DATETIME", ["2024-01-05 09:03:07"]],
  [["2024-01-05 10:00:00", "2024-01-05T10:00:00"], "DATETIME", ["2024-01-05 10:00:00", "2024-01-05 10:00:00"]],
  [["2024-01-05 10:00:00.5"], "STRING", ["2024-01-05 10:00:00.5"]],
  [["2024-01-05 25:00:00"], "STRING", ["2024-01-05 25:00:00"]],
  [["2024-01-05", "2024-01-05 10:00:00"], "STRING", ["2024-01-05", "2024-01-05 10:00:00"]],
  [["true", "FALSE", "null"], "BOOL", ["true", "false", null]],
  [["true", "1"], "STRING", ["true", "1"]],
  [["yes"], "STRING", ["yes"]],
  [["1", "x"], "STRING", ["1", "x"]],
  [["x", "null", "", "  y  ", " "], "STRING", ["x", "null", null, "  y  ", " "]],
  [["None", "NA"], "STRING", ["None", "NA"]],
  [["0x1F"], "STRING", ["0x1F"]],
];

describe("the type of a seed's column", () => {
  it.each(asDbt)("of %j is %s, as in dbt", (cells, type, expected) => {
    expect(inferType(cells, "bigquery")).toEqual({ type, cells: expected });
  });

  it("reaches to the last of 64 bits, and is text beyond, never a rounded number", () => {
    expect(inferType(["9223372036854775807", "-9223372036854775808"], "bigquery").type).toBe("INT64");
    expect(inferType(["9223372036854775808"], "bigquery")).toEqual({ type: "STRING", cells: ["9223372036854775808"] });
    expect(inferType(["12345678901234567890", "1.5"], "bigquery").type).toBe("STRING");
  });

  it("is called as in the seed's dialect, whole numbers by their width", () => {
    const types = (...cells: readonly string[]): string => inferType(cells, "duckdb").type;
    expect(types("1", "-2147483648")).toBe("integer");
    expect(types("1", "2147483648")).toBe("bigint");
    expect(types("1.5")).toBe("double");
    expect(types("2024-01-05")).toBe("date");
    expect(types("2024-01-05 10:00:00")).toBe("timestamp");
    expect(types("true")).toBe("boolean");
    expect(types("x")).toBe("varchar");
    expect(types()).toBe("integer");
  });

  it.each([["50%"], ["$5"], ["1,000"], ["nan"], ["20240105T100000"], ["2024-01-05T10"], ["2024-01-05T10:00.5"]])(
    "is text for %s",
    (cell) => {
      expect(inferType([cell], "bigquery")).toEqual({ type: "STRING", cells: [cell] });
    },
  );

  it("may be given: only text can say null then", () => {
    expect(cellsOfType("STRING", ["007", "null", "", " x"])).toEqual({
      type: "STRING",
      cells: ["007", "null", null, " x"],
    });
    expect(cellsOfType("varchar(10)", ["null"]).cells).toEqual(["null"]);
    expect(cellsOfType("NUMERIC", [" 1.5", "null", ""])).toEqual({ type: "NUMERIC", cells: ["1.5", null, null] });
  });
});
