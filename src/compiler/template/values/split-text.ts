import { skipSpace, trimmedEnd } from "./python-space.ts";

/** Python's `split()` without a separator: words between white space, the rest of the text last after `limit` splits. */
export function splitWords(text: string, limit: number): readonly string[] {
  const words: string[] = [];
  let at = skipSpace(text, 0, text.length);
  while (at < text.length) {
    if (limit >= 0 && words.length === limit) {
      words.push(text.slice(at));
      return words;
    }
    let end = at;
    while (end < text.length && skipSpace(text, end, end + 1) === end) end++;
    words.push(text.slice(at, end));
    at = skipSpace(text, end, text.length);
  }
  return words;
}

/** Python's `rsplit()` without a separator: as `splitWords`, counted from the end. */
export function splitWordsFromEnd(text: string, limit: number): readonly string[] {
  const words: string[] = [];
  let end = trimmedEnd(text, 0, text.length);
  while (end > 0) {
    if (limit >= 0 && words.length === limit) {
      words.unshift(text.slice(0, end));
      return words;
    }
    let start = end;
    while (start > 0 && trimmedEnd(text, start - 1, start) === start) start--;
    words.unshift(text.slice(start, end));
    end = trimmedEnd(text, 0, start);
  }
  return words;
}

/** Python's `split(separator, limit)`. */
export function splitText(text: string, separator: string, limit: number): readonly string[] {
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

/** Python's `rsplit(separator, limit)`. */
export function splitTextFromEnd(text: string, separator: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let end = text.length;
  while (limit < 0 || parts.length < limit) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.unshift(text.slice(at + separator.length, end));
    end = at;
  }
  return [text.slice(0, end), ...parts];
}

/** Python's `splitlines`, line breaks dropped or kept. */
export function splitLines(text: string, breaks: "drop" | "keep"): readonly string[] {
  const lines =
    text.match(/[^\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]*(?:\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]|$)/gu) ??
    [];
  const whole = lines.filter((line) => line !== "");
  return breaks === "keep"
    ? whole
    : whole.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029])$/u, ""));
}
