import { expect, it } from "vitest";
import { mayFail } from "./may-fail.ts";

it.each([
  ['"t"."x"', false],
  ['lower(trim("t"."a+b"))', false],
  ["coalesce('1/0', \"x\")", false],
  ['gsql_lower("x")', true],
  ['gsql_fraction("x")', true],
  ['CAST("x" AS BIGINT)', true],
  ['"x" + 1', true],
  ['some_function("x")', true],
])("tells whether %s may fail", (sql, expected) => {
  expect(mayFail(sql)).toBe(expected);
});
