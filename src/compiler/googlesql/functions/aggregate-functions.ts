import type { Code } from "../code.ts";
import { aggregateContext, applyLines, callFrame, overRows } from "../emit/call.ts";
import type { Context } from "../emit/context.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { fillTemplate, parseTemplate } from "../signature/template.ts";
import type { Call } from "../syntax.ts";
import { arrayOf, scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { aggregateFunction, type FunctionEntry, type FunctionTable, specialAggregate } from "./function-table.ts";

/** The types whose values have an order, but for FLOAT64. */
const ordered = [
  "INT64",
  "NUMERIC",
  "BIGNUMERIC",
  "STRING",
  "BYTES",
  "BOOL",
  "DATE",
  "DATETIME",
  "TIMESTAMP",
  "TIME",
  "INTERVAL",
];

function extreme(name: "min" | "max", float: string): FunctionEntry {
  const lines = ordered.map((type) => `(${type}) -> ${type}: ${name}!($1)`);
  return aggregateFunction(["distinct"], ...lines, `(FLOAT64) -> FLOAT64: ${float}`);
}

/** A deviation. Over a number that is not finite it is NaN, where DuckDB fails or passes over it; `least` rows are needed. */
function deviation(name: string, least: 1 | 2): FunctionEntry {
  const finite = `CASE WHEN isfinite(max!($1)) AND isfinite(min!($1)) THEN ${name}!(CASE WHEN isfinite($1) THEN $1 END)`;
  return aggregateFunction(
    ["distinct"],
    `(INT64) -> FLOAT64: ${name}!($1)`,
    `(FLOAT64) -> FLOAT64: ${finite} WHEN count!($1) >= ${least} THEN CAST('nan' AS DOUBLE) END`,
    `(NUMERIC) -> FLOAT64: ${name}!(CAST($1 AS DOUBLE))`,
  );
}

function pairAggregate(name: string): FunctionEntry {
  return aggregateFunction(["distinct"], `(FLOAT64, FLOAT64) -> FLOAT64: ${name}!($1, $2)`);
}

function bitAggregate(name: string): FunctionEntry {
  return aggregateFunction(["distinct"], `(INT64) -> INT64: ${name}!($1)`);
}

const countLines = aggregateFunction(["distinct"], "(ANY) -> INT64!: count!($1)");

const count = specialAggregate(
  (call, context) => {
    if (!call.hasStar) return applyLines(call, countLines, context);
    if (call.isDistinct)
      refuse("argument-count", "COUNT(DISTINCT *) is not possible.", call.namePlace, "Name the column to count.");
    aggregateContext(call, context);
    return aggregated({ call, context, template: "count!(*)", args: [], type: scalar("INT64"), isNullable: false });
  },
  ["distinct", "over"],
);

interface Aggregation {
  readonly call: Call;
  readonly context: Context;
  readonly template: string;
  readonly args: readonly Value[];
  readonly type: Value["type"];
  readonly isNullable?: boolean;
}

function aggregated(aggregation: Aggregation): Value {
  const { call, context, args, type } = aggregation;
  const template = parseTemplate(aggregation.template);
  const code = fillTemplate(template, args, callFrame(call, args, context));
  const place = { start: call.start, end: call.end };
  const value = makeValue(
    { code, isCompound: template.isCompound, type, place, isNullable: aggregation.isNullable ?? true },
    args,
  );
  return overRows(call, value, context);
}

function argumentsOf(call: Call, context: Context, counts: readonly [least: number, most: number]): readonly Value[] {
  const given = call.arguments.length;
  if (call.hasStar || given < counts[0] || given > counts[1])
    refuse(
      "argument-count",
      `${call.name} takes ${counts[0] === counts[1] ? counts[0] : `${counts[0]} to ${counts[1]}`} arguments, not ${call.hasStar ? '"*"' : given}.`,
      call.namePlace,
    );
  const inner = aggregateContext(call, context);
  return call.arguments.map(({ value }) => context.translation.translateExpression(value, inner));
}

/** The list of the values, cut to LIMIT: the list of the first none is NULL. */
function limitedList(call: Call, context: Context): string {
  if (call.limit === undefined) return "list!($1)";
  const value = context.translation.translateExpression(call.limit, context);
  if (value.constant?.kind !== "integer") refuseUnsupported(`LIMIT in ${call.name} that is no literal`, value.place);
  const limit = value.constant.text;
  return Number(limit) === 0 ? "nullif((list!($1))[1:0], [])" : `(list!($1))[1:${limit}]`;
}

const arrayAgg = specialAggregate(
  (call, context) => {
    const [value] = argumentsOf(call, context, [1, 1]);
    if (value === undefined) throw new Error("An argument was counted.");
    if (value.type.kind === "ARRAY")
      refuse(
        "argument-type",
        "ARRAY_AGG cannot make an array of arrays.",
        value.place,
        "Wrap the inner array in a STRUCT, or use ARRAY_CONCAT_AGG.",
      );
    const template = limitedList(call, context);
    return aggregated({ call, context, template, args: [value], type: arrayOf(value.type) });
  },
  ["distinct", "order by", "limit", "ignore nulls", "respect nulls", "over"],
);

const arrayConcatAgg = specialAggregate(
  (call, context) => {
    const [value] = argumentsOf(call, context, [1, 1]);
    if (value?.type.kind !== "ARRAY")
      refuse(
        "argument-type",
        `ARRAY_CONCAT_AGG takes an array, not ${value === undefined ? "nothing" : typeText(value.type)}.`,
        call.namePlace,
      );
    const template = `flatten(${limitedList(call, context)})`;
    return aggregated({ call: { ...call, nulls: "ignore" }, context, template, args: [value], type: value.type });
  },
  ["order by", "limit", "over"],
);

const stringAgg = specialAggregate(
  (call, context) => {
    const [value, separator] = argumentsOf(call, context, [1, 2]);
    if (value === undefined) throw new Error("An argument was counted.");
    if (value.type.kind === "BYTES") refuseUnsupported("STRING_AGG of BYTES", value.place);
    if (value.type.kind !== "STRING" && value.constant?.kind !== "null")
      refuse(
        value.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
        `STRING_AGG takes a STRING, not ${typeText(value.type)}.`,
        value.place,
        "Cast it to STRING.",
      );
    if (separator !== undefined && separator.constant?.kind !== "string")
      refuse("argument-type", "The separator of STRING_AGG must be a string literal.", separator.place);
    const between = separator ?? makeValue({ code: "','", type: scalar("STRING"), place: call.namePlace });
    const isLimited = call.limit !== undefined;
    const template = isLimited ? `array_to_string(${limitedList(call, context)}, $2)` : "string_agg!($1, $2)";
    const plain: Call = isLimited ? { ...call, nulls: "ignore" } : call;
    return aggregated({ call: plain, context, template, args: [value, between], type: scalar("STRING") });
  },
  ["distinct", "order by", "limit", "over"],
);

const anyValue = specialAggregate(
  (call, context) => {
    const [value] = argumentsOf(call, context, [1, 1]);
    if (value === undefined) throw new Error("An argument was counted.");
    if (call.having === undefined)
      return aggregated({ call, context, template: "any_value!($1)", args: [value], type: value.type });
    const by = context.translation.translateExpression(call.having.value, aggregateContext(call, context));
    const template = call.having.which === "max" ? "arg_max_null!($1, $2)" : "arg_min_null!($1, $2)";
    return aggregated({ call, context, template, args: [value, by], type: value.type });
  },
  ["having", "over"],
);

function atExtreme(name: "arg_max_null" | "arg_min_null"): FunctionEntry {
  return aggregateFunction([], `(T, U) -> T: ${name}!($1, $2)`);
}

/** APPROX_QUANTILES, exactly: the smallest value, the n − 1 quantiles between, and the greatest. */
const approxQuantiles = specialAggregate(
  (call, context) => {
    const [value, number] = argumentsOf(call, context, [2, 2]);
    if (value === undefined || number === undefined) throw new Error("Two arguments were counted.");
    const parts = number.constant?.kind === "integer" ? Number(number.constant.text) : 0;
    if (parts < 1 || parts > 10_000)
      refuse("argument-type", "The number of APPROX_QUANTILES must be a literal above 0.", number.place);
    if (!ordered.includes(value.type.kind) && value.type.kind !== "FLOAT64")
      refuse("argument-type", `APPROX_QUANTILES does not take values of type ${typeText(value.type)}.`, value.place);
    const quantiles = Array.from({ length: parts + 1 }, (_, index) => String(index / parts)).join(", ");
    return aggregated({
      call,
      context,
      template: `quantile_disc!($1, [${quantiles}])`,
      args: [value],
      type: arrayOf(value.type),
    });
  },
  ["distinct", "ignore nulls"],
);

const approxTopCount = specialAggregate((call, context) => {
  const [value, number] = argumentsOf(call, context, [2, 2]);
  if (value === undefined || number?.constant?.kind !== "integer")
    refuse("argument-type", "The number of APPROX_TOP_COUNT must be a literal.", call.namePlace);
  const type = arrayOf({
    kind: "STRUCT",
    fields: [
      { name: "value", type: value.type },
      { name: "count", type: scalar("INT64") },
    ],
  });
  return aggregated({
    call,
    context,
    template: `gsql_top_count(histogram!($1), count!(*) - count!($1), ${number.constant.text})`,
    args: [value],
    type,
  });
});

const approxTopSum = specialAggregate((call, context) => {
  const [value, weight, number] = argumentsOf(call, context, [3, 3]);
  if (value === undefined || weight === undefined || number?.constant?.kind !== "integer")
    refuse("argument-type", "The number of APPROX_TOP_SUM must be a literal.", call.namePlace);
  if (!["INT64", "NUMERIC", "FLOAT64"].includes(weight.type.kind))
    refuse("argument-type", `APPROX_TOP_SUM adds up numbers, not ${typeText(weight.type)}.`, weight.place);
  const type = arrayOf({
    kind: "STRUCT",
    fields: [
      { name: "value", type: value.type },
      { name: "sum", type: weight.type },
    ],
  });
  const sum: Code =
    weight.type.kind === "INT64" ? "BIGINT" : weight.type.kind === "NUMERIC" ? "DECIMAL(38,9)" : "DOUBLE";
  const template = `list_transform(gsql_top_sum(list!(struct_pack(v := $1, w := $2)), ${number.constant.text}), lambda t: struct_pack("value" := t.v, "sum" := CAST(-t.s AS ${sum})))`;
  return aggregated({ call, context, template, args: [value, weight], type });
});

/** Functions over several rows. */
export const aggregateFunctions: FunctionTable = {
  ANY_VALUE: anyValue,
  APPROX_COUNT_DISTINCT: aggregateFunction([], "(ANY) -> INT64!: count!(DISTINCT $1)"),
  APPROX_QUANTILES: approxQuantiles,
  APPROX_TOP_COUNT: approxTopCount,
  APPROX_TOP_SUM: approxTopSum,
  ARRAY_AGG: arrayAgg,
  ARRAY_CONCAT_AGG: arrayConcatAgg,
  AVG: aggregateFunction(
    ["distinct"],
    "(INT64) -> FLOAT64: avg!($1)",
    "(FLOAT64) -> FLOAT64: avg!($1)",
    "(NUMERIC) -> NUMERIC: gsql_numeric_divide(CAST(sum!($1) AS DECIMAL(38,9)), CAST(nullif(count!($1), 0) AS DECIMAL(38,9)))",
    "(BIGNUMERIC) -> BIGNUMERIC: unsupported",
    "(INTERVAL) -> INTERVAL: unsupported",
  ),
  BIT_AND: bitAggregate("bit_and"),
  BIT_OR: bitAggregate("bit_or"),
  BIT_XOR: bitAggregate("bit_xor"),
  CORR: aggregateFunction(
    ["distinct"],
    "(FLOAT64, FLOAT64) -> FLOAT64: CASE WHEN covar_samp!($1, $2) IS NOT NULL THEN corr!($1, $2) END",
  ),
  COUNT: count,
  COUNTIF: aggregateFunction(["distinct"], "(BOOL) -> INT64!: count!(CASE WHEN $1 THEN 1 END)"),
  COVAR_POP: pairAggregate("covar_pop"),
  COVAR_SAMP: pairAggregate("covar_samp"),
  GROUPING: aggregateFunction([], "(ANY) -> INT64!: CAST(grouping($1) AS BIGINT)"),
  LOGICAL_AND: aggregateFunction([], "(BOOL) -> BOOL: bool_and!($1)"),
  LOGICAL_OR: aggregateFunction([], "(BOOL) -> BOOL: bool_or!($1)"),
  MAX: extreme("max", "max!($1)"),
  MAX_BY: atExtreme("arg_max_null"),
  MIN: extreme("min", "CASE WHEN isnan(max!($1)) THEN CAST('nan' AS DOUBLE) ELSE min!($1) END"),
  MIN_BY: atExtreme("arg_min_null"),
  STDDEV: deviation("stddev_samp", 2),
  STDDEV_POP: deviation("stddev_pop", 1),
  STDDEV_SAMP: deviation("stddev_samp", 2),
  STRING_AGG: stringAgg,
  SUM: aggregateFunction(
    ["distinct"],
    "(INT64) -> INT64: CAST(sum!($1) AS BIGINT)",
    "(FLOAT64) -> FLOAT64: sum!($1)",
    "(NUMERIC) -> NUMERIC: CAST(sum!($1) AS DECIMAL(38,9))",
    "(BIGNUMERIC) -> BIGNUMERIC: CAST(sum!($1) AS DECIMAL(38,9))",
    "(INTERVAL) -> INTERVAL: gsql_interval(CAST(sum!(gsql_interval_months($1)) AS BIGINT), CAST(sum!(datepart('day', $1)) AS BIGINT), CAST(sum!(gsql_interval_micros($1)) AS BIGINT))",
  ),
  VARIANCE: deviation("var_samp", 2),
  VAR_POP: deviation("var_pop", 1),
  VAR_SAMP: deviation("var_samp", 2),
};
