import { codePoints, lengthOfText } from "./code-points.ts";

/** Python's `textwrap`: where a line may be broken, white space, dashes and hyphens included. */
const breaks =
  /([\t\n\v\f\r ]+|(?<=[\p{L}\p{N}_!"'&.,?])-{2,}(?=[\p{L}\p{N}_])|[^\t\n\v\f\r ]+?(?:-(?:(?<=[\p{L}_]{2}-)|(?<=[\p{L}_]-[\p{L}_]-))(?=[\p{L}_]-?[\p{L}_])|(?=[\t\n\v\f\r ]|$)|(?<=[\p{L}\p{N}_!"'&.,?])(?=-{2,}[\p{L}\p{N}_])))/u;

/** How text is wrapped. */
export interface Wrapping {
  readonly width: number;
  readonly breaksLongWords: boolean;
  readonly breaksOnHyphens: boolean;
}

/** Python's `textwrap.wrap` of one line: no line longer than the width where it can be helped. */
export function wrapText(line: string, by: Wrapping): readonly string[] {
  const chunks = line.split(by.breaksOnHyphens ? breaks : /([\t\n\v\f\r ]+)/u).filter((chunk) => chunk !== "");
  chunks.reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    const current: string[] = [];
    let width = 0;
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop();
    for (let next = chunks.at(-1); next !== undefined; next = chunks.at(-1)) {
      if (width + lengthOfText(next) > by.width) break;
      width += lengthOfText(next);
      current.push(next);
      chunks.pop();
    }
    const long = chunks.at(-1);
    if (long !== undefined && lengthOfText(long) > by.width)
      takeLongWord({ chunks, current, long, room: by.width - width }, by);
    if (isBlank(current.at(-1))) current.pop();
    if (current.length > 0) lines.push(current.join(""));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk?.trim() === "";
}

function takeLongWord(
  at: { readonly chunks: string[]; readonly current: string[]; readonly long: string; readonly room: number },
  by: Wrapping,
): void {
  const { chunks, current, long } = at;
  if (by.breaksLongWords) {
    const characters = codePoints(long);
    let end = at.room;
    if (by.breaksOnHyphens && characters.length > end) {
      const hyphen = characters.slice(0, end).lastIndexOf("-");
      if (hyphen > 0 && characters.slice(0, hyphen).some((each) => each !== "-")) end = hyphen + 1;
    }
    current.push(characters.slice(0, end).join(""));
    chunks[chunks.length - 1] = characters.slice(end).join("");
  } else if (current.length === 0) {
    current.push(long);
    chunks.pop();
  }
}
