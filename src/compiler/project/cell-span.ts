import { offsetAt, type SourceFile, type Span } from "../../domain/source-file.ts";

/** A line of a file (from 1) without its line break. */
export function lineSpan(file: SourceFile, line: number): Span {
  const start = offsetAt(file, { line, column: 1 });
  const length = file.text.slice(start).search(/\r|\n/u);
  return { file, start, end: length === -1 ? file.text.length : start + length };
}

/** Which cell of a CSV file is meant: the line on which its row begins, from 1; its place in the row, from 0. */
export interface CellPlace {
  readonly line: number;
  readonly index: number;
  readonly delimiter: string;
}

/** Where a cell of a CSV file stands, its quotes counted; the end of the row, if it has no such cell. */
export function cellSpan(file: SourceFile, { line, index, delimiter }: CellPlace): Span {
  const { text } = file;
  let at = offsetAt(file, { line, column: 1 });
  for (let cell = 0; ; cell++) {
    const start = at;
    let isQuoted = false;
    for (; at < text.length; at++) {
      const character = text[at];
      if (character === '"' && isQuoted && text[at + 1] === '"') at += 1;
      else if (character === '"' && (at === start || isQuoted)) isQuoted = !isQuoted;
      else if (!isQuoted && (character === delimiter || character === "\n" || character === "\r")) break;
    }
    if (cell === index) return { file, start, end: at };
    if (text[at] !== delimiter) return { file, start: at, end: at };
    at += 1;
  }
}
