import type { Place } from "./place.ts";
import { type Sql, sqlWithOrigins } from "../../domain/sql.ts";
import type { Origin } from "../../domain/sql.ts";

/** A line break, indented as deep as the `indented` parts around it. */
export const newLine: { readonly kind: "line" } = { kind: "line" };

/**
 * DuckDB's SQL while it is being composed: pieces share their parts, and nothing is copied before `renderCode`. `placed`
 * says from which stretch of the author's text a piece comes; the innermost place counts.
 */
export type Code =
  | string
  | typeof newLine
  | readonly Code[]
  | { readonly kind: "placed"; readonly place: Place; readonly code: Code }
  | { readonly kind: "indented"; readonly code: Code };

/** A piece that comes from a stretch of the author's text. */
export function placed(place: Place, code: Code): Code {
  return { kind: "placed", place, code };
}

/** Pieces with a separator between each two. */
export function joinCode(pieces: readonly Code[], separator: Code): Code {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
}

/** `(`, the piece on lines of its own, `)`. */
export function bracketed(code: Code): Code {
  return ["(", { kind: "indented", code: [newLine, code] }, newLine, ")"];
}

/** A name in double quotes. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as DuckDB's string literal. */
export function quoteText(text: string): string {
  if (!text.includes("\0")) return `'${text.replaceAll("'", "''")}'`;
  return `(${text
    .split("\0")
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(" || chr(0) || ")})`;
}

interface Rendering {
  text: string;
  readonly origins: Origin[];
  readonly originOf: (place: Place) => Pick<Origin, "span" | "via"> | undefined;
}

/** The SQL that the pieces make. `originOf` finds the author's file and span for a place. */
export function renderCode(code: Code, originOf: Rendering["originOf"]): Sql {
  const rendering: Rendering = { text: "", origins: [], originOf };
  render(rendering, code, { origin: undefined, depth: 0 });
  return sqlWithOrigins(rendering.text, rendering.origins);
}

function render(
  rendering: Rendering,
  code: Code,
  state: { readonly origin: Pick<Origin, "span" | "via"> | undefined; readonly depth: number },
): void {
  if (typeof code === "string") {
    write(rendering, code, state.origin);
    return;
  }
  if (isList(code)) {
    for (const part of code) render(rendering, part, state);
    return;
  }
  switch (code.kind) {
    case "line": {
      write(rendering, `\n${"  ".repeat(state.depth)}`, undefined);
      return;
    }
    case "placed": {
      render(rendering, code.code, { ...state, origin: rendering.originOf(code.place) ?? state.origin });
      return;
    }
    case "indented": {
      render(rendering, code.code, { ...state, depth: state.depth + 1 });
      return;
    }
  }
}

function isList(code: Exclude<Code, string>): code is readonly Code[] {
  return Array.isArray(code);
}

function write(rendering: Rendering, text: string, origin: Pick<Origin, "span" | "via"> | undefined): void {
  if (text === "") return;
  if (origin !== undefined) rendering.origins.push({ at: rendering.text.length, length: text.length, ...origin });
  rendering.text += text;
}

const texts = new WeakMap<object, string>();

/** The bare text of the pieces, without places: equal texts mean the same thing in the same scope. */
export function codeText(code: Code): string {
  if (typeof code === "string") return code;
  const known = texts.get(code);
  if (known !== undefined) return known;
  const text = isList(code) ? code.map(codeText).join("") : code.kind === "line" ? "\n" : codeText(code.code);
  texts.set(code, text);
  return text;
}
