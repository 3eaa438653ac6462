import type { DataType } from "../type/data-type.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Name, PartSyntax } from "../syntax.ts";
import { findCall } from "./find-call.ts";
import type { Found } from "./form.ts";
import { callableWords, intervalUnits, literalTypes, reservedWords } from "./keywords.ts";
import type { Token } from "./lex.ts";
import { findWord, type Outline, placeOf, type Range, splitAtCommas, surface } from "./outline.ts";
import { parseTypeAt, type TypeSyntax, unboundedType } from "./parse-type.ts";

/** Whether a part of a name stands after a dot, where every word is a name. */
export function isAfterDot(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1];
  return previous?.kind === "symbol" && previous.text === ".";
}

/** Whether a token is the last one of an operand: what follows is then an operator, an alias or a bracket of the operand's. */
export function endsOperand(outline: Outline, index: number): boolean {
  const token = outline.tokens[index];
  if (token === undefined) return false;
  if (token.kind === "symbol") return token.text === ")" || token.text === "]";
  if (token.kind !== "word" || isAfterDot(outline, index)) return true;
  return !reservedWords.has(token.upper) || ["NULL", "TRUE", "FALSE", "END"].includes(token.upper);
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === "symbol" && token.text === text;
}

/** The form that begins at a token, if one does. `from` is where the text being written begins. */
export function findForm(outline: Outline, index: number, from: number): Found | undefined {
  const token = outline.tokens[index];
  const next = outline.tokens[index + 1];
  if (token === undefined) return undefined;
  switch (token.kind) {
    case "string":
      return found({ kind: "literal", type: "STRING", text: token.text }, index + 1);
    case "bytes":
      return found({ kind: "literal", type: "BYTES", text: token.text }, index + 1);
    case "number":
      return found(
        { kind: "literal", type: /^0x|^\d+$/iu.test(token.text) ? "INT64" : "FLOAT64", text: token.text },
        index + 1,
      );
    case "parameter":
      return found({ kind: "parameter" }, index + 1);
    case "symbol":
      if (token.text === "[" && (index === from || !endsOperand(outline, index - 1)))
        return findArray(outline, index, index);
      return token.text === "(" ? findTuple(outline, index) : undefined;
    case "quoted":
      return isAfterDot(outline, index) ? undefined : findCall(outline, index);
    case "word":
      break;
  }
  if (isAfterDot(outline, index)) return undefined;
  const literalType = literalTypes[token.upper];
  if (literalType !== undefined && next?.kind === "string")
    return found({ kind: "literal", type: literalType, text: next.text }, index + 2);
  switch (token.upper) {
    case "NULL":
      return isAfterIs(outline, index) ? undefined : found({ kind: "null" }, index + 1);
    case "TRUE":
    case "FALSE":
      return isAfterIs(outline, index)
        ? undefined
        : found({ kind: "boolean", value: token.upper === "TRUE" }, index + 1);
    case "CAST":
    case "SAFE_CAST":
      return isSymbol(next, "(") ? findCast(outline, index) : undefined;
    case "EXTRACT":
      return isSymbol(next, "(") ? findExtract(outline, index) : undefined;
    case "INTERVAL":
      return findInterval(outline, index);
    case "ANY":
    case "SOME":
    case "ALL":
      return outline.tokens[index - 1]?.upper === "LIKE" ? findPatterns(outline, index) : undefined;
    case "STRUCT":
      return isSymbol(next, "(") || isSymbol(next, "<") ? findStruct(outline, index) : undefined;
    case "ARRAY":
      if (isSymbol(next, "<") || isSymbol(next, "[")) return findArray(outline, index, index + 1);
      return isSymbol(next, "(") ? findArraySubquery(outline, index) : undefined;
  }
  return reservedWords.has(token.upper) && !callableWords.has(token.upper) ? undefined : findCall(outline, index);
}

function found(form: Found["form"], next: number, args?: readonly Range[]): Found {
  return { form, arguments: args, next };
}

/** `(1, 'x')` behind an operator or a keyword of an expression, where the parser would take a following alias into it. */
function findTuple(outline: Outline, index: number): Found | undefined {
  const previous = outline.tokens[index - 1];
  const isValue =
    previous?.kind === "symbol"
      ? ["=", "<>", "!=", "<", "<=", ">", ">="].includes(previous.text)
      : ["SELECT", "WHEN", "THEN", "ELSE"].includes(previous?.upper ?? "");
  const close = outline.closing[index] ?? index;
  const first = outline.tokens[index + 1]?.upper;
  if (first === "SELECT" || first === "WITH") return undefined;
  const parts = isValue ? splitAtCommas(outline, { from: index + 1, to: close }) : [];
  if (parts.length < 2) return undefined;
  return found({ kind: "struct", type: undefined, isTuple: true, names: [] }, close + 1, parts);
}

/** The list behind LIKE ANY, SOME or ALL. */
function findPatterns(outline: Outline, index: number): Found {
  const open = index + 1;
  const inside = { from: open + 1, to: outline.closing[open] ?? open };
  const first = outline.tokens[inside.from]?.upper;
  if (!isSymbol(outline.tokens[open], "(") || first === "SELECT" || first === "WITH")
    refuseUnsupported(
      "LIKE ANY, SOME or ALL over an array or a subquery",
      placeOf(outline, { from: index, to: open + 1 }),
      "List the patterns.",
    );
  const quantifier = outline.tokens[index]?.upper === "ALL" ? "all" : "any";
  const isNegated = outline.tokens[index - 2]?.upper === "NOT";
  return found({ kind: "patterns", quantifier, isNegated }, inside.to + 1, splitAtCommas(outline, inside));
}

function isAfterIs(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1]?.upper;
  return previous === "IS" || (previous === "NOT" && outline.tokens[index - 2]?.upper === "IS");
}

/** `AT TIME ZONE zone` at the end of a range: the index of AT. */
function findZone(outline: Outline, range: Range): number | undefined {
  for (const [index, token] of surface(outline, range))
    if (
      token.upper === "AT" &&
      outline.tokens[index + 1]?.upper === "TIME" &&
      outline.tokens[index + 2]?.upper === "ZONE"
    )
      return index;
  return undefined;
}

function withZone(outline: Outline, range: Range): readonly Range[] {
  const zone = findZone(outline, range);
  return zone === undefined
    ? [range]
    : [
        { from: range.from, to: zone },
        { from: zone + 3, to: range.to },
      ];
}

function findCast(outline: Outline, index: number): Found {
  const open = index + 1;
  const close = outline.closing[open] ?? open;
  const as = findWord(outline, { from: open + 1, to: close }, "AS");
  if (as === undefined)
    refuse("syntax-error", "A CAST has no AS with the wanted type.", placeOf(outline, { from: index, to: close + 1 }));
  const { type, next } = parseTypeAt(outline.tokens, as + 1);
  const isSafe = outline.tokens[index]?.upper === "SAFE_CAST";
  const operand = { from: open + 1, to: as };
  if (next === close) return found({ kind: "cast", isSafe, type, hasFormat: false }, close + 1, [operand]);
  if (outline.tokens[next]?.upper !== "FORMAT")
    refuse(
      "syntax-error",
      "Nothing but FORMAT may follow the type of a CAST.",
      placeOf(outline, { from: next, to: close }),
    );
  const format = withZone(outline, { from: next + 1, to: close });
  return found({ kind: "cast", isSafe, type, hasFormat: true }, close + 1, [operand, ...format]);
}

function findExtract(outline: Outline, index: number): Found {
  const open = index + 1;
  const close = outline.closing[open] ?? open;
  const from = findWord(outline, { from: open + 1, to: close }, "FROM");
  if (from === undefined)
    refuse("syntax-error", "An EXTRACT has no FROM.", placeOf(outline, { from: index, to: close + 1 }));
  const part = readPart(outline, { from: open + 1, to: from });
  return found({ kind: "extract", part }, close + 1, withZone(outline, { from: from + 1, to: close }));
}

function readPart(outline: Outline, range: Range): PartSyntax {
  const [unit, bracket, weekday] = outline.tokens.slice(range.from, range.to);
  const place = placeOf(outline, range);
  if (unit?.kind !== "word") refuse("syntax-error", "EXTRACT takes the name of a part before FROM.", place);
  if (bracket === undefined) return { unit: unit.upper, weekday: undefined, ...place };
  if (bracket.text !== "(" || weekday?.kind !== "word" || range.to - range.from !== 4)
    refuse("syntax-error", "EXTRACT takes the name of a part before FROM.", place);
  return { unit: unit.upper, weekday: weekday.upper, ...place };
}

function findInterval(outline: Outline, index: number): Found {
  const rest = { from: index + 1, to: outline.tokens.length };
  for (const [at, token] of surface(outline, rest)) {
    if (token.kind === "symbol" && [")", "]", ",", ";"].includes(token.text)) break;
    if (!intervalUnits.has(token.upper) || at === index + 1 || !endsOperand(outline, at - 1) || isAfterDot(outline, at))
      continue;
    const value = { from: index + 1, to: at };
    const until = outline.tokens[at + 2];
    if (outline.tokens[at + 1]?.upper === "TO" && until !== undefined && intervalUnits.has(until.upper))
      return found({ kind: "interval", from: token.upper, to: until.upper }, at + 3, [value]);
    return found({ kind: "interval", from: token.upper, to: undefined }, at + 1, [value]);
  }
  refuse(
    "syntax-error",
    "An INTERVAL has no unit.",
    placeOf(outline, { from: index, to: index + 1 }),
    'Write it like "INTERVAL 3 DAY".',
  );
}

/** The alias at the end of an argument of STRUCT, and the range without it. */
function splitAlias(outline: Outline, range: Range): { readonly range: Range; readonly name: Name | undefined } {
  const last = outline.tokens[range.to - 1];
  const as = outline.tokens[range.to - 2];
  if (last === undefined || as?.upper !== "AS" || range.to - range.from < 3) return { range, name: undefined };
  return { range: { from: range.from, to: range.to - 2 }, name: { text: last.text, start: last.start, end: last.end } };
}

function declaredType(typed: { readonly type: TypeSyntax } | undefined): DataType | undefined {
  return typed === undefined ? undefined : unboundedType(typed.type);
}

function findStruct(outline: Outline, index: number): Found {
  const typed = isSymbol(outline.tokens[index + 1], "<") ? parseTypeAt(outline.tokens, index) : undefined;
  const open = typed?.next ?? index + 1;
  if (!isSymbol(outline.tokens[open], "("))
    refuse("syntax-error", "The values of a STRUCT are missing.", placeOf(outline, { from: index, to: open }));
  const close = outline.closing[open] ?? open;
  const parts = splitAtCommas(outline, { from: open + 1, to: close }).map((part) => splitAlias(outline, part));
  return found(
    { kind: "struct", type: declaredType(typed), isTuple: false, names: parts.map(({ name }) => name) },
    close + 1,
    parts.map(({ range }) => range),
  );
}

function findArray(outline: Outline, index: number, typeOrBracket: number): Found {
  const typed = isSymbol(outline.tokens[typeOrBracket], "<") ? parseTypeAt(outline.tokens, index) : undefined;
  const open = typed?.next ?? typeOrBracket;
  const bracket = outline.tokens[open];
  if (!isSymbol(bracket, "[")) {
    const place = placeOf(outline, { from: index, to: open });
    if (isSymbol(bracket, "(")) refuseUnsupported("An ARRAY<…>( subquery )", place, "Write ARRAY(SELECT …).");
    refuse("syntax-error", "The elements of an ARRAY are missing.", place);
  }
  const close = outline.closing[open] ?? open;
  return found(
    { kind: "array", type: declaredType(typed) },
    close + 1,
    splitAtCommas(outline, { from: open + 1, to: close }),
  );
}

function findArraySubquery(outline: Outline, index: number): Found {
  const open = index + 1;
  const close = outline.closing[open] ?? open;
  return found({ kind: "array subquery" }, close + 1, [{ from: open, to: close + 1 }]);
}
