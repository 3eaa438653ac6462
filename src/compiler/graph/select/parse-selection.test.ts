import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../domain/diagnostic.ts";
import { spanText } from "../../../domain/source-file.ts";
import { parseSelection } from "./parse-selection.ts";
import type { Criterion } from "./selection.ts";
import { selectionMethods } from "./selection-methods.ts";

function mistakesIn(...values: readonly string[]): readonly Diagnostic[] {
  const parsed = parseSelection(values, "--select");
  return parsed.ok ? [] : parsed.diagnostics;
}

function criteriaOf(...values: readonly string[]): readonly (readonly Criterion[])[] {
  const parsed = parseSelection(values, "--select");
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join("\n"));
  return parsed.value.map(({ criteria }) => criteria);
}

/** `+tag:x` as `tag x Infinity 0`: method, keys and value, ancestors, descendants. */
function told({ method, query, reach }: Criterion): string {
  const name = [...selectionMethods].find(([, known]) => known === method)?.[0] ?? "?";
  const relatives = reach.kind === "relatives" ? `${reach.ancestors} ${reach.descendants}` : "@";
  return [[name, ...query.keys].join("."), query.value, relatives].join(" ");
}

describe("a criterion", () => {
  it.each([
    ["dau", "fqn dau 0 0"],
    ["+dau", "fqn dau Infinity 0"],
    ["dau+", "fqn dau 0 Infinity"],
    ["+dau+", "fqn dau Infinity Infinity"],
    ["2+dau+10", "fqn dau 2 10"],
    ["0+dau", "fqn dau 0 0"],
    ["007+dau", "fqn dau 7 0"],
    ["+2", "fqn 2 Infinity 0"],
    ["@dau", "fqn dau @"],
    ["@+dau", "fqn dau @"],
    ["@3+dau", "fqn dau @"],
    ["@@dau", "fqn @dau @"],
    ["++dau", "fqn +dau Infinity 0"],
    ["dau++", "fqn dau+ 0 Infinity"],
    ["a+b", "fqn a+b 0 0"],
    ["dau+2x", "fqn dau+2x 0 0"],
    ["a.b.c", "fqn a.b.c 0 0"],
    ["models/dau.sql", "path models/dau.sql 0 0"],
    ["models\\dau.sql", "path models\\dau.sql 0 0"],
    ["1+models/+", "path models/ 1 Infinity"],
    ["dau.sql", "file dau.sql 0 0"],
    ["DAU.PY+", "file DAU.PY 0 Infinity"],
    ["x.csv", "file x.csv 0 0"],
    ["x.yml", "fqn x.yml 0 0"],
    ["tag:nightly", "tag nightly 0 0"],
    ["+tag:a:b+", "tag a:b Infinity Infinity"],
    ["fqn:a/b.sql", "fqn a/b.sql 0 0"],
    ["tag:+x", "tag +x 0 0"],
    ["tag:7+", "tag 7 0 Infinity"],
    ["config.meta.owner:ann", "config.meta.owner ann 0 0"],
    ["config.materialized:incremental+1", "config.materialized incremental 0 1"],
    ["a-b:c", "fqn a-b:c 0 0"],
    [":x", "fqn :x 0 0"],
    ["https://x", "unknown"],
  ])("%j is %j", (text, meaning) => {
    if (meaning === "unknown") expect(mistakesIn(text)).toHaveLength(1);
    else expect(criteriaOf(text).flat().map(told)).toEqual([meaning]);
  });

  it("knows where it stands", () => {
    const [[first, second] = [], [third] = []] = criteriaOf(" +dau,tag:x  mau");
    expect([first, second, third].map((criterion) => criterion && spanText(criterion.span))).toEqual([
      "+dau",
      "tag:x",
      "mau",
    ]);
  });
});

describe("an option's values", () => {
  it("are united, criteria between commas intersected", () => {
    expect(criteriaOf("a b,c", "d").map((criteria) => criteria.map(told))).toEqual([
      ["fqn a 0 0"],
      ["fqn b 0 0", "fqn c 0 0"],
      ["fqn d 0 0"],
    ]);
  });

  it("may be spread over spaces and lines", () => {
    expect(criteriaOf("  a \n\t b ")).toHaveLength(2);
  });

  it("select nothing when blank, and everything only when there are none", () => {
    expect(criteriaOf("")).toEqual([[]]);
    expect(criteriaOf("  ", "a")).toHaveLength(2);
    expect(criteriaOf()).toEqual([]);
  });
});

describe("a mistake in a selection", () => {
  it.each([
    ["tags:x", "unknown-selection-method", "tags", 'There is no selection method "tags".', 'Did you mean "tag"?'],
    ["+Tag:x", "unknown-selection-method", "Tag", 'There is no selection method "Tag".', 'Did you mean "tag"?'],
    [
      "a,2+confg.x:y+",
      "unknown-selection-method",
      "confg.x",
      'There is no selection method "confg".',
      'Did you mean "config"?',
    ],
    [
      "whatever:x",
      "unknown-selection-method",
      "whatever",
      'There is no selection method "whatever".',
      "The methods are fqn, path,",
    ],
    ["été:x", "unknown-selection-method", "été", 'There is no selection method "été".', "The methods are"],
    [
      "toString:x",
      "unknown-selection-method",
      "toString",
      'There is no selection method "toString".',
      "The methods are",
    ],
    [
      "@dau+",
      "selection-at-with-plus",
      "+",
      'The criterion "@dau+" has both "@" in front and "+" behind.',
      'Leave out the "+"',
    ],
    ["x @1+dau+20", "selection-at-with-plus", "+20", 'The criterion "@1+dau+20" has', 'Leave out the "+"'],
    ["a,,b", "empty-selection-part", ",", 'A comma in "a,,b" has a criterion on one side only.', "A comma means both"],
    [",a", "empty-selection-part", ",", 'A comma in ",a" has', "A comma means both"],
    ["b a, c", "empty-selection-part", ",", 'A comma in "a," has', "A comma means both"],
    [",", "empty-selection-part", ",", 'A comma in "," has', "A comma means both"],
    ["tag:", "missing-selection-value", "tag:", 'The selection criterion "tag:" has no value.', "Write what to select"],
    ["a +", "missing-selection-value", "+", 'The selection criterion "+" has no value.', "Write what to select"],
    ["2+", "missing-selection-value", "2+", 'The selection criterion "2+" has no value.', "Write what to select"],
    ["@", "missing-selection-value", "@", 'The selection criterion "@" has no value.', "Write what to select"],
    ["+tag:+", "missing-selection-value", "+tag:+", 'The selection criterion "+tag:+" has', "Write what to select"],
    [
      "config:table",
      "missing-selection-key",
      "config",
      'The selection method "config" needs the name of a setting.',
      "config.materialized:table",
    ],
    [
      "config.:x",
      "missing-selection-key",
      "config.",
      'The selection method "config" needs',
      "config.materialized:table",
    ],
    [
      "config.meta..x:y",
      "missing-selection-key",
      "config.meta..x",
      'The selection method "config" needs',
      "config.materialized:table",
    ],
    [
      "tag.x:y",
      "unexpected-selection-key",
      "tag.x",
      'The selection method "tag" takes no ".", but "tag.x" has.',
      'Write "tag:"',
    ],
    [
      "resource_type:modle",
      "unknown-resource-type",
      "modle",
      'There is no resource type "modle".',
      'Did you mean "model"?',
    ],
    [
      "resource_type:Model+",
      "unknown-resource-type",
      "Model",
      'There is no resource type "Model".',
      'Did you mean "model"?',
    ],
    [
      "resource_type:*",
      "unknown-resource-type",
      "*",
      'There is no resource type "*".',
      "The resource types are model, seed,",
    ],
    ["test_type:genric", "unknown-test-type", "genric", 'There is no test type "genric".', 'Did you mean "generic"?'],
    ["test_type:x", "unknown-test-type", "x", 'There is no test type "x".', "The test types are"],
    [
      "source:a.b.c.d",
      "malformed-source-selection",
      "a.b.c.d",
      'A source is selected by at most three parts, but "a.b.c.d" has 4.',
      'Write "source"',
    ],
    [
      "/home/x/models",
      "absolute-selection-path",
      "/home/x/models",
      'The path "/home/x/models" is absolute',
      "from the project's root",
    ],
  ])("%j: %s", (text, code, place, message, hint) => {
    const [mistake, ...others] = mistakesIn(text);
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ code, severity: "error", span: { file: { path: "--select", text } } });
    expect(mistake?.span && spanText(mistake.span)).toBe(place);
    expect(mistake?.message).toContain(message);
    expect(mistake?.hint).toContain(hint);
  });

  it("points at the very place where a text stands twice", () => {
    expect(mistakesIn("tag:x,tagg:tagg")[0]?.span).toMatchObject({ start: 6, end: 10 });
    expect(mistakesIn("dau @dau+")[0]?.span).toMatchObject({ start: 8, end: 9 });
  });

  it("does not hide another one", () => {
    expect(mistakesIn("tags:x a,,b,@m+", "resource_type:y config:z").map(({ code }) => code)).toEqual([
      "unknown-selection-method",
      "empty-selection-part",
      "selection-at-with-plus",
      "unknown-resource-type",
      "missing-selection-key",
    ]);
    expect(mistakesIn("@config:resource+").map(({ code }) => code)).toEqual([
      "selection-at-with-plus",
      "missing-selection-key",
    ]);
  });
});
