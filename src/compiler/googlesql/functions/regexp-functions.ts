import { type Code, quoteText } from "../code.ts";
import { applyLines } from "../emit/call.ts";
import type { Context } from "../emit/context.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Call } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { arrayOf, type DataType, scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { type FunctionEntry, type FunctionTable, scalarFunction, specialFunction } from "./function-table.ts";
import { inspectPattern, type RegexpPattern } from "./regexp-pattern.ts";

/** A call on a text with a pattern that is a literal: the number of its groups decides about the SQL. */
interface Matching {
  readonly text: Value;
  readonly pattern: Value;
  readonly source: string;
  readonly known: RegexpPattern;
  readonly rest: readonly Value[];
}

function matching(call: Call, context: Context, most: number): Matching {
  const count = call.arguments.length;
  if (count < 2 || count > most)
    refuse("argument-count", `${call.name} takes 2 to ${most} arguments, not ${count}.`, call.namePlace);
  const values = call.arguments.map(({ value }) => context.translation.translateExpression(value, context));
  const [first, second, ...rest] = values;
  if (first === undefined || second === undefined) throw new Error("Two arguments were counted.");
  if (first.type.kind === "BYTES") refuseUnsupported(`${call.name} of BYTES`, first.place);
  const [text, pattern] = [first, second].map((value) => {
    const fitted = coerce(value, scalar("STRING"));
    if (fitted === undefined)
      refuse(
        value.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
        `${call.name} takes a STRING, not ${typeText(value.type)}.`,
        value.place,
      );
    return fitted;
  });
  if (text === undefined || pattern === undefined) throw new Error("Two arguments were counted.");
  if (pattern.constant?.kind !== "string")
    refuseUnsupported(
      `${call.name} with a pattern that is no literal`,
      second.place,
      "Write the regular expression as a literal.",
    );
  const source = pattern.constant.text;
  const known = inspectPattern(source);
  if (known.groupCount > 1)
    refuse(
      "argument-type",
      `The pattern of ${call.name} has ${known.groupCount} groups, and at most one is allowed.`,
      second.place,
      "Make the others non-capturing: (?:…).",
    );
  const numbers = rest.map((value) => {
    const number = coerce(value, scalar("INT64"));
    if (number === undefined)
      refuse("argument-type", `${call.name} takes a number here, not ${typeText(value.type)}.`, value.place);
    return number;
  });
  return { text, pattern, source, known, rest: numbers };
}

function made(call: Call, code: Code, type: DataType, operands: readonly Value[]): Value {
  return makeValue({ code, type, place: { start: call.start, end: call.end } }, operands);
}

const extract: FunctionEntry = specialFunction((call, context) => {
  const { text, pattern, known, rest } = matching(call, context, 4);
  const [position, occurrence] = rest;
  if (rest.length > 0 && known.mayMatchNothing)
    refuseUnsupported(`${call.name} with a position and a pattern that may match nothing`, pattern.place);
  const code: Code =
    position === undefined
      ? ["regexp_extract_all(", text.code, ", ", pattern.code, `, ${known.groupCount})[1]`]
      : [
          "gsql_regexp_extract(",
          text.code,
          ", ",
          pattern.code,
          `, ${known.groupCount}, `,
          position.code,
          ", ",
          occurrence?.code ?? "1",
          ")",
        ];
  return made(call, code, scalar("STRING"), [text, ...rest]);
});

const extractAll = specialFunction((call, context) => {
  const { text, pattern, known } = matching(call, context, 2);
  if (known.mayMatchNothing) refuseUnsupported(`${call.name} with a pattern that may match nothing`, pattern.place);
  const code: Code = ["gsql_regexp_extract_all(", text.code, ", ", pattern.code, `, ${known.groupCount})`];
  return made(call, code, arrayOf(scalar("STRING")), [text]);
});

const position = specialFunction((call, context) => {
  const { text, pattern, source, known, rest } = matching(call, context, 5);
  const [start, occurrence, after] = rest;
  if (known.groupCount > 0)
    refuseUnsupported(`${call.name} with a group in the pattern`, pattern.place, "Make it non-capturing: (?:…).");
  if (known.mayMatchNothing) refuseUnsupported(`${call.name} with a pattern that may match nothing`, pattern.place);
  const withGap = quoteText(`(?s:.*?)(?:${source})`);
  const afterCode = after?.code ?? "0";
  const code: Code = [
    ["gsql_regexp_instr(", text.code, ", ", pattern.code, `, ${withGap}, `],
    [start?.code ?? "1", ", ", occurrence?.code ?? "1", ", ", afterCode, ")"],
  ];
  if (/^\^|\\A|\\[bB]/u.test(source))
    refuseUnsupported(`${call.name} with a pattern that depends on what stands before it`, pattern.place);
  return made(call, code, scalar("INT64"), [text, ...rest]);
});

const replaceLines = scalarFunction(
  "(STRING, STRING, STRING) -> STRING: regexp_replace($1, $2, $3, 'g')",
  "(BYTES, BYTES, BYTES) -> BYTES: unsupported",
);

/** REGEXP_REPLACE: what DuckDB takes for a replacement that replaces nothing, GoogleSQL refuses. */
const replacing = specialFunction((call, context) => {
  const [, pattern, replacement] = call.arguments.map(({ value }) => value);
  if (replacement?.kind === "literal" && replacement.type === "STRING") {
    const groups = pattern?.kind === "literal" ? inspectPattern(pattern.text).groupCount : 9;
    for (const [, next = ""] of replacement.text.matchAll(/\\(?<next>.?)/gsu))
      if (next !== "\\" && !(/^\d$/u.test(next) && Number(next) <= groups))
        refuse(
          "argument-type",
          `The replacement of REGEXP_REPLACE has "\\${next}", which stands for nothing.`,
          replacement,
          "A group is \\1 to \\9, a backslash is \\\\.",
        );
  }
  return applyLines(call, replaceLines, context);
});

/** Functions of regular expressions: DuckDB and GoogleSQL both use RE2. */
export const regexpFunctions: FunctionTable = {
  REGEXP_CONTAINS: scalarFunction(
    "(STRING, STRING) -> BOOL: regexp_matches($1, $2)",
    "(BYTES, BYTES) -> BOOL: unsupported",
  ),
  REGEXP_EXTRACT: extract,
  REGEXP_SUBSTR: extract,
  REGEXP_EXTRACT_ALL: extractAll,
  REGEXP_INSTR: position,
  REGEXP_REPLACE: replacing,
};
