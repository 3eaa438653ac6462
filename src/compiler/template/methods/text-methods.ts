import { concatSql, joinSql, type Sql, sliceSql } from "../../../domain/sql.ts";
import { raise } from "../template-error.ts";
import { codePointOffset, lengthOfText, sliceText } from "../values/code-points.ts";
import { arrayOf, isTrue } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { asSql } from "../values/operators.ts";
import { expandTabs, padText, zeroFilled } from "../values/pad-text.ts";
import { checkLength } from "../values/repeat-text.ts";
import { replaceText } from "../values/replace-text.ts";
import { splitLines, splitText, splitTextFromEnd, splitWords, splitWordsFromEnd } from "../values/split-text.ts";
import { type Ends, strippedStretch } from "../values/strip-text.ts";
import {
  capitalizeText,
  isLowerText,
  isTitleText,
  isUpperText,
  swapCase,
  textQuestions,
  titleText,
} from "../values/text-case.ts";
import { list, text, textOf, type TextValue, tuple, type Value } from "../values/value.ts";
import {
  integerArgument,
  type Method,
  method,
  type MethodArguments,
  type MethodTable,
  textArgument,
} from "./method.ts";
import type { Call } from "../call.ts";

type Self = string | TextValue;

function plain(self: Self): string {
  return typeof self === "string" ? self : self.sql.text;
}

/** A method without arguments that only looks at the characters. */
function simple(run: (whole: string) => Value): Method<Self> {
  return method([], (self) => run(plain(self)));
}

/** The text without characters at its ends; what has origins keeps them. */
export function strip(self: Value, ends: Ends, characters: string | undefined): Value {
  const sql: Sql | undefined = typeof self === "object" && self?.kind === "text" ? self.sql : undefined;
  const whole = sql?.text ?? textOf(self) ?? "";
  const { start, end } = strippedStretch(whole, ends, characters);
  return sql === undefined ? whole.slice(start, end) : text(sliceSql(sql, start, end));
}

function stripping(ends: Ends): Method<Self> {
  return method(["chars?"], (self, [characters = null], call) =>
    strip(self, ends, characters === null ? undefined : textArgument(characters, call)),
  );
}

/** Texts with a separator between each two; what has origins keeps them. */
export function joinTexts(parts: readonly Value[], separator: Value): Value {
  const all = [separator, ...parts];
  const length = parts.reduce<number>((sum, part) => sum + asSql(part).text.length, 0);
  checkLength(length + (textOf(separator) ?? "").length * parts.length);
  if (!all.some((part) => typeof part === "object" && part?.kind === "text"))
    return parts.map((part) => asSql(part).text).join(textOf(separator) ?? "");
  const between = asSql(separator);
  if (between.origins.length === 0) return text(joinSql(parts.map(asSql), between.text));
  return text(concatSql(parts.flatMap((part, index) => (index === 0 ? [asSql(part)] : [between, asSql(part)]))));
}

function splitting(from: "start" | "end"): Method<Self> {
  return method(["sep?", "maxsplit?"], (self, [separator = null, limit = -1], call) => {
    const count = integerArgument(limit, call);
    const whole = plain(self);
    if (separator === null) return list((from === "start" ? splitWords : splitWordsFromEnd)(whole, count));
    const between = textArgument(separator, call);
    if (between === "") raise("argument-type", `"${call.name}" expects a separator that is not empty.`);
    return list((from === "start" ? splitText : splitTextFromEnd)(whole, between, count));
  });
}

/** The part of the text between the places that `find`, `count` and their like take, and how far into the text it starts. */
function window(whole: string, args: MethodArguments, call: Call): { readonly part: string; readonly offset: number } {
  const length = lengthOfText(whole);
  const place = (value: Value | undefined, otherwise: number): number => {
    if (value === undefined || value === null) return otherwise;
    const index = integerArgument(value, call);
    return index < 0 ? Math.max(0, index + length) : index;
  };
  const offset = place(args[1], 0);
  return { part: sliceText(whole, offset, Math.max(offset, place(args[2], length))), offset };
}

function searching(from: "start" | "end", missing: "number" | "error"): Method<Self> {
  return method(["sub", "start?", "end?"], (self, args, call) => {
    const whole = plain(self);
    const wanted = textArgument(args[0], call);
    const { part, offset } = window(whole, args, call);
    const found =
      offset > lengthOfText(whole) ? -1 : from === "start" ? part.indexOf(wanted) : part.lastIndexOf(wanted);
    if (found >= 0) return codePointOffset(part, found) + offset;
    return missing === "number" ? -1 : raise("unknown-item", `The text does not contain "${wanted}".`);
  });
}

function countParts(whole: string, part: string): number {
  return part === "" ? lengthOfText(whole) + 1 : whole.split(part).length - 1;
}

function affixed(isAffix: (whole: string, affix: string) => boolean): Method<Self> {
  return method(["prefix", "start?", "end?"], (self, args, call) => {
    const [affix] = args;
    const { part } = window(plain(self), args, call);
    const affixes = typeof affix === "object" && affix?.kind === "tuple" ? affix.items : [affix];
    return affixes.some((each) => isAffix(part, textArgument(each, call)));
  });
}

function partitioning(from: "start" | "end"): Method<Self> {
  return method(["sep"], (self, [separator], call) => {
    const whole = plain(self);
    const between = textArgument(separator, call);
    if (between === "") raise("argument-type", `"${call.name}" expects a separator that is not empty.`);
    const at = from === "start" ? whole.indexOf(between) : whole.lastIndexOf(between);
    if (at < 0) return tuple(from === "start" ? [whole, "", ""] : ["", "", whole]);
    return tuple([whole.slice(0, at), between, whole.slice(at + between.length)]);
  });
}

function padding(side: "left" | "right" | "both"): Method<Self> {
  return method(["width", "fillchar?"], (self, [width, fill = " "], call) => {
    const filling = textArgument(fill, call);
    if (lengthOfText(filling) !== 1)
      raise("argument-type", `"${call.name}" fills with one character, found "${filling}".`);
    return padText(plain(self), { width: integerArgument(width, call), side, fill: filling });
  });
}

/** The methods of a text. */
export const textMethods: MethodTable<Self> = new Map<string, Method<Self>>([
  ["lower", simple((whole) => whole.toLowerCase())],
  ["casefold", simple((whole) => whole.toLowerCase().replaceAll("ß", "ss"))],
  ["upper", simple((whole) => whole.toUpperCase())],
  ["title", simple(titleText)],
  ["capitalize", simple(capitalizeText)],
  ["swapcase", simple(swapCase)],
  ["islower", simple(isLowerText)],
  ["isupper", simple(isUpperText)],
  ["istitle", simple(isTitleText)],
  ...Object.entries(textQuestions).map(([name, question]) => [name, simple((whole) => question.test(whole))] as const),
  ["isascii", simple((whole) => !/[\u0080-\uffff]/u.test(whole))],
  ["strip", stripping("both")],
  ["lstrip", stripping("left")],
  ["rstrip", stripping("right")],
  ["split", splitting("start")],
  ["rsplit", splitting("end")],
  [
    "splitlines",
    method(["keepends?"], (self, [keep = false]) => list(splitLines(plain(self), isTrue(keep) ? "keep" : "drop"))),
  ],
  [
    "join",
    method(["iterable"], (self, [items = null], call) => {
      const parts = arrayOf(items);
      const wrong = parts.find((part) => textOf(part) === undefined);
      if (wrong !== undefined) raise("argument-type", `"${call.name}" expects texts, found ${describeType(wrong)}.`);
      return joinTexts(parts, self);
    }),
  ],
  [
    "replace",
    method(["old", "new", "count?"], (self, [old, replacement, count = -1], call) =>
      replaceText(plain(self), {
        old: textArgument(old, call),
        new: textArgument(replacement, call),
        count: integerArgument(count, call),
      }),
    ),
  ],
  ["startswith", affixed((whole, affix) => whole.startsWith(affix))],
  ["endswith", affixed((whole, affix) => whole.endsWith(affix))],
  ["find", searching("start", "number")],
  ["rfind", searching("end", "number")],
  ["index", searching("start", "error")],
  ["rindex", searching("end", "error")],
  [
    "count",
    method(["sub", "start?", "end?"], (self, args, call) =>
      countParts(window(plain(self), args, call).part, textArgument(args[0], call)),
    ),
  ],
  ["partition", partitioning("start")],
  ["rpartition", partitioning("end")],
  ["center", padding("both")],
  ["ljust", padding("right")],
  ["rjust", padding("left")],
  ["zfill", method(["width"], (self, [width], call) => zeroFilled(plain(self), integerArgument(width, call)))],
  [
    "removeprefix",
    method(["prefix"], (self, [prefix], call) => {
      const [whole, wanted] = [plain(self), textArgument(prefix, call)];
      return whole.startsWith(wanted) ? whole.slice(wanted.length) : whole;
    }),
  ],
  [
    "removesuffix",
    method(["suffix"], (self, [suffix], call) => {
      const [whole, wanted] = [plain(self), textArgument(suffix, call)];
      return wanted !== "" && whole.endsWith(wanted) ? whole.slice(0, -wanted.length) : whole;
    }),
  ],
  [
    "expandtabs",
    method(["tabsize?"], (self, [size = 8], call) => expandTabs(plain(self), integerArgument(size, call))),
  ],
]);
