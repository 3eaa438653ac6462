import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import { parseSeed, type SeedFormat, type SeedTable } from "./parse-seed.ts";

const plain: SeedFormat = { delimiter: ",", dialect: "bigquery", types: new Map() };

function whole(text: string, format: Partial<SeedFormat> = {}): SeedTable {
  const table = parseSeed({ path: "seeds/s.csv", text }, { ...plain, ...format });
  if (!table.ok) throw new Error(table.diagnostics.map(told).join("\n"));
  return table.value;
}

function seed(text: string, format: Partial<SeedFormat> = {}): Pick<SeedTable, "columns" | "rows"> {
  const { columns, rows } = whole(text, format);
  return { columns, rows };
}

function faults(text: string): readonly string[] {
  const table = parseSeed({ path: "seeds/s.csv", text }, plain);
  return table.ok ? [] : table.diagnostics.map(told);
}

describe("a seed", () => {
  it("is a header and rows, each column with its own type", () => {
    expect(whole("id,name,born\n1,Ada,1815-12-10\n2,,\n")).toEqual({
      columns: [
        { name: "id", type: "INT64" },
        { name: "name", type: "STRING" },
        { name: "born", type: "DATE" },
      ],
      rows: [
        ["1", "Ada", "1815-12-10"],
        ["2", null, null],
      ],
      lines: [2, 3],
    });
  });

  it.each([
    ["\uFEFFa,b\n1,ü\n", "a byte order mark"],
    ["a,b\r\n1,ü\r\n", "Windows' line ends"],
    ["a,b\r1,ü\r", "old line ends"],
    ["a,b\n\n1,ü\n\n\n", "empty lines"],
    ["a,b\n1,ü", "no line end at all"],
    ['"a","b"\n"1","ü"\n', "quotes"],
  ])("reads %j with %s", (text) => {
    expect(seed(text)).toEqual({
      columns: [
        { name: "a", type: "INT64" },
        { name: "b", type: "STRING" },
      ],
      rows: [["1", "ü"]],
    });
  });

  it("keeps what stands in quotes: separators, lines, quotes, other alphabets", () => {
    expect(seed('größe,b\n"x, ""y""\nz",日本 😀\n')).toEqual({
      columns: [
        { name: "größe", type: "STRING" },
        { name: "b", type: "STRING" },
      ],
      rows: [['x, "y"\nz', "日本 😀"]],
    });
  });

  it("remembers the line on which each row begins", () => {
    expect(whole('a,b\n\n"1\n2",x\n"3","\r\ny"\n\n4,z').lines).toEqual([3, 5, 8]);
  });

  it("may have other separators and types that the author gives", () => {
    const types = new Map([["zip", "STRING"]]);
    expect(seed("Zip;n\n01234;1\n", { delimiter: ";", types })).toEqual({
      columns: [
        { name: "Zip", type: "STRING" },
        { name: "n", type: "INT64" },
      ],
      rows: [["01234", "1"]],
    });
  });

  it("may have no rows, and columns of any name", () => {
    expect(seed("constructor,toString\n")).toEqual({
      columns: [
        { name: "constructor", type: "INT64" },
        { name: "toString", type: "INT64" },
      ],
      rows: [],
    });
  });
});

describe("a seed with a fault", () => {
  it.each([
    ["", ["error empty-seed seeds/s.csv:1:1 «» A seed needs a header line."]],
    ["\n\n", ["error empty-seed seeds/s.csv:1:1 «» A seed needs a header line."]],
    ["a,,c\n1,2,3\n", ["error seed-header seeds/s.csv:1:1 «a,,c» Column 2 of the seed has no name."]],
    ["a,b,A\n1,2,3\n", ['error duplicate-column seeds/s.csv:1:1 «a,b,A» The seed has two columns "A".']],
    ["a\n1,2\n", ["error csv-syntax seeds/s.csv:2:3 «2» This line has 2 cells, but the seed has 1 column."]],
    [
      'a,b\n1\n"2\n3",4\n5,6,7\n',
      [
        "error csv-syntax seeds/s.csv:2:1 «1» This line has 1 cell, but the seed has 2 columns.",
        "error csv-syntax seeds/s.csv:5:5 «7» This line has 3 cells, but the seed has 2 columns.",
      ],
    ],
    ['a,b\n1,ü\n2,"x\n3,y\n4,z\n', ['error csv-syntax seeds/s.csv:3:3 «"x» A quote is opened here and never closed.']],
    [
      'a\nx"y\n',
      [
        'error csv-syntax seeds/s.csv:2:1 «x"y» A quote within a cell has to be doubled, and the cell to stand in quotes.',
      ],
    ],
    [
      'a\n"x"y\n',
      [
        'error csv-syntax seeds/s.csv:2:1 «"x"y» A quote within a cell has to be doubled, and the cell to stand in quotes.',
      ],
    ],
  ])("is told: %j", (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });
});
