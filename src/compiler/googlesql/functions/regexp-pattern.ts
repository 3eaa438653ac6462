/** What is known of a regular expression (RE2's syntax) from its text. */
export interface RegexpPattern {
  readonly groupCount: number;
  /** Whether it may match no text at all, as far as the text shows; `true` where it is not certain. */
  readonly mayMatchNothing: boolean;
}

/** Reads the capturing groups of a pattern, and whether everything in it is optional. */
export function inspectPattern(pattern: string): RegexpPattern {
  let groupCount = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "\\") at += pattern.startsWith("\\Q", at) ? Math.max(pattern.indexOf("\\E", at) - at, 1) : 1;
    else if (character === "[") at = endOfClass(pattern, at);
    else if (character === "(" && (pattern[at + 1] !== "?" || /^\(\?P?</u.test(pattern.slice(at, at + 4))))
      groupCount++;
  }
  return { groupCount, mayMatchNothing: mayMatchNothing(pattern) };
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  while (at < pattern.length && pattern[at] !== "]") {
    if (pattern.startsWith("[:", at)) at = pattern.indexOf(":]", at) + 1;
    else if (pattern[at] === "\\") at++;
    at++;
  }
  return at;
}

/**
 * Whether a pattern may match the empty text. It certainly may not if one of the parts that stand in a row outside of
 * groups, without alternatives, is a character that must be there; in all other cases JavaScript's engine is asked.
 */
function mayMatchNothing(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern.replace(/\(\?P</gu, "(?<").replace(/^\(\?[imsU]+\)/u, "")})$`, "u").test("");
  } catch {
    return true;
  }
}
