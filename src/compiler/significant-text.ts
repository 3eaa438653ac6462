import type { DialectName } from "../domain/settings.ts";

/** The first and last character of a query that is neither white space nor comment; `end` exclusive. */
export interface SignificantText {
  readonly start: number;
  readonly end: number;
}

const blank = String.raw`\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;

/** Plain words and signs, but for a letter that may belong to the quote behind it. */
const plain = String.raw`[\w.,;:()[\]<>=+*%|!?&]+(?!['"])`;

/** What is passed over, and what holds signs that mean nothing there: quoted text and names. */
const passages: Readonly<Record<DialectName, { readonly blank: string; readonly quoted: string }>> = {
  bigquery: {
    blank: String.raw`${blank}|#[^\n]*`,
    quoted: [
      String.raw`[rb]{0,2}'''(?:[^\\]|\\[\s\S])*?'''`,
      String.raw`[rb]{0,2}"""(?:[^\\]|\\[\s\S])*?"""`,
      String.raw`[rb]{0,2}'(?:[^'\\]|\\[\s\S])*'`,
      String.raw`[rb]{0,2}"(?:[^"\\]|\\[\s\S])*"`,
      String.raw`${"`"}(?:[^${"`"}\\]|\\[\s\S])*${"`"}`,
    ].join("|"),
  },
  duckdb: {
    blank,
    quoted: String.raw`e'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\2`,
  },
};

function tokensOf(dialect: DialectName): RegExp {
  const { blank: passed, quoted } = passages[dialect];
  return new RegExp(`(${passed})|${quoted}|${plain}|[\\s\\S]`, "giu");
}

/** Finds what a query says apart from white space and comments; `undefined` where it says nothing. */
export function significantText(text: string, dialect: DialectName): SignificantText | undefined {
  let start: number | undefined;
  let end = 0;
  for (const token of text.matchAll(tokensOf(dialect))) {
    if (token[1] !== undefined) continue;
    start ??= token.index;
    end = token.index + token[0].length;
  }
  return start === undefined ? undefined : { start, end };
}
