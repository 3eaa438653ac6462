import type { Code } from "./code.ts";
import { codeText } from "./code.ts";
import { repeatsWork } from "./prelude/repeats-work.ts";
import { mayFail } from "./prelude/may-fail.ts";
import type { Value } from "./value.ts";

/**
 * Evaluates the values once, before the expression that `build` makes of what stands for them. DuckDB has no LET, but a
 * lambda over a list of one element is one. Literals stand for themselves.
 */
export function bindOnce(values: readonly Value[], build: (standIns: readonly Value[]) => Value): Value {
  return bind(values, build, (code) => code);
}

/**
 * NULL where the expression that `build` makes fails, as GoogleSQL's SAFE wants it: where one of the values fails, the
 * query does. TRY also takes no aggregate, no window function and no subquery, so those are evaluated before it.
 */
export function attemptOver(values: readonly Value[], build: (standIns: readonly Value[]) => Value): Value {
  const attempted = (code: Code): Code => ["TRY(", code, ")"];
  if (values.some(mustStandOutside)) return { ...bind(values, build, attempted), isNullable: true };
  const result = build(values);
  // What is computed inside of a lambda stays there.
  const isHoisted = values.some(({ constant }) => constant === undefined) && repeatsWork(codeText(result.code));
  if (isHoisted) return { ...bind(values, build, attempted), isNullable: true };
  return { ...result, code: attempted(result.code), isCompound: false, isNullable: true };
}

function mustStandOutside(value: Value): boolean {
  if (value.constant !== undefined) return false;
  if (value.hasAggregate || value.hasWindow || value.hasQuery || value.isVolatile) return true;
  return mayFail(codeText(value.code));
}

function bind(
  values: readonly Value[],
  build: (standIns: readonly Value[]) => Value,
  guard: (code: Code) => Code,
): Value {
  const bound = values.filter((value) => value.constant === undefined);
  const [first, ...others] = bound;
  if (first === undefined) return build(values);
  const standIns = values.map((value): Value => {
    const index = bound.indexOf(value);
    if (index < 0) return value;
    const code = others.length === 0 ? "given" : `given.v${index}`;
    const free = { hasAggregate: false, hasWindow: false, hasQuery: false, isVolatile: false };
    return { ...value, ...free, code, isCompound: false, parts: undefined };
  });
  const result = build(standIns);
  const fields = bound.flatMap((value, index): readonly Code[] => [
    index === 0 ? "" : ", ",
    `v${index} := `,
    value.code,
  ]);
  const given: Code = others.length === 0 ? first.code : ["struct_pack(", ...fields, ")"];
  return {
    ...result,
    code: ["list_transform([", given, "], lambda given: ", guard(result.code), ")[1]"],
    isCompound: false,
    hasAggregate: result.hasAggregate || bound.some((value) => value.hasAggregate),
    hasWindow: result.hasWindow || bound.some((value) => value.hasWindow),
    hasQuery: result.hasQuery || bound.some((value) => value.hasQuery),
    isVolatile: result.isVolatile || bound.some((value) => value.isVolatile),
  };
}
