import { describe, expect, it } from "vitest";
import { spanText } from "../../domain/source-file.ts";
import { parseTemplate } from "./parse-template.ts";
import type { Expression, Template } from "./syntax.ts";

function parse(text: string): Template {
  const parsed = parseTemplate({ path: "m.sql", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join(" "));
  return parsed.value;
}

function expression(text: string): Expression {
  const [output] = parse(`{{ ${text} }}`).body;
  if (output?.kind !== "output") throw new Error("no expression");
  return output.expression;
}

/** The mistakes in a template: code, the characters that it points at, message, hint. */
function mistakes(text: string): readonly (readonly string[])[] {
  const parsed = parseTemplate({ path: "m.sql", text });
  if (parsed.ok) return [];
  return parsed.diagnostics.map(({ code, span, message, hint }) => [
    code,
    span === undefined ? "nowhere" : spanText(span),
    message,
    ...(hint === undefined ? [] : [hint]),
  ]);
}

describe("a parsed template", () => {
  it.each([
    ["name", "name"],
    ["'text' \"joined\"", "literal"],
    ["a.b", "attribute"],
    ["a[1:]", "item"],
    ["f(1, *x, y=2, **z,)", "call"],
    ["a | join(1) | upper", "filter"],
    ["a is not none", "unary"],
    ["a is divisibleby 3", "test"],
    ["not a in b", "unary"],
    ["1 + 2 - 3", "arithmetic"],
    ["a ~ b ~ c", "concatenation"],
    ["a or b or c", "or"],
    ["1 < x <= 2 not in y", "comparison"],
    ["a if b else c if d else e", "conditional"],
    ["[1, [2],]", "list"],
    ["(1, 2)", "tuple"],
    ["1, 2", "tuple"],
    ["{'a': {'b': 1}}", "dict"],
    ["-x.y", "unary"],
  ])("knows all that %s spans", (text, kind) => {
    const found = expression(text);
    expect(found.kind).toBe(kind);
    expect(spanText(found.span)).toBe(text);
  });

  it("knows the place of every part", () => {
    const call = expression("one.two('x', n=3) | upper");
    if (call.kind !== "filter" || call.target.kind !== "call") throw new Error("no call");
    const { callee, arguments: given } = call.target;
    expect(spanText(call.nameSpan)).toBe("upper");
    expect(spanText(call.target.span)).toBe("one.two('x', n=3)");
    expect(callee.kind === "attribute" && [spanText(callee.nameSpan), spanText(callee.target.span)]).toEqual([
      "two",
      "one",
    ]);
    expect(given.positional.map(({ span }) => spanText(span))).toEqual(["'x'"]);
    expect(given.named.map(({ nameSpan, value }) => [spanText(nameSpan), spanText(value.span)])).toEqual([["n", "3"]]);
  });

  it("knows the place of text, whatever white space was taken off", () => {
    const text = "a\r\n{%- if x -%}\r\n b\r\nc {%- endif %}\r\n";
    const [first, branch] = parse(text).body;
    expect(first?.kind === "text" && [first.text, spanText(first.span)]).toEqual(["a", "a"]);
    const inner = branch?.kind === "if" ? branch.branches[0]?.body[0] : undefined;
    expect(inner?.kind === "text" && inner.text).toBe("b\nc");
    expect(inner?.kind === "text" && inner.pieces.map(({ at, span }) => [at, spanText(span)])).toEqual([
      [0, "b"],
      [1, "\nc"],
    ]);
    expect(branch === undefined ? "" : spanText(branch.span)).toBe("{%- if x -%}\r\n b\r\nc {%- endif %}");
  });

  it("gives what the file defines", () => {
    const template = parse(`
{% macro star(from, except=[]) %}{{ varargs }}{{ caller() }}{% endmacro %}
{% test positive(model, column_name) %}select 1{% endtest %}
{% materialization view, adapter='duckdb', supported_languages=['sql', 'python'] %}x{% endmaterialization %}
{% materialization table, default %}{{ return(1) }}{% endmaterialization %}
{% snapshot orders %}select 2{% endsnapshot %}
{% docs dau %}Daily *active* users.{% enddocs %}
`);
    const [macro] = template.macros;
    expect(macro?.parameters.map(({ name, default: value }) => [name, value?.kind])).toEqual([
      ["from", undefined],
      ["except", "list"],
    ]);
    expect([macro?.usesVarargs, macro?.usesKwargs, macro?.usesCaller]).toEqual([true, false, true]);
    expect(macro === undefined ? "" : spanText(macro.nameSpan)).toBe("star");
    expect(macro === undefined ? "" : spanText(macro.span)).toMatch(/^\{% macro star.*endmacro %\}$/u);
    expect(template.tests.map(({ name }) => name)).toEqual(["positive"]);
    expect(template.materializations.map(({ name, adapter, languages }) => [name, adapter, languages])).toEqual([
      ["view", "duckdb", ["sql", "python"]],
      ["table", undefined, ["sql"]],
    ]);
    expect(template.snapshots.map(({ name }) => name)).toEqual(["orders"]);
    expect(template.docs.map(({ name, body }) => [name, body.length])).toEqual([["dau", 1]]);
  });

  it.each<readonly [string, readonly string[]]>([
    ["{{ a", ["template-syntax", "{{", 'Expected a closing "}}", found the end of the file.']],
    ["{% if x", ["template-syntax", "{%", 'Expected a closing "%}", found the end of the file.']],
    ["{{ (a", ["template-syntax", "(", 'Expected a closing ")", found the end of the file.']],
    ["{{ a %}", ["template-syntax", "%}", 'Expected a closing "}}", found "%}".']],
    ["{% if a }}", ["template-syntax", "}}", 'Expected a closing "%}", found "}}".']],
    ["{{ (a }}", ["template-syntax", "}", 'Expected a closing ")", found "}".']],
    ["{{ a) }}", ["template-syntax", ")", 'There is no open bracket for this ")".']],
    ["{{ a b }}", ["template-syntax", "b", 'Expected a closing "}}", found "b".']],
    ["{{ }}", ["template-syntax", "}}", 'Expected an expression, found "}}".']],
    ["{{ 'a }}", ["template-syntax", "'", "The text that begins here has no closing single quote."]],
    ["{{ '\\x1' }}", ["template-syntax", "\\x1", '"\\x1" is not a complete escape.']],
    ["{{ a === b }}", ["template-syntax", "===", '"===" is not a sign of the template language.', 'Write "==".']],
    ["{{ a && b }}", ["template-syntax", "&&", '"&&" is not a sign of the template language.', 'Write "and".']],
    ["{{ !a }}", ["template-syntax", "!", '"!" is not a sign of the template language.', 'Write "not".']],
    ["{{ a not b }}", ["template-syntax", "b", 'Expected "in" after "not", found "b".']],
    ["{{ a. }}", ["template-syntax", "}}", 'Expected a name after ".", found "}}".']],
    [
      "{{ f(a=1, 2) }}",
      [
        "template-syntax",
        "2",
        "An argument without a name stands behind one with a name.",
        "Put it first, or give it its name.",
      ],
    ],
    ["{% if a %}x", ["template-syntax", "{% if", 'The tag "{% if %}" is never closed.', 'Add "{% endif %}".']],
    ["{% endif %}", ["template-syntax", "endif", 'There is no open tag that "{% endif %}" could belong to.']],
    ["{% if a %}{% endfor %}", ["template-syntax", "endfor", 'Expected "{% endif %}", found "{% endfor %}".']],
    ["{% raw %}x", ["template-syntax", "{% raw %}", 'The tag "{% raw %}" is never closed.', 'Add "{% endraw %}".']],
    ["{# x", ["template-syntax", "{#", 'This comment is never closed; expected "#}".']],
    ["{% ifx %}", ["unknown-tag", "ifx", 'There is no tag "{% ifx %}".', 'Did you mean "if"?']],
    ["{% fro x in y %}", ["unknown-tag", "fro", 'There is no tag "{% fro %}".', 'Did you mean "for"?']],
    ["{% elseif x %}", ["unknown-tag", "elseif", 'There is no tag "{% elseif %}".', 'Write "{% elif %}".']],
    [
      "{% switch x %}",
      ["unknown-tag", "switch", 'There is no tag "{% switch %}".', 'Write "{% if %}" and "{% elif %}".'],
    ],
    [
      "{% include 'a' %}",
      ["unsupported-tag", "include", 'The tag "{% include %}" is not supported.', "Put what is shared into a macro."],
    ],
    ["{% set true = 1 %}", ["template-syntax", "true", '"true" is a constant; nothing can be assigned to it.']],
    ["{% for x of y %}", ["template-syntax", "of", 'Expected "in", found "of".']],
    [
      "{% for loop in y %}{% endfor %}",
      ["template-syntax", "loop", '"loop" is where the loop stands; an item cannot have this name.'],
    ],
    ["{% break %}", ["template-syntax", "{% break %}", 'There is no loop around this "{% break %}".']],
    [
      "{% call x %}{% endcall %}",
      ["template-syntax", "x", "Expected a call of a macro in this tag.", 'Write "{% call name() %}".'],
    ],
    ["{% macro m(a, a) %}{% endmacro %}", ["template-syntax", "a", 'There is another parameter "a".']],
    [
      "{% if a %}{% docs x %}{% enddocs %}{% endif %}",
      ["template-syntax", "docs", '"{% docs %}" stands at the top level of a file, not within another tag.'],
    ],
    ["{{ a | uppr }}", ["unknown-filter", "uppr", 'There is no filter "uppr".', 'Did you mean "upper"?']],
    ["{{ a is evn }}", ["unknown-test", "evn", 'There is no test "evn".', 'Did you mean "even"?']],
    ["{{ x[1, 2:] }}", ["template-syntax", "2:", "A slice stands alone between its brackets."]],
  ])("refuses %s", (text, mistake) => {
    expect(mistakes(text)).toEqual([mistake]);
  });

  it("tells every unknown filter and test at once", () => {
    expect(mistakes("{{ a | nope }}{% if b is nothing_known %}{{ c | upper }}{% endif %}").map(([, at]) => at)).toEqual(
      ["nope", "nothing_known"],
    );
  });

  it("tells where the tag was opened that is closed wrongly", () => {
    const parsed = parseTemplate({ path: "m.sql", text: "{% for x in y %}\n{% endif %}" });
    const related = parsed.ok ? [] : (parsed.diagnostics[0]?.related ?? []);
    expect(related.map(({ message, span }) => [message, spanText(span)])).toEqual([
      ['"{% for %}" was opened here.', "{% for"],
    ]);
  });

  it.each([
    ["brackets", `{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}`],
    ["blocks", "{% if 1 %}".repeat(5000) + "{% endif %}".repeat(5000)],
    ["negations", `{{ ${"not ".repeat(50_000)}1 }}`],
    ["signs", `{{ ${"- ".repeat(50_000)}1 }}`],
    ["attributes", `{{ a${".b".repeat(50_000)} }}`],
    ["filters", `{{ a${" | upper".repeat(50_000)} }}`],
  ])("refuses too many %s within one another, rather than overflow", (_, text) => {
    expect(mistakes(text).map(([code]) => code)).toEqual(["template-depth"]);
  });

  it("does not mind how many operands stand side by side", () => {
    expect(mistakes(`{{ 1${" + 1".repeat(20_000)} ~ 'x'${" ~ 'x'".repeat(20_000)} }}`)).toEqual([]);
  });
});
