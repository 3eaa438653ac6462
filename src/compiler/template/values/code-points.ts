/** Whether text has characters that take two UTF-16 units, which Python counts as one. */
function hasPairs(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdfff) return true;
  }
  return false;
}

/** The characters of a text as Python sees them: code points. */
export function codePoints(text: string): readonly string[] {
  return Array.from(text);
}

/** The number of code points. */
export function lengthOfText(text: string): number {
  return hasPairs(text) ? Array.from(text).length : text.length;
}

/** The code points from `start` up to `end`, neither below zero. */
export function sliceText(text: string, start: number, end?: number): string {
  return hasPairs(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

/** The number of code points before a UTF-16 offset. */
export function codePointOffset(text: string, offset: number): number {
  return offset < 0 ? offset : lengthOfText(text.slice(0, offset));
}
