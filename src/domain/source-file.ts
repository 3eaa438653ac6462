/** A text that the author wrote, under the path by which messages name it: relative to the project's root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source file, `start` inclusive and `end` exclusive, counted in UTF-16 code units. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A place as editors show it: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStartsOf = new WeakMap<SourceFile, readonly number[]>();

function lineStarts(file: SourceFile): readonly number[] {
  const known = lineStartsOf.get(file);
  if (known !== undefined) return known;
  const starts = [0];
  for (let i = file.text.indexOf("\n"); i !== -1; i = file.text.indexOf("\n", i + 1)) starts.push(i + 1);
  lineStartsOf.set(file, starts);
  return starts;
}

/** The position of a UTF-16 offset in a file; an offset past the end is the position after the last character. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = lineStarts(file);
  const bounded = Math.min(Math.max(offset, 0), file.text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= bounded) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: bounded - (starts[low] ?? 0) + 1 };
}

/** The UTF-16 offset of a position (both numbers from 1); beyond the file it is clamped to the file's end. */
export function offsetAt(file: SourceFile, position: Position): number {
  const start = lineStarts(file)[position.line - 1] ?? file.text.length;
  return Math.min(start + position.column - 1, file.text.length);
}

/** The text of a line (from 1) without its line break. */
export function lineText(file: SourceFile, line: number): string {
  const starts = lineStarts(file);
  const start = starts[line - 1] ?? file.text.length;
  const next = starts[line] ?? file.text.length + 1;
  return file.text.slice(start, next - 1).replace(/\r$/u, "");
}

/** The text that a span covers. */
export function spanText(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}
