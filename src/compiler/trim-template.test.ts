import { describe, expect, it } from "vitest";
import { told } from "../../test/literal-project.ts";
import { spanText } from "../domain/source-file.ts";
import { originalPlace, type Sql } from "../domain/sql.ts";
import { parseTemplate } from "./template/parse-template.ts";
import { renderTemplate } from "./template/render-template.ts";
import { trimTemplate } from "./trim-template.ts";

function trimmed(text: string): Sql {
  const parsed = parseTemplate({ path: "m.sql", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  const environment = { find: () => "x", names: () => [], undefinedOutput: "error" } as const;
  const rendered = renderTemplate(trimTemplate(parsed.value), environment);
  if (!rendered.ok) throw new Error(rendered.diagnostics.map(told).join("\n"));
  return rendered.value;
}

describe("a template without the white space around it", () => {
  it.each([
    ["", ""],
    [" \n ", ""],
    ["\n  select 1\n\n", "select 1"],
    ["{{ a }}\nselect 1\n\n", "x\nselect 1"],
    ["\n\n{{ a }}\n\n", "x"],
    ["  {% if a %}\n  b\n{% endif %}\n", "\n  b\n"],
    ["\r\nselect 1\r\n", "select 1"],
  ])("prints %j as %j", (text, expected) => {
    expect(trimmed(text).text).toBe(expected);
  });

  it("leaves every character its place", () => {
    const sql = trimmed("\n\r\n  ab\r\ncd\n");
    expect(sql.text).toBe("ab\ncd");
    const places = [0, 1, 3, 4].map((at) => originalPlace(sql, at, at + 1)?.span);
    expect(places.map((span) => span && spanText(span))).toEqual(["a", "b", "c", "d"]);
  });
});
