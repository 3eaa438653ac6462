import type { DialectName } from "../domain/settings.ts";

/** The first and last character of a query that is neither white space nor comment; `end` exclusive. */
export interface SignificantText {
  readonly start: number;
  readonly end: number;
}

const common = [/\s+/u, /--[^\n]*/u, /\/\*[\s\S]*?(?:\*\/|$)/u];

/** What is passed over, and what holds signs that mean nothing there: quoted text and names. */
const passages: Readonly<Record<DialectName, { readonly blank: RegExp; readonly quoted: RegExp }>> = {
  bigquery: {
    blank: new RegExp([...common, /#[^\n]*/u].map(({ source }) => source).join("|"), "uy"),
    quoted:
      /r?b?r?(?:'''(?:[^\\]|\\[\s\S])*?'''|"""(?:[^\\]|\\[\s\S])*?"""|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`)/iuy,
  },
  duckdb: {
    blank: new RegExp(common.map(({ source }) => source).join("|"), "uy"),
    quoted: /e'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/iuy,
  },
};

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Finds what a query says apart from white space and comments; `undefined` where it says nothing. */
export function significantText(text: string, dialect: DialectName): SignificantText | undefined {
  const { blank, quoted } = passages[dialect];
  let start: number | undefined;
  let end = 0;
  for (let at = 0; at < text.length;) {
    const skipped = matchAt(blank, text, at);
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    start ??= at;
    at += Math.max(matchAt(quoted, text, at), 1);
    end = at;
  }
  return start === undefined ? undefined : { start, end };
}
