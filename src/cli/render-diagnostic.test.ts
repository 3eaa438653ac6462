import { describe, expect, it } from "vitest";
import { error, warning } from "../domain/diagnostic.ts";
import { plain, renderDiagnostic } from "./render-diagnostic.ts";

const file = { path: "models/dau.sql", text: "select\n\n  count(distinct event_tme) as cnt\nfrom x\n" };
const start = file.text.indexOf("event_tme");

describe("a diagnostic in print", () => {
  it("shows the place, the sentence, the author's line and the hint", () => {
    const diagnostic = error("unknown-column", 'There is no column "event_tme" in event_data.', {
      span: { file, start, end: start + 9 },
      hint: 'Did you mean "event_time"?',
    });
    expect(renderDiagnostic(diagnostic, plain)).toBe(`models/dau.sql:3:18  error  unknown-column
  There is no column "event_tme" in event_data.
  3 │   count(distinct event_tme) as cnt
    │                  ~~~~~~~~~
  hint: Did you mean "event_time"?`);
  });

  it("needs no place", () => {
    expect(renderDiagnostic(warning("w", "Something is odd."), plain)).toBe("warning  w\n  Something is odd.");
  });

  it("underlines wide characters over their width, and one place at least", () => {
    const wide = { path: "a.sql", text: "select '東京' as a, b" };
    const at = wide.text.indexOf("b");
    expect(renderDiagnostic(error("c", "No.", { span: { file: wide, start: at, end: at } }), plain)).toBe(
      `a.sql:1:${String(at + 1)}  error  c\n  No.\n  1 │ ${wide.text}\n    │ ${" ".repeat(at + 2)}~`,
    );
  });

  it("shows a long line from a little before the fault", () => {
    const long = { path: "a.sql", text: `${"x".repeat(500)}!${"y".repeat(500)}` };
    const lines = renderDiagnostic(error("c", "No.", { span: { file: long, start: 500, end: 501 } }), plain).split(
      "\n",
    );
    expect(lines[2]).toBe(`  1 │ ${"x".repeat(40)}!${"y".repeat(119)}`);
    expect(lines[3]).toBe(`    │ ${" ".repeat(40)}~`);
  });
});
