import { joinSql, sliceSql, trustedSql, concatSql, type Sql } from "../../../domain/sql.ts";
import { pairsOf } from "../methods/dict-methods.ts";
import { integerArgument, type Method, method, type MethodTable, textArgument } from "../methods/method.ts";
import { joinTexts, strip } from "../methods/text-methods.ts";
import { raise } from "../template-error.ts";
import { codePoints, lengthOfText, sliceText } from "../values/code-points.ts";
import { arrayOf, isTrue, lengthOf } from "../values/collection.ts";
import { dict } from "../values/dict.ts";
import { formatPercent } from "../values/format-percent.ts";
import { asSql } from "../values/operators.ts";
import { padText } from "../values/pad-text.ts";
import { printValue } from "../values/print-value.ts";
import { repeatText } from "../values/repeat-text.ts";
import { replaceText } from "../values/replace-text.ts";
import { splitLines, splitTextFromEnd } from "../values/split-text.ts";
import { capitalizeText } from "../values/text-case.ts";
import { text, textOf, tuple, type Value } from "../values/value.ts";
import { wrapText } from "../values/wrap-text.ts";
import { attributePath } from "./attribute-path.ts";

function simple(run: (whole: string) => Value): Method<Value> {
  return method([], (target) => run(printValue(target)));
}

/** Jinja's `title`: a word begins behind white space, a hyphen or an opening bracket. */
function titleWords(whole: string): string {
  return whole
    .split(/([-\s({[<]+)/u)
    .map((part) => {
      const [first = ""] = part;
      return first.toUpperCase() + part.slice(first.length).toLowerCase();
    })
    .join("");
}

function escapeHtml(whole: string): string {
  return whole
    .replaceAll("&", "&amp;")
    .replaceAll(">", "&gt;")
    .replaceAll("<", "&lt;")
    .replaceAll("'", "&#39;")
    .replaceAll('"', "&#34;");
}

/** Lines with an indentation before each but the first, and on demand before the first and the empty ones. */
function indent(
  whole: Sql,
  by: { readonly indentation: string; readonly first: boolean; readonly blank: boolean },
): Sql {
  const indentation = trustedSql(by.indentation);
  let at = 0;
  const lines = splitLines(`${whole.text}\n`, "keep").map((kept) => {
    const line = kept.replace(/(?:\r\n|.)$/su, "");
    const part = sliceSql(whole, at, at + line.length);
    at += kept.length;
    return part;
  });
  const indented = lines.map((line, index) => {
    const isIndented = index === 0 ? by.first : by.blank || line.text !== "";
    return isIndented ? concatSql([indentation, line]) : line;
  });
  return joinSql(indented, "\n");
}

function truncate(
  target: Value,
  to: { readonly length: number; readonly killsWords: boolean; readonly end: string; readonly leeway: number },
  call: { readonly name: string },
): Value {
  const room = to.length - lengthOfText(to.end);
  if (room < 0)
    raise("argument-type", `"truncate" expects a length of ${lengthOfText(to.end)} at least, found ${to.length}.`);
  if (to.leeway < 0) raise("argument-type", `"truncate" expects a leeway of 0 at least, found ${to.leeway}.`);
  if ((lengthOf(target) ?? Infinity) <= to.length + to.leeway) return target;
  const kept = sliceText(textArgument(target, call), 0, room);
  return (to.killsWords ? kept : (splitTextFromEnd(kept, " ", 1)[0] ?? "")) + to.end;
}

const safeInUrl = /[A-Za-z0-9_.~/-]/u;

function quoteUrl(value: Value, isQuery: boolean): string {
  const quoted = codePoints(printValue(value))
    .map((character) => {
      if (safeInUrl.test(character) && !(isQuery && character === "/")) return character;
      if (/[!'()*]/u.test(character)) return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
      return /[\ud800-\udfff]/u.test(character) ? "%EF%BF%BD" : encodeURIComponent(character);
    })
    .join("");
  return isQuery ? quoted.replaceAll("%20", "+") : quoted;
}

function urlEncode(target: Value): string {
  if (textOf(target) !== undefined || lengthOf(target) === undefined) return quoteUrl(target, false);
  return pairsOf(target)
    .map(([key, value]) => `${quoteUrl(key, true)}=${quoteUrl(value, true)}`)
    .join("&");
}

/** Jinja's filters that make text of text. */
export const textFilters: MethodTable<Value> = new Map<string, Method<Value>>([
  ["upper", simple((whole) => whole.toUpperCase())],
  ["lower", simple((whole) => whole.toLowerCase())],
  ["capitalize", simple(capitalizeText)],
  ["title", simple(titleWords)],
  ["wordcount", simple((whole) => whole.match(/[\p{L}\p{N}\p{M}_]+/gu)?.length ?? 0)],
  ["escape", simple(escapeHtml)],
  ["e", simple(escapeHtml)],
  ["forceescape", simple(escapeHtml)],
  ["urlencode", method([], urlEncode)],
  ["string", method([], (target) => (textOf(target) === undefined ? printValue(target) : target))],
  ["safe", method([], (target) => (textOf(target) === undefined ? printValue(target) : target))],
  [
    "trim",
    method(["chars?"], (target, [characters = null], call) =>
      strip(
        textOf(target) === undefined ? printValue(target) : target,
        "both",
        characters === null ? undefined : textArgument(characters, call),
      ),
    ),
  ],
  [
    "center",
    method(["width?"], (target, [width = 80], call) =>
      padText(printValue(target), { width: integerArgument(width, call), side: "both", fill: " " }),
    ),
  ],
  [
    "replace",
    method(["old", "new", "count?"], (target, [old = null, replacement = null, count = null], call) =>
      replaceText(printValue(target), {
        old: printValue(old),
        new: printValue(replacement),
        count: count === null ? -1 : integerArgument(count, call),
      }),
    ),
  ],
  [
    "format",
    method("any", (target, args, call) => {
      if (args.length > 0 && call.named.size > 0)
        raise("too-many-arguments", '"format" takes arguments either with or without names.');
      return formatPercent(printValue(target), call.named.size > 0 ? dict(call.named) : tuple(call.positional));
    }),
  ],
  [
    "join",
    method(["d?", "attribute?"], (target, [separator = "", attribute = null], call) => {
      const keyOf = attributePath(attribute, call);
      return joinTexts(arrayOf(target).map(keyOf), printValue(separator) === "" ? "" : asText(separator));
    }),
  ],
  [
    "indent",
    method(["width?", "first?", "blank?"], (target, [width = 4, first = false, blank = false], call) => {
      if (textOf(target) === undefined) textArgument(target, call);
      const indentation = textOf(width) ?? repeatText(" ", integerArgument(width, call));
      const indented = indent(asSql(target), { indentation, first: isTrue(first), blank: isTrue(blank) });
      return indented.origins.length === 0 ? indented.text : text(indented);
    }),
  ],
  [
    "truncate",
    method(
      ["length?", "killwords?", "end?", "leeway?"],
      (target, [length = 255, killWords = false, end = "...", leeway = null], call) =>
        truncate(
          target,
          {
            length: integerArgument(length, call),
            killsWords: isTrue(killWords),
            end: textArgument(end, call),
            leeway: leeway === null ? 5 : integerArgument(leeway, call),
          },
          call,
        ),
    ),
  ],
  [
    "wordwrap",
    method(
      ["width?", "break_long_words?", "wrapstring?", "break_on_hyphens?"],
      (target, [width = 79, breaksLong = true, between = null, breaksHyphens = true], call) => {
        const wrap = {
          width: integerArgument(width, call),
          breaksLongWords: isTrue(breaksLong),
          breaksOnHyphens: isTrue(breaksHyphens),
        };
        if (wrap.width <= 0) raise("argument-type", `"wordwrap" expects a width above 0, found ${wrap.width}.`);
        const separator = between === null ? "\n" : textArgument(between, call);
        return splitLines(textArgument(target, call), "drop")
          .map((line) => wrapText(line, wrap).join(separator))
          .join(separator);
      },
    ),
  ],
]);

function asText(value: Value): Value {
  return textOf(value) === undefined ? printValue(value) : value;
}
