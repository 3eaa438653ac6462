import { type Checked, type Diagnostic, failed, passed } from "../../../domain/diagnostic.ts";
import { type Span, spanText } from "../../../domain/source-file.ts";
import {
  atWithPlus,
  missingKey,
  missingValue,
  refusedValue,
  unexpectedKey,
  unknownMethod,
} from "./selection-diagnostics.ts";
import { defaultMethodFor, selectionMethods } from "./selection-methods.ts";
import type { Criterion, Reach } from "./selection.ts";

/** dbt's own expression: what does not fit around it belongs to the value, so every text fits. */
const grammar = /^(?<at>@)?(?<above>\d*\+)?(?:(?<method>[\p{L}\p{N}_.]+):)?(?<value>.*?)(?<below>\+\d*)?$/dsu;

type Piece = "at" | "above" | "method" | "value" | "below";

/** One criterion, free of spaces and commas, or all that is wrong with it. */
export function parseCriterion(span: Span): Checked<Criterion> {
  const pieces = cut(span);
  const value = textOf(pieces.value);
  const written = pieces.method;
  const [name = "", ...keys] = textOf(written).split(".");
  const method = selectionMethods.get(written === undefined ? defaultMethodFor(value) : name);
  const query = { keys, value };
  const problems: Diagnostic[] = [];

  if (pieces.at !== undefined && pieces.below !== undefined) problems.push(atWithPlus(pieces.below, span));
  if (method === undefined) return failed(...problems, unknownMethod(name, written ?? span));
  if (method.keys === "needed" && (keys.length === 0 || keys.includes("")))
    problems.push(missingKey(name, written ?? span));
  if (method.keys === "none" && keys.length > 0) problems.push(unexpectedKey(name, written ?? span));
  if (value === "") problems.push(missingValue(span));
  else {
    const refusal = method.refuse?.(query);
    if (refusal !== undefined) problems.push(refusedValue(refusal, pieces.value ?? span));
  }
  return problems.length > 0 ? failed(...problems) : passed({ span, method, query, reach: reachOf(pieces) });
}

/** Where each piece of a criterion stands; an optional one that is not written is missing. */
function cut(span: Span): Readonly<Partial<Record<Piece, Span>>> {
  const groups = grammar.exec(spanText(span))?.indices?.groups ?? {};
  const pieces: Partial<Record<Piece, Span>> = {};
  for (const piece of ["at", "above", "method", "value", "below"] as const) {
    const place = groups[piece];
    if (place !== undefined)
      pieces[piece] = { file: span.file, start: span.start + place[0], end: span.start + place[1] };
  }
  return pieces;
}

function textOf(piece: Span | undefined): string {
  return piece === undefined ? "" : spanText(piece);
}

function reachOf({ at, above, below }: Readonly<Partial<Record<Piece, Span>>>): Reach {
  if (at !== undefined) return { kind: "descendants and their ancestors" };
  return { kind: "relatives", ancestors: depthOf(above), descendants: depthOf(below) };
}

/** How far `2+`, `+2` or a bare `+` reaches. */
function depthOf(plus: Span | undefined): number {
  if (plus === undefined) return 0;
  const digits = spanText(plus).replace("+", "");
  return digits === "" ? Infinity : Number(digits);
}
