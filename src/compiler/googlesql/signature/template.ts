import type { Code } from "../code.ts";
import { operandCode, type Value } from "../value.ts";

/** What an aggregate function is called with besides its arguments, and the window it is taken over. */
export interface CallFrame {
  readonly isDistinct: boolean;
  readonly orderBy: Code | undefined;
  readonly filter: Code | undefined;
  readonly nulls: "IGNORE NULLS" | undefined;
  readonly over: Code | undefined;
}

type Piece =
  | string
  | { readonly kind: "argument"; readonly index: number; readonly isOperand: boolean }
  | { readonly kind: "rest"; readonly from: number; readonly isFirst: boolean }
  | { readonly kind: "opening" | "closing" };

/**
 * SQL with holes. `$1` is the first argument and `$2*` the second and all that follow, with commas. The brackets of a
 * call marked by `!`, as in `sum!($1)`, take DISTINCT, ORDER BY, FILTER and OVER. A text in `TRY(…)` is an attempt: the
 * pieces are what stands in its brackets.
 */
export interface Template {
  readonly pieces: readonly Piece[];
  readonly isCompound: boolean;
  readonly isAttempt: boolean;
  /** The arguments that the text, or a macro it calls, may evaluate more than once; counted from 0. */
  readonly isRepeated: (index: number) => boolean;
}

const hole = /\$(?<index>\d+)(?<rest>\*)?|!\(/gu;

/** Reads a template. */
export function parseTemplate(text: string): Template {
  if (text.startsWith("TRY(")) return { ...parseTemplate(text.slice(4, -1)), isAttempt: true };
  const pieces: Piece[] = [];
  const counts = new Map<number, number>();
  const closings: number[] = [];
  let at = 0;
  const push = (until: number): void => {
    let from = at;
    for (const closing of closings.filter((position) => position >= at && position < until)) {
      if (closing > from) pieces.push(text.slice(from, closing));
      pieces.push({ kind: "closing" });
      from = closing + 1;
    }
    if (until > from) pieces.push(text.slice(from, until));
  };
  for (const found of text.matchAll(hole)) {
    push(found.index);
    at = found.index + found[0].length;
    const digits = found.groups?.["index"];
    if (digits === undefined) {
      closings.push(closingBracket(text, at));
      closings.sort((left, right) => left - right);
      pieces.push({ kind: "opening" });
      continue;
    }
    const index = Number(digits) - 1;
    counts.set(index, (counts.get(index) ?? 0) + 1);
    if (found.groups?.["rest"] !== undefined) pieces.push(restPiece(pieces, index));
    else pieces.push({ kind: "argument", index, isOperand: !standsAlone(text, found.index, at) });
  }
  push(text.length);
  const callsMacro = /\bgsql_/u.test(text);
  return {
    pieces,
    isCompound: !isOneTerm(text),
    isAttempt: false,
    isRepeated: (index) => callsMacro || (counts.get(index) ?? 0) > 1,
  };
}

/** The arguments that a repeated parameter took: the comma before them stands only if there are any. */
function restPiece(pieces: Piece[], from: number): Piece {
  const last = pieces.at(-1);
  if (typeof last !== "string" || !last.endsWith(", ")) return { kind: "rest", from, isFirst: true };
  pieces[pieces.length - 1] = last.slice(0, -2);
  return { kind: "rest", from, isFirst: false };
}

/** Whether a hole is the whole of an argument, so that what fills it needs no brackets. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(0, start).trimEnd();
  const after = text.slice(end).trimStart();
  const opens = before === "" || /[(,[]$|\b(?:WHEN|THEN|ELSE|CASE)$|:=$/u.test(before);
  const closes = after === "" || /^[),\]]|^(?:WHEN|THEN|ELSE|END|AS)\b/u.test(after);
  return opens && closes && !(before === "" && after === "" ? false : before === "" || after === "");
}

function closingBracket(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  throw new Error(`A template has a bracket that nothing closes: ${text}`);
}

/** Whether a text is a single call, name or literal, or a CASE. */
function isOneTerm(text: string): boolean {
  if (/^CASE\b[\s\S]*\bEND$/u.test(text) || /^[\w$".]+$/u.test(text)) return true;
  const open = /^[\w.]+!?\(|^\[|^\(/u.exec(text)?.[0];
  if (open === undefined) return false;
  return open.endsWith("(") ? closingBracket(text, open.length) === text.length - 1 : text.endsWith("]");
}

/** Fills a template. */
export function fillTemplate(template: Template, args: readonly Value[], frame?: CallFrame): Code {
  return template.pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    switch (piece.kind) {
      case "argument": {
        const arg = args[piece.index];
        if (arg === undefined) throw new Error(`A template wants ${piece.index + 1} arguments and has ${args.length}.`);
        return piece.isOperand ? operandCode(arg) : arg.code;
      }
      case "rest":
        return args
          .slice(piece.from)
          .flatMap((arg, index) => (index === 0 && piece.isFirst ? [arg.code] : [", ", arg.code]));
      case "opening":
        return frame?.isDistinct === true ? "(DISTINCT " : "(";
      case "closing":
        return [
          frame?.nulls === undefined ? "" : ` ${frame.nulls}`,
          frame?.orderBy === undefined ? "" : [" ORDER BY ", frame.orderBy],
          ")",
          frame?.filter === undefined ? "" : [" FILTER (WHERE ", frame.filter, ")"],
          frame?.over === undefined ? "" : [" OVER ", frame.over],
        ];
    }
  });
}
