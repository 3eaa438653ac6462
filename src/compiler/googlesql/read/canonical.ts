import { refuse, refuseUnsupported } from "../refusal.ts";
import { endOfPath, isContextualKeyword } from "./find-call.ts";
import { endsOperand, findForm, isAfterDot } from "./find-form.ts";
import type { Form, Found } from "./form.ts";
import { reservedWords } from "./keywords.ts";
import type { Token } from "./lex.ts";
import { type Outline, placeOf, type Range } from "./outline.ts";

/**
 * The text that the parser sees. Every name, literal and call of the author's is a placeholder that carries the number of
 * its token: names `i_7`, calls `f_7(…)`, strings `'7'`, numbers `7`. So the parser cannot misread a literal, take a name
 * for a keyword or treat a function specially; every node finds its place; and a number that does not come back in the
 * tree betrays syntax that the parser dropped.
 */
export interface Canonical {
  readonly outline: Outline;
  readonly text: string;
  /** Where in `text` the tokens begin, in order. */
  readonly starts: readonly { readonly at: number; readonly token: number }[];
  readonly forms: ReadonlyMap<number, Form>;
  /** The tokens whose placeholders have to come back. */
  readonly owed: ReadonlySet<number>;
  /** The tokens that stand in the text as keywords, by word; the reader of the tree has to claim them. */
  readonly keywords: ReadonlyMap<string, readonly number[]>;
}

/** Brackets below this depth are set aside and parsed by themselves: the parser refuses deep nesting (32 levels in all). */
const maximalDepth = 8;

interface Writer {
  readonly outline: Outline;
  readonly from: number;
  readonly to: number;
  readonly parts: string[];
  readonly starts: { at: number; token: number }[];
  readonly forms: Map<number, Form>;
  readonly owed: Set<number>;
  readonly keywords: Map<string, number[]>;
  length: number;
  depth: number;
}

/** Writes the canonical text of a range of tokens after a `prefix` of the caller's (`select` for an expression). */
export function writeCanonical(outline: Outline, range: Range, prefix: string): Canonical {
  const writer: Writer = {
    outline,
    ...range,
    parts: [prefix],
    starts: [],
    forms: new Map(),
    owed: new Set(),
    keywords: new Map(),
    length: prefix.length,
    depth: 0,
  };
  writeRange(writer, range);
  return { ...writer, text: writer.parts.join("") };
}

function put(writer: Writer, text: string, token: number): void {
  writer.starts.push({ at: writer.length + 1, token });
  writer.parts.push(" ", text);
  writer.length += text.length + 1;
}

function putName(writer: Writer, token: number): void {
  put(writer, `i_${token}`, token);
  writer.owed.add(token);
}

function putKeyword(writer: Writer, word: string, token: number): void {
  put(writer, spelling[word] ?? word, token);
  const known = writer.keywords.get(word);
  if (known === undefined) writer.keywords.set(word, [token]);
  else known.push(token);
}

/** `NOT a LIKE b` comes back from the parser as unparsed text, `NOT a RLIKE b` as a tree. */
const spelling: Readonly<Record<string, string>> = { LIKE: "RLIKE" };

function writeRange(writer: Writer, range: Range): void {
  let index = range.from;
  while (index < range.to) index = writeAt(writer, index, range.to);
}

/** Writes what begins at a token and returns the index of what follows. */
function writeAt(writer: Writer, index: number, end: number): number {
  const { outline } = writer;
  const token = outline.tokens[index];
  if (token === undefined) return end;
  const form = findForm(outline, index, writer.from);
  if (form !== undefined) return writeForm(writer, index, form);
  if (token.kind === "symbol") return writeSymbol(writer, index, token);
  if (token.kind === "quoted" || isAfterDot(outline, index)) {
    putName(writer, index);
    return index + 1;
  }
  const skipped = writeClause(writer, index, token);
  if (skipped !== undefined) return skipped;
  if (reservedWords.has(token.upper) || isKeywordHere(outline, index)) putKeyword(writer, token.upper, index);
  else return writePath(writer, index);
  return index + 1;
}

function writeForm(writer: Writer, index: number, { form, arguments: args, next }: Found): number {
  if (args !== undefined && writer.depth >= maximalDepth && index !== writer.from) {
    writer.forms.set(index, { kind: "set aside", range: { from: index, to: next } });
    putName(writer, index);
    return next;
  }
  writer.forms.set(index, form);
  if (args === undefined) {
    if (form.kind !== "literal") putName(writer, index);
    else {
      const isNumber = form.type === "INT64" || form.type === "FLOAT64";
      put(writer, isNumber ? String(index) : `'${index}'`, index);
      writer.owed.add(index);
    }
    return next;
  }
  put(writer, `f_${index}(`, index);
  writer.owed.add(index);
  writer.depth++;
  args.forEach((range, position) => {
    if (position > 0) put(writer, ",", range.from);
    const only = range.to - range.from === 1 ? writer.outline.tokens[range.from] : undefined;
    if (only?.kind === "symbol" && only.text === "*") put(writer, "*", range.from);
    else writeRange(writer, range);
  });
  writer.depth--;
  put(writer, ")", index);
  return next;
}

function writeSymbol(writer: Writer, index: number, token: Token): number {
  const { outline } = writer;
  switch (token.text) {
    case "(": {
      const close = outline.closing[index] ?? index;
      if (writer.depth >= maximalDepth && index !== writer.from && isPlainBracket(outline, index)) {
        writer.forms.set(index, { kind: "set aside", range: { from: index, to: close + 1 } });
        putName(writer, index);
        return close + 1;
      }
      put(writer, "(", index);
      writer.depth++;
      writeRange(writer, { from: index + 1, to: close });
      writer.depth--;
      put(writer, ")", close);
      return close + 1;
    }
    case "?":
      refuseUnsupported("A positional parameter", token, "Use a named parameter, @name.");
      break;
    case "@":
    case "@@":
      refuseUnsupported(token.text === "@" ? "A hint" : "A system variable", token);
      break;
    case "|>":
      refuseUnsupported("Pipe syntax", token, "Write the query with SELECT … FROM ….");
      break;
    case ";":
      refuse("syntax-error", "A query ends here, and more follows.", token, "Remove the semicolon.");
  }
  put(writer, token.text === "!=" ? "<>" : token.text, index);
  return index + 1;
}

/** Whether a bracket holds a value or a query by itself, and is not part of a clause (IN, OVER, USING, EXCEPT, …). */
function isPlainBracket(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1];
  if (previous === undefined) return true;
  if (previous.kind === "symbol") return previous.text !== ")" && previous.text !== "]";
  return [
    "SELECT",
    "WHERE",
    "AND",
    "OR",
    "NOT",
    "ON",
    "WHEN",
    "THEN",
    "ELSE",
    "CASE",
    "BETWEEN",
    "FROM",
    "JOIN",
    "HAVING",
    "LIKE",
  ].includes(previous.upper);
}

/** Clauses that the parser need not see: refused, or without an effect. */
function writeClause(writer: Writer, index: number, token: Token): number | undefined {
  const { outline } = writer;
  switch (token.upper) {
    case "TABLESAMPLE": {
      const open = index + 2;
      const close = outline.closing[open] ?? 0;
      const [size, unit] = outline.tokens.slice(open + 1, close);
      if (outline.tokens[index + 1]?.upper !== "SYSTEM" || size?.text !== "100" || unit?.upper !== "PERCENT")
        refuseUnsupported("TABLESAMPLE of less than 100 percent", token, "A sample has no answer that could be equal.");
      return close + 1;
    }
    case "FOR":
      if (outline.tokens[index + 1]?.upper === "SYSTEM_TIME")
        refuseUnsupported(
          "FOR SYSTEM_TIME AS OF",
          placeOf(outline, { from: index, to: index + 4 }),
          "DuckDB has no history.",
        );
      return undefined;
    case "UNION":
    case "INTERSECT":
    case "EXCEPT": {
      const following = outline.tokens[index + 1];
      if (following?.text === "(" && token.upper === "EXCEPT") return undefined;
      if (following?.upper !== "ALL" && following?.upper !== "DISTINCT")
        refuse("syntax-error", `${token.upper} needs ALL or DISTINCT.`, token, `Write ${token.upper} DISTINCT.`);
      return undefined;
    }
    case "COLLATE":
      refuseUnsupported("COLLATE", token);
      break;
    case "NATURAL":
      refuse("syntax-error", "There is no NATURAL JOIN.", token, "Write JOIN … USING (…).");
  }
  return undefined;
}

/** Whether a word that is not reserved is a keyword where it stands. */
function isKeywordHere(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1]?.upper;
  const before = outline.tokens[index - 2]?.upper;
  const next = outline.tokens[index + 1];
  switch (outline.tokens[index]?.upper) {
    case "OFFSET":
      return (
        previous === "WITH" ||
        (next?.kind === "number" || next?.kind === "parameter" ? endsOperand(outline, index - 1) : false)
      );
    case "FIRST":
    case "LAST":
      return previous === "NULLS";
    case "ROW":
      return previous === "CURRENT";
    case "VALUE":
      return previous === "AS" && (before === "SELECT" || before === "DISTINCT" || before === "ALL");
    case "NAME":
      return previous === "BY" && (before === "ALL" || before === "DISTINCT");
    case "CORRESPONDING":
    case "STRICT":
      return previous === "ALL" || previous === "DISTINCT";
    case "INCLUDE":
      return previous === "UNPIVOT";
    case "UNPIVOT":
      return next?.upper === "INCLUDE" || next?.upper === "EXCLUDE" || isContextualKeyword(outline, index);
    default:
      return isContextualKeyword(outline, index);
  }
}

function isTablePosition(outline: Outline, index: number): boolean {
  const previous = outline.tokens[index - 1];
  return previous?.text === "," || previous?.upper === "FROM" || previous?.upper === "JOIN";
}

/** Whether WITH OFFSET follows, perhaps after an alias. */
function isBeforeOffset(outline: Outline, end: number): boolean {
  const word = outline.tokens[end]?.upper;
  const alias = word === "AS" ? end + 2 : word === "WITH" ? end : end + 1;
  return outline.tokens[alias]?.upper === "WITH" && outline.tokens[alias + 1]?.upper === "OFFSET";
}

/** Writes a name with its dots. `FROM t, t.items AS i WITH OFFSET` becomes an UNNEST, for the parser drops the offset of a path. */
function writePath(writer: Writer, index: number): number {
  const { outline } = writer;
  const end = endOfPath(outline, index);
  const hasOffset = isTablePosition(outline, index) && isBeforeOffset(outline, end);
  if (hasOffset) put(writer, "UNNEST(", index);
  for (let at = index; at < end; at++)
    if ((at - index) % 2 === 0) putName(writer, at);
    else put(writer, ".", at);
  if (hasOffset) {
    put(writer, ")", index);
    writer.keywords.set("UNNEST", [...(writer.keywords.get("UNNEST") ?? []), index]);
  }
  return end;
}
