import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DataMap } from "../../domain/data.ts";
import type { Environment } from "./evaluate/evaluation.ts";
import { parseTemplate } from "./parse-template.ts";
import { renderTemplate } from "./render-template.ts";
import { fromData } from "./values/convert-data.ts";

/** What Jinja2 3.1.6 gives for a template; written by test/jinja/expect.py. */
interface Case {
  readonly group: string;
  readonly template: string;
  readonly context?: DataMap;
  readonly text?: string;
  readonly error?: true;
}

const path = join(import.meta.dirname, "../../../test/jinja/cases.json");
const cases = JSON.parse(readFileSync(path, "utf8")) as readonly Case[];

function environmentOf(context: DataMap): Environment {
  const values = new Map(Object.entries(context).map(([name, value]) => [name, fromData(value)]));
  return { find: (name) => values.get(name), names: () => values.keys(), undefinedOutput: "empty" };
}

function render({ template, context = {} }: Case): string | { readonly error: true } {
  const parsed = parseTemplate({ path: "case.sql", text: template });
  if (!parsed.ok) return { error: true };
  const rendered = renderTemplate(parsed.value, environmentOf(context));
  return rendered.ok ? rendered.value.text : { error: true };
}

describe("templates against Jinja2 itself", () => {
  const groups = new Set(cases.map(({ group }) => group));
  it.each([...groups])("agree on %s", (group) => {
    const different = cases
      .filter((each) => each.group === group)
      .map((each) => ({ template: each.template, wanted: each.text ?? { error: true }, found: render(each) }))
      .filter(({ wanted, found }) => JSON.stringify(wanted) !== JSON.stringify(found));
    expect(different).toEqual([]);
  });
});
