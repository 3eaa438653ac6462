import { describe, expect, it } from "vitest";
import { renderTable } from "./render-table.ts";

describe("rows as a table", () => {
  it("has numbers to the right and everything else to the left", () => {
    const rows = [
      [1, "a", "9007199254740993", null],
      [1000, "bb", "2", null],
    ];
    expect(renderTable(["n", "text", "big", "nothing"], rows)).toBe(
      [
        "|    n | text | big              | nothing |",
        "| ---: | :--- | :--------------- | :------ |",
        "|    1 | a    | 9007199254740993 |         |",
        "| 1000 | bb   | 2                |         |",
      ].join("\n"),
    );
  });

  it("is as wide as wide characters are on a terminal", () => {
    expect(renderTable(["city"], [["東京"], ["é 😀"], ["x"]])).toBe(
      ["| city |", "| :--- |", "| 東京 |", "| é 😀 |", "| x    |"].join("\n"),
    );
  });

  it("keeps every row on one line and lets no cell command the terminal", () => {
    expect(
      renderTable(["a\nb"], [["x\r\ny\nz"], ["\u001B[31mred\u0007\r\u007F\u009B"], ["a|b"], [true], [[1, { k: "v" }]]]),
    ).toBe(
      [
        "| a⏎b           |",
        "| :------------ |",
        "| x⏎y⏎z         |",
        "| ␛[31mred␇␍␡\uFFFD  |",
        "| a|b           |",
        "| true          |",
        '| [1,{"k":"v"}] |',
      ].join("\n"),
    );
  });

  it("has a head alone where there are no rows, and blanks where cells are missing", () => {
    expect(renderTable(["a", "b"], [])).toBe("| a  | b  |\n| :- | :- |");
    expect(renderTable(["a", "b"], [[1], []])).toContain("|    |    |");
  });
});
