import { describe, expect, it } from "vitest";
import {
  compileLiteral,
  type LiteralFiles,
  literalSettings,
  modelNamed,
  nativeSettings,
} from "../../test/literal-project.ts";

/** A project of ephemeral models; dbt reads the same files. */
const files: LiteralFiles = {
  "project.yml": nativeSettings,
  "models/base.sql": '{{ config(materialized="ephemeral") }}\nselect 1 as id\n',
  "models/mid.sql":
    '{{ config(materialized="ephemeral", alias="middle") }}\n\n-- a comment\nwith x as (select * from {{ ref("base") }})\nselect * from x\n\n',
  "models/other.sql": '{{ config(materialized="ephemeral") }}select id from {{ ref("base") }} -- last',
  "models/plain.sql":
    'select * from {{ ref("mid") }} union all select * from {{ ref("other") }} union all select * from {{ ref("base") }}\n',
  "models/commented.sql": '\n\n  -- heading\n  select * from {{ ref("base") }}\n',
  "models/commented_with.sql":
    '-- c1\n/* c2 */ WITH\n  -- c3\n  a as (select * from {{ ref("base") }})\nselect * from a\n',
  "models/has_with.sql":
    '{{ config(materialized="table") }}\n\nwith a as (select * from {{ ref("base") }})\nselect * from a\n',
  "models/recursive.sql":
    'with recursive r as (select id from {{ ref("base") }} union all select id + 1 from r where id < 3)\nselect * from r\n',
  "models/inner_with.sql": 'select * from (with q as (select 1) select * from q), {{ ref("other") }}\n',
  "models/with_newlines.sql": 'with\n\na as (select 1), b as (select * from {{ ref("other") }}) select * from a, b\n',
};

const base = " __dbt__cte__base as (\n\nselect 1 as id\n)";
const other = " __dbt__cte__other as (\nselect id from __dbt__cte__base -- last\n)";
const mid =
  " __dbt__cte__middle as (\n\n\n-- a comment\nwith x as (select * from __dbt__cte__base)\nselect * from x\n)";

describe("a query that reads ephemeral models", () => {
  const compilation = compileLiteral(files);

  it.each([
    [
      "plain",
      `with${base}, ${mid}, ${other} select * from __dbt__cte__middle union all select * from __dbt__cte__other union all select * from __dbt__cte__base`,
    ],
    ["commented", `with${base} -- heading\n  select * from __dbt__cte__base`],
    [
      "commented_with",
      `-- c1\n/* c2 */ WITH\n  ${base}, -- c3\n  a as (select * from __dbt__cte__base)\nselect * from a`,
    ],
    ["has_with", `with ${base}, a as (select * from __dbt__cte__base)\nselect * from a`],
    [
      "recursive",
      `with recursive ${base}, r as (select id from __dbt__cte__base union all select id + 1 from r where id < 3)\nselect * from r`,
    ],
    ["inner_with", `with${base}, ${other} select * from (with q as (select 1) select * from q), __dbt__cte__other`],
    [
      "with_newlines",
      `with\n\n${base}, ${other}, a as (select 1), b as (select * from __dbt__cte__other) select * from a, b`,
    ],
    ["mid", `-- a comment\nwith ${base}, x as (select * from __dbt__cte__base)\nselect * from x`],
    ["other", `with${base} select id from __dbt__cte__base -- last`],
    ["base", "select 1 as id"],
  ])("has dbt's text: %s", (name, expected) => {
    expect(compilation.told).toEqual([]);
    expect(modelNamed(compilation, name).full.text.text).toBe(expected);
  });

  it("has a name within quotes where it is no plain word, which dbt leaves to fail", () => {
    const odd = {
      ...files,
      "models/mid.sql": '{{ config(materialized="ephemeral", alias="my middle") }}select 1',
      "models/plain.sql": 'select * from {{ ref("mid") }}',
    };
    expect(modelNamed(compileLiteral(odd), "plain").full.text.text).toBe(
      'with "__dbt__cte__my middle" as (\nselect 1\n) select * from "__dbt__cte__my middle"',
    );
    const google = { ...odd, "project.yml": literalSettings };
    expect(modelNamed(compileLiteral(google), "plain").full.text.text).toContain("`__dbt__cte__my middle`");
  });

  it("is told where one is written in another dialect", () => {
    const { told } = compileLiteral({
      "project.yml": literalSettings,
      "models/a.sql": "{{ config(materialized='ephemeral') }}select 1 as id",
      "models/b.sql": "{{ config(dialect='duckdb') }}select * from {{ ref('a') }}",
    });
    expect(told).toEqual([
      'error ephemeral-dialect models/b.sql:1:1 «» The ephemeral model "a" is written in another dialect. → Its query becomes a part of its readers\': make it a view. | The ephemeral model is here. models/a.sql:1:1 «»',
    ]);
  });

  it("is told where two of them have one alias, but only where they meet", () => {
    const two = {
      "models/a.sql": "{{ config(materialized='ephemeral', alias='x') }}select 1 as id",
      "models/b.sql": "{{ config(materialized='ephemeral', alias='X') }}select 1 as id",
      "models/one.sql": "select * from {{ ref('a') }}",
    };
    expect(compileLiteral(two).told).toEqual([]);
    expect(compileLiteral({ ...two, "models/both.sql": "select * from {{ ref('a') }}, {{ ref('b') }}" }).told).toEqual([
      'error ephemeral-name models/both.sql:1:1 «» Two ephemeral models that are read here have the alias "X". | The ephemeral model is here. models/b.sql:1:1 «»',
    ]);
  });
});
