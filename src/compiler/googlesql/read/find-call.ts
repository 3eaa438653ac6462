import { refuse } from "../refusal.ts";
import type { CallForm, Found, OrderFlags } from "./form.ts";
import { bareFunctions, reservedWords } from "./keywords.ts";
import { type Outline, placeOf, type Range, splitAtCommas, surface } from "./outline.ts";

/** The end of a name with dots that begins at a token: the index after its last part. */
export function endOfPath(outline: Outline, start: number): number {
  let end = start + 1;
  while (outline.tokens[end]?.kind === "symbol" && outline.tokens[end]?.text === ".") {
    const part = outline.tokens[end + 1];
    if (part?.kind !== "word" && part?.kind !== "quoted") return end;
    end += 2;
  }
  return end;
}

/** The call that begins at a name, if a bracket follows it. */
export function findCall(outline: Outline, start: number): Found | undefined {
  const open = endOfPath(outline, start);
  const first = outline.tokens[start];
  if (first === undefined) return undefined;
  const bracket = outline.tokens[open];
  if (bracket?.kind !== "symbol" || bracket.text !== "(") {
    if (!bareFunctions.has(first.upper) || open !== start + 1) return undefined;
    return { form: plainCall(first.upper, placeOf(outline, { from: start, to: open })), arguments: [], next: open };
  }
  if (first.kind === "word" && isContextualKeyword(outline, start)) return undefined;
  const words: string[] = [];
  for (let index = start; index < open; index += 2) words.push(outline.tokens[index]?.text.toUpperCase() ?? "");
  const isSafe = words[0] === "SAFE" && words.length > 1;
  const name = (isSafe ? words.slice(1) : words).join(".");
  const close = outline.closing[open] ?? open;
  const inside = { from: open + 1, to: close };
  const sections = splitModifiers(outline, inside);
  const args = splitAtCommas(outline, sections.args);
  const orderBy =
    sections.orderBy === undefined
      ? []
      : splitAtCommas(outline, sections.orderBy).map((part) => splitOrder(outline, part));
  const form: CallForm = {
    kind: "call",
    name,
    isSafe,
    namePlace: placeOf(outline, { from: start, to: open }),
    argumentCount: args.length,
    isDistinct: sections.isDistinct,
    nulls: sections.nulls,
    having: sections.having?.which,
    orderBy: orderBy.map(({ flags }) => flags),
    hasLimit: sections.limit !== undefined,
  };
  const rest = [sections.having?.range, ...orderBy.map(({ range }) => range), sections.limit];
  return { form, arguments: [...args, ...rest.filter((range) => range !== undefined)], next: close + 1 };
}

function plainCall(name: string, namePlace: CallForm["namePlace"]): CallForm {
  return {
    kind: "call",
    name,
    isSafe: false,
    namePlace,
    argumentCount: 0,
    isDistinct: false,
    nulls: undefined,
    having: undefined,
    orderBy: [],
    hasLimit: false,
  };
}

/** Whether a word that is not reserved is a keyword where it stands before a bracket. */
export function isContextualKeyword(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1];
  switch (outline.tokens[index]?.upper) {
    case "PIVOT":
    case "UNPIVOT":
      return previous !== undefined && previous.text !== "," && !reservedWords.has(previous.upper);
    case "REPLACE":
      return (
        previous?.kind === "symbol" &&
        (previous.text === "*" ? isStar(outline, index - 1) : endsExcept(outline, index - 1))
      );
    case "SETS":
      return previous?.upper === "GROUPING";
    default:
      return false;
  }
}

/** Whether a `*` is the star of a select list and not a multiplication: it follows SELECT, DISTINCT, a comma or a dot. */
function isStar(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1];
  if (previous === undefined) return true;
  return previous.kind === "symbol" ? [",", "."].includes(previous.text) : reservedWords.has(previous.upper);
}

function endsExcept(outline: Outline, closeIndex: number): boolean {
  if (outline.tokens[closeIndex]?.text !== ")") return false;
  const open = outline.closing.indexOf(closeIndex);
  return outline.tokens[open - 1]?.upper === "EXCEPT" && outline.tokens[open - 2]?.text === "*";
}

interface Sections {
  readonly args: Range;
  readonly isDistinct: boolean;
  readonly nulls: "ignore" | "respect" | undefined;
  readonly having: { readonly which: "max" | "min"; readonly range: Range } | undefined;
  readonly orderBy: Range | undefined;
  readonly limit: Range | undefined;
}

/** Cuts what stands in the brackets of a call at DISTINCT, IGNORE or RESPECT NULLS, HAVING, ORDER BY and LIMIT. */
function splitModifiers(outline: Outline, inside: Range): Sections {
  const starts: { readonly word: string; readonly index: number }[] = [];
  for (const [index, token] of surface(outline, inside)) {
    const following = outline.tokens[index + 1]?.upper;
    const isModifier =
      ((token.upper === "IGNORE" || token.upper === "RESPECT") && following === "NULLS") ||
      (token.upper === "HAVING" && (following === "MAX" || following === "MIN")) ||
      (token.upper === "ORDER" && following === "BY") ||
      token.upper === "LIMIT";
    if (isModifier) starts.push({ word: token.upper, index });
  }
  const words = starts.map(({ word }) => word);
  if (new Set(words).size !== words.length || (words.includes("IGNORE") && words.includes("RESPECT")))
    refuse("syntax-error", "A clause stands twice in the brackets of a function.", placeOf(outline, inside));
  const sectionOf = (...wanted: readonly string[]): Range | undefined => {
    const position = starts.findIndex(({ word }) => wanted.includes(word));
    const start = starts[position];
    return start === undefined ? undefined : { from: start.index, to: starts[position + 1]?.index ?? inside.to };
  };
  const cut = (range: Range | undefined, words_: number): Range | undefined =>
    range === undefined ? undefined : { from: range.from + words_, to: range.to };
  const isDistinct = outline.tokens[inside.from]?.upper === "DISTINCT";
  const having = sectionOf("HAVING");
  const nulls = sectionOf("IGNORE", "RESPECT");
  if (nulls !== undefined && nulls.to - nulls.from !== 2)
    refuse("syntax-error", "There is something after NULLS that does not belong there.", placeOf(outline, nulls));
  return {
    args: { from: inside.from + (isDistinct ? 1 : 0), to: starts[0]?.index ?? inside.to },
    isDistinct,
    nulls: nulls === undefined ? undefined : outline.tokens[nulls.from]?.upper === "IGNORE" ? "ignore" : "respect",
    having:
      having === undefined
        ? undefined
        : {
            which: outline.tokens[having.from + 1]?.upper === "MAX" ? "max" : "min",
            range: { from: having.from + 2, to: having.to },
          },
    orderBy: cut(sectionOf("ORDER"), 2),
    limit: cut(sectionOf("LIMIT"), 1),
  };
}

function splitOrder(outline: Outline, range: Range): { readonly range: Range; readonly flags: OrderFlags } {
  let to = range.to;
  let nulls: OrderFlags["nulls"];
  const last = outline.tokens[to - 1]?.upper;
  if (outline.tokens[to - 2]?.upper === "NULLS" && (last === "FIRST" || last === "LAST")) {
    nulls = last === "FIRST" ? "first" : "last";
    to -= 2;
  }
  const direction = outline.tokens[to - 1]?.upper;
  if (direction === "ASC" || direction === "DESC") to--;
  return { range: { from: range.from, to }, flags: { isDescending: direction === "DESC", nulls } };
}
