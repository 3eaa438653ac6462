import { describe, expect, it } from "vitest";
import type { Checked } from "../../domain/diagnostic.ts";
import { type SourceFile, spanText } from "../../domain/source-file.ts";
import { originalPlace, type Sql } from "../../domain/sql.ts";
import { bindArguments } from "./bind-arguments.ts";
import { callable } from "./call.ts";
import { callValue } from "./evaluate/call-value.ts";
import type { Environment } from "./evaluate/evaluation.ts";
import { parseTemplate } from "./parse-template.ts";
import { bindMacro, callMacro, renderNative, renderTemplate } from "./render-template.ts";
import type { Template } from "./syntax.ts";
import { raise } from "./template-error.ts";
import { fromData, toData } from "./values/convert-data.ts";
import { type HostObject, list, textOf, type Value } from "./values/value.ts";

function parse(text: string, path = "models/m.sql"): Template {
  const parsed = parseTemplate({ path, text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join(" "));
  return parsed.value;
}

const ref = callable("ref", (call) => {
  const { name } = bindArguments(call, { required: ["name"], optional: ["version"] });
  const found = textOf(name) ?? raise("unknown-ref", '"ref" expects the name of a model.');
  return found === "missing" ? raise("unknown-ref", `There is no model "${found}".`) : `"main"."${found}"`;
});

const target: HostObject = {
  kind: "object",
  typeName: "the target",
  print: () => "dev",
  attribute: (name) => (name === "type" ? "duckdb" : undefined),
  attributeNames: () => ["type", "schema"],
};

function environmentOf(values: Readonly<Record<string, Value>>, ...macroFiles: readonly Template[]): Environment {
  const macros = new Map(macroFiles.flatMap((file) => file.macros).map((macro) => [macro.name, macro]));
  const environment: Environment = {
    find: (name) => {
      const macro = macros.get(name);
      return macro === undefined
        ? Object.hasOwn(values, name)
          ? values[name]
          : undefined
        : bindMacro(macro, environment);
    },
    names: () => [...Object.keys(values), ...macros.keys()],
    undefinedOutput: "error",
  };
  return environment;
}

const usual = environmentOf({ ref, target });

function value<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join(" "));
  return checked.value;
}

/** What a stretch of the output was written as: the path, the author's characters, and the calls that led there. */
function origin(sql: Sql, stretch: string): readonly unknown[] {
  const at = sql.text.indexOf(stretch);
  const place = originalPlace(sql, at, at + stretch.length);
  if (place === undefined) return ["nowhere"];
  return [place.span.file.path, spanText(place.span), ...place.via.map(spanText)];
}

/** The one mistake of a template: code, the characters that it points at, message, hint, and related places. */
function mistake(text: string, environment = usual): readonly unknown[] {
  const rendered = renderTemplate(parse(text), environment);
  if (rendered.ok) return ["no mistake", rendered.value.text];
  const [first] = rendered.diagnostics;
  return [
    first?.code,
    first?.span === undefined ? "nowhere" : spanText(first.span),
    first?.message,
    ...(first?.hint === undefined ? [] : [first.hint]),
    ...(first?.related ?? []).map(({ message, span }) => `${message} ${span.file.path}: ${spanText(span)}`),
  ];
}

describe("rendered text", () => {
  it("comes from the author's characters one by one, and a value from its expression", () => {
    const sql = value(renderTemplate(parse("select a\n  , {{ 1 + 1 }} as b\nfrom {{ ref('up') }}\n"), usual));
    expect(sql.text).toBe('select a\n  , 2 as b\nfrom "main"."up"');
    expect(origin(sql, "as b\nfr")).toEqual(["models/m.sql", "as b\nfr"]);
    expect(origin(sql, "2")).toEqual(["models/m.sql", "1 + 1"]);
    expect(origin(sql, '"up"')).toEqual(["models/m.sql", "ref('up')"]);
  });

  it("has an origin for every character, through line breaks that were normalised", () => {
    const sql = value(renderTemplate(parse("select\r\n  a,\r\n{%- if true %}\r\n  b\r\n{% endif %}"), usual));
    expect(sql.text).toBe("select\n  a,\n  b\n");
    expect(sql.origins.reduce((sum, { length }) => sum + length, 0)).toBe(sql.text.length);
    expect(origin(sql, "  b")).toEqual(["models/m.sql", "  b"]);
    expect(origin(sql, "t\n  a")).toEqual(["models/m.sql", "t\r\n  a"]);
  });

  it("knows a macro's own characters and the calls that led to them, innermost first", () => {
    const macros = parse(
      "{% macro cents(column) %}round({{ column }} * 100){% endmacro %}\n" +
        "{% macro both(names) %}{% for n in names %}{{ cents(n) }} as {{ n }}_cents{{ ', ' if not loop.last }}{% endfor %}{% endmacro %}",
      "macros/money.sql",
    );
    const sql = value(renderTemplate(parse("select {{ both(['net', 'tax']) }} from x"), environmentOf({}, macros)));
    expect(sql.text).toBe("select round(net * 100) as net_cents, round(tax * 100) as tax_cents from x");
    expect(origin(sql, " * 100) as tax")[0]).toBe("macros/money.sql");
    expect(origin(sql, "round(")).toEqual(["macros/money.sql", "round(", "cents(n)", "both(['net', 'tax'])"]);
    expect(origin(sql, "tax")).toEqual(["macros/money.sql", "column", "cents(n)", "both(['net', 'tax'])"]);
    expect(origin(sql, "_cents,")).toEqual([
      "macros/money.sql",
      "_cents{{ ', ' if not loop.last",
      "both(['net', 'tax'])",
    ]);
    expect(origin(sql, " from x")).toEqual(["models/m.sql", " from x"]);
  });

  it("keeps its origin through set blocks, concatenation, join, trim and indent", () => {
    const text =
      "{% set where %}  a = 1  {% endset %}" +
      "{% macro m(x) %}b = {{ x }}{% endmacro %}" +
      "{{ (where | trim) ~ ' and ' ~ m(2) }} or {{ [m(3), where] | join(' or ') }}\n{{ where.strip() | indent }}";
    const sql = value(renderTemplate(parse(text), usual));
    expect(sql.text).toBe("a = 1 and b = 2 or b = 3 or   a = 1  \na = 1");
    expect(origin(sql, "a = 1")).toEqual(["models/m.sql", "a = 1"]);
    expect(origin(sql, " and ")).toEqual(["models/m.sql", "(where | trim) ~ ' and ' ~ m(2)"]);
    expect(origin(sql, "b = ")).toEqual(["models/m.sql", "b = ", "m(2)"]);
    expect(origin(sql, "3")).toEqual(["models/m.sql", "x", "m(3)"]);
  });

  it("shows the block of a call where it was written, and the macro's text by its call", () => {
    const text = "{% macro wrap() %}({{ caller() }}){% endmacro %}{% call wrap() %}select 1{% endcall %}";
    const sql = value(renderTemplate(parse(text), usual));
    expect(sql.text).toBe("(select 1)");
    expect(origin(sql, "select 1")).toEqual(["models/m.sql", "select 1"]);
    expect(origin(sql, ")")).toEqual(["models/m.sql", ")", "wrap()"]);
  });

  it("is a snapshot's or a docs block's too", () => {
    const template = parse("{% snapshot s %}select {{ 1 }}{% endsnapshot %}{% docs d %}*{{ 2 }}*{% enddocs %}");
    expect(value(renderTemplate(template, usual)).text).toBe("");
    expect(template.snapshots.map((each) => value(renderTemplate(each, usual)).text)).toEqual(["select 1"]);
    expect(template.docs.map((each) => value(renderTemplate(each, usual)).text)).toEqual(["*2*"]);
  });
});

describe("a mistake in a template", () => {
  const macros = parse(
    "{% macro inner(a, b=1) %}{{ a + b }}{% endmacro %}{% macro outer(x) %}{{ inner(x) }}{% endmacro %}",
    "macros/m.sql",
  );
  const withMacros = environmentOf({ ref, target }, macros);

  it.each<readonly [string, readonly unknown[]]>([
    ["{{ foo }}", ["undefined-name", "foo", 'There is no variable "foo".']],
    ["{{ reff('a') }}", ["undefined-name", "reff", 'There is no function or macro "reff".', 'Did you mean "ref"?']],
    [
      "{% set orders = 1 %}{{ ordres }}",
      ["undefined-name", "ordres", 'There is no variable "ordres".', 'Did you mean "orders"?'],
    ],
    ["{{ 'a' ~ foo }}", ["undefined-name", "foo", 'There is no variable "foo".']],
    ["{{ foo.bar }}", ["undefined-name", "foo", 'There is no variable "foo".']],
    ["{{ 1 + foo }}", ["undefined-name", "foo", 'There is no variable "foo".']],
    [
      "{{ target.typ }}",
      ["unknown-attribute", "target.typ", 'There is no attribute "typ" on the target.', 'Did you mean "type"?'],
    ],
    [
      "{{ 'a'.uper() }}",
      ["unknown-method", "'a'.uper", 'There is no method "uper" on a text.', 'Did you mean "upper"?'],
    ],
    [
      "{{ {'day': 1}.dya }}",
      ["unknown-attribute", "{'day': 1}.dya", 'There is no attribute "dya" on a dictionary.', 'Did you mean "day"?'],
    ],
    ["{{ [1][5] }}", ["unknown-item", "[1][5]", "There is no item 5 in a list."]],
    ["{{ 'a'() }}", ["not-callable", "'a'()", "A text cannot be called."]],
    ["{{ 1 + 'a' }}", ["template-type", "1 + 'a'", '"+" does not work between a whole number and a text.']],
    [
      "{{ 2 * 3 - [] * 2 }}",
      ["template-type", "2 * 3 - [] * 2", '"-" does not work between a whole number and a list.'],
    ],
    ["{{ 1 < 'a' }}", ["template-type", "1 < 'a'", '"<" does not work between a whole number and a text.']],
    ["{{ 1 // 0 }}", ["template-arithmetic", "1 // 0", "This divides by zero."]],
    ["{{ {[1]: 2} }}", ["template-type", "{[1]: 2}", "A list cannot be a key of a dictionary."]],
    ["{% for x in 5 %}{% endfor %}", ["template-type", "5", "One cannot loop over a whole number."]],
    ["{% for a, b in [[1]] %}{% endfor %}", ["template-type", "a, b", "Expected 2 values to assign, found 1."]],
    [
      "{% set d = {} %}{% set d.a = 1 %}",
      [
        "template-type",
        "d.a",
        "Only the attributes of a namespace can be set, found a dictionary.",
        'Write "{% set d = namespace(a=…) %}" first.',
      ],
    ],
    [
      "{{ 'a' | truncate('x') }}",
      ["argument-type", "'a' | truncate('x')", '"truncate" expects a whole number, found a text.'],
    ],
    ["{{ 'a' | replace('b') }}", ["missing-argument", "'a' | replace('b')", '"replace" needs the argument "new".']],
    [
      "{{ 'a'.split(',', 1, 2) }}",
      ["too-many-arguments", "'a'.split(',', 1, 2)", '"split" takes 2 arguments at most, found 3.'],
    ],
    ["{{ ref() }}", ["missing-argument", "ref()", '"ref" needs the argument "name".']],
    [
      "{{ ref('a', verson=1) }}",
      ["unknown-argument", "ref('a', verson=1)", '"ref" takes no argument "verson".', 'Did you mean "version"?'],
    ],
    [
      "{{ ref('a', name='b') }}",
      ["duplicate-argument", "ref('a', name='b')", '"ref" was given the argument "name" twice.'],
    ],
    ["{{ ref('missing') }}", ["unknown-ref", "ref('missing')", 'There is no model "missing".']],
    ["{{ return(1) }}", ["template-return", "return(1)", '"return" stands outside of a macro.']],
    ["{{ range(1000000) }}", ["template-size", "range(1000000)", '"range" gives 100000 numbers at most.']],
    [
      "{{ 'x' * 10 ** 9 }}",
      ["template-size", "'x' * 10 ** 9", "This text would have more than 16 million characters."],
    ],
    [
      "{{ inner(1, 2, 3) }}",
      [
        "too-many-arguments",
        "inner(1, 2, 3)",
        'The macro "inner" takes 2 arguments at most, found 3.',
        "It is defined here. macros/m.sql: {% macro inner(a, b=1) %}{{ a + b }}{% endmacro %}",
      ],
    ],
    [
      "{{ inner(1, c=2) }}",
      [
        "unknown-argument",
        "inner(1, c=2)",
        'The macro "inner" takes no argument "c".',
        "It is defined here. macros/m.sql: {% macro inner(a, b=1) %}{{ a + b }}{% endmacro %}",
      ],
    ],
    [
      "{{ inner() }}",
      [
        "undefined-name",
        "a + b",
        'The argument "a" of "inner" was not given.',
        'Pass it, or give it a default where "inner" is defined.',
        "Called from here. models/m.sql: inner()",
      ],
    ],
    [
      "select {{ outer('x') }}",
      [
        "template-type",
        "a + b",
        '"+" does not work between a text and a whole number.',
        "Called from here. macros/m.sql: inner(x)",
        "Called from here. models/m.sql: outer('x')",
      ],
    ],
    [
      "{% call outer(1) %}x{% endcall %}",
      [
        "unknown-argument",
        "outer(1)",
        'The macro "outer" does not use the block of a call.',
        'Its body says "{{ caller() }}" where the block belongs.',
        "It is defined here. macros/m.sql: {% macro outer(x) %}{{ inner(x) }}{% endmacro %}",
      ],
    ],
  ])("is told at its place: %s", (text, told) => {
    expect(mistake(text, withMacros)).toEqual(told);
  });

  it("is not that an inline if without else, or a loop's neighbour, prints nothing", () => {
    const text =
      "{{ 'a' if false }}{% for x in [1] %}{{ loop.previtem }}{{ loop.nextitem }}{% endfor %}{{ [] | first }}";
    expect(mistake(text)).toEqual(["no mistake", ""]);
  });

  it("is not an undefined name where the environment prints those as nothing, but still its use", () => {
    const lenient: Environment = { ...usual, undefinedOutput: "empty" };
    expect(mistake("[{{ foo }}{{ target.typ }}]", lenient)).toEqual(["no mistake", "[]"]);
    expect(mistake("{{ foo.bar }}", lenient)[0]).toBe("undefined-name");
    expect(mistake("{{ foo() }}", lenient)[0]).toBe("undefined-name");
  });

  it.each([
    ["a macro that calls itself", "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}"],
    ["a macro that returns itself", "{% macro m(n) %}{{ return(m(n)) }}{% endmacro %}{{ m(1) }}"],
    ["two macros in turn", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}"],
    ["a default that calls its macro", "{% macro m(n=m()) %}{% endmacro %}{{ m() }}"],
    ["a loop that loops over itself", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}"],
    ["a sort by a macro that sorts", "{% macro m(n) %}{% do [1, 2].sort(key=m) %}{% endmacro %}{{ m(1) }}"],
    [
      "a caller that calls the caller",
      "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}",
    ],
    [
      "a list within lists",
      "{% set n = namespace(l=[]) %}{% for i in range(9999) %}{% set n.l = [n.l] %}{% endfor %}{{ n.l }}",
    ],
  ])("is %s, never an overflow", (_, text) => {
    expect(mistake(text)[0]).toBe("template-depth");
  });

  it("shows no more than a few of the calls that led to it", () => {
    const told = mistake(
      "{% macro m(n) %}{% if n > 50 %}{{ nope() }}{% endif %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
    );
    expect(told.filter((each) => String(each).startsWith("Called from here."))).toHaveLength(8);
  });
});

describe("functions of the environment", () => {
  it("are given what was passed, and where", () => {
    const seen: unknown[] = [];
    const spy = callable("spy", ({ name, positional, named, span, via }) => {
      seen.push([name, positional.map((each) => toData(each)), [...named.keys()], spanText(span), via.map(spanText)]);
      return "";
    });
    const macros = parse("{% macro m(x) %}{{ spy(x, *[2, 3], n=4, **{'o': 5}) }}{% endmacro %}", "macros/m.sql");
    value(renderTemplate(parse("{{ m(1) }}"), environmentOf({ spy }, macros)));
    expect(seen).toEqual([["spy", [1, 2, 3], ["n", "o"], "spy(x, *[2, 3], n=4, **{'o': 5})", ["m(1)"]]]);
  });

  it("may call what they were passed, such as the block of a call", () => {
    const statement = callable("statement", (call) => {
      const caller = call.named.get("caller") ?? raise("no-block", "There is no block.");
      return `[${textOf(callValue(caller, { ...call, positional: [7], named: new Map() })) ?? ""}]`;
    });
    const text = "{% call(n) statement('x') %}select {{ n }}{% endcall %}";
    expect(value(renderTemplate(parse(text), environmentOf({ statement }))).text).toBe("[select 7]");
  });

  it("let any error but the author's pass, with its identity", () => {
    const signal = new Error("a question without an answer");
    const ask = callable("run_query", () => {
      throw signal;
    });
    const macros = parse(
      "{% macro m() %}{% call m2() %}{{ ask() }}{% endcall %}{% endmacro %}{% macro m2() %}{{ caller() }}{% endmacro %}",
    );
    expect(() => renderTemplate(parse("{{ m() }}"), environmentOf({ ask }, macros))).toThrow(signal);
  });

  it("have their mistakes told at their call, even behind a macro that they called", () => {
    const run = callable("run", (call) => {
      callValue(call.positional[0] ?? null, { ...call, positional: [], named: new Map() });
      return raise("after", "This went wrong afterwards.");
    });
    const text = "{% macro m() %}{{ 1 + 1 }}{% endmacro %}{{ run(m) }}";
    expect(mistake(text, environmentOf({ run }))).toEqual(["after", "run(m)", "This went wrong afterwards."]);
  });
});

describe("macros of other files", () => {
  const file = parse(
    "{% macro where_new(column) %}{{ column }} > (select max({{ column }}) from {{ this }}){% endmacro %}" +
      "{% macro pick(names) %}{{ return(names[0]) }}{% endmacro %}" +
      "{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} <= 0{% endtest %}",
    "macros/m.sql",
  );

  it("see the environment of the model that calls them, not its variables", () => {
    const one = environmentOf({ this: "a" }, file);
    const other = environmentOf({ this: "b" }, file);
    const model = parse("{% set this = 'mine' %}{{ where_new('t') }}");
    expect(value(renderTemplate(model, one)).text).toBe("t > (select max(t) from a)");
    expect(value(renderTemplate(model, other)).text).toBe("t > (select max(t) from b)");
  });

  it("can be called without a template", () => {
    const span = { file: file.file, start: 0, end: 0 };
    const [, pick] = file.macros;
    const [test] = file.tests;
    if (pick === undefined || test === undefined) throw new Error("no definitions");
    const picked = callMacro(bindMacro(pick, usual), { positional: [list(["x", "y"])], span });
    expect(value(picked)).toBe("x");
    const rows = callMacro(bindMacro(test, usual), {
      named: new Map([
        ["model", "dau"],
        ["column_name", "cnt"],
      ]),
      span,
    });
    expect(textOf(value(rows))).toBe("select * from dau where cnt <= 0");
    expect(callMacro("no macro", { span }).ok).toBe(false);
  });
});

describe("native rendering", () => {
  function native(text: string, environment = usual): unknown {
    const rendered = renderNative(parse(text), environment);
    return rendered.ok ? toData(rendered.value) : rendered.diagnostics.map(({ code }) => code);
  }

  it("keeps the type of a single expression and makes text of all else", () => {
    expect(native("{{ [1, 2.5, none, {'a': true}] }}")).toEqual([1, 2.5, null, { a: true }]);
    expect(native("{{ 1 }}")).toBe(1);
    expect(native("{{ 1 }}{{ 2 }}")).toBe("12");
    expect(native("x{{ 1 }}")).toBe("x1");
    expect(native("plain")).toBe("plain");
    expect(native("")).toBe("");
    expect(native("{% set x = 1 %}{{ x }}")).toBe("1");
  });

  it("leaves text that looks like a number as text, unless told otherwise", () => {
    expect(native("{{ '42' }}")).toBe("42");
    expect(native("{{ '42' | as_number }}")).toBe(42);
    expect(native("{{ 'True' | as_bool }}")).toBe(true);
    expect(native("{{ '[1, (2, 3)]' | as_native }}")).toEqual([1, [2, 3]]);
    expect(native("{{ 'select' | as_native }}")).toBe("select");
    expect(native("{{ 42 | as_text }}")).toBe("42");
    expect(native("{{ 'x' | as_number }}")).toEqual(["template-type"]);
    expect(native("{{ 'true' | as_bool }}")).toEqual(["template-type"]);
  });

  it("refuses a name that does not exist", () => {
    expect(native("{{ foo }}")).toEqual(["undefined-name"]);
    expect(native("{{ foo }}", { ...usual, undefinedOutput: "empty" })).toBeNull();
  });

  it("leaves the conversions without effect in SQL", () => {
    expect(value(renderTemplate(parse("{{ '042' | as_number }}"), usual)).text).toBe("042");
  });
});

describe("a file that is rendered twice", () => {
  it("gives the same, for nothing of an evaluation stays in the template", () => {
    const file: SourceFile = {
      path: "m.sql",
      text: "{% set l = [] %}{% for x in rows %}{% do l.append(x.v) %}{% endfor %}{{ l }}",
    };
    const template = parse(file.text);
    const environment = environmentOf({ rows: fromData([{ v: 1 }, { v: 2 }]) });
    expect(value(renderTemplate(template, environment)).text).toBe("[1, 2]");
    expect(value(renderTemplate(template, environment)).text).toBe("[1, 2]");
  });
});
