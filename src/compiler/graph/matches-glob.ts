/** A pattern that is ready to be tried on many texts. */
export type Glob = (text: string) => boolean;

/** What a place in a pattern takes: one item that passes, or any number of any items. */
type Place<T> = "any number" | ((item: T) => boolean);

/**
 * A glob as Python's `fnmatch` reads it, because dbt does: `*` any text, separators included, `?` one character,
 * `[a-z]` and `[!a-z]` one of a set, all else literal. Case matters. Nothing is malformed: an open `[` is a literal.
 */
export function parseGlob(pattern: string): Glob {
  const places = parsePlaces(Array.from(pattern));
  return (text) => fits(Array.from(text), places);
}

/**
 * A glob for paths as Python's `pathlib` reads it: `*`, `?` and sets stay within a folder, `**` is any number of
 * folders; empty and `.` folders do not count. The path `""` is the root.
 */
export function parsePathGlob(pattern: string): Glob {
  const places = pathParts(pattern).map((part): Place<string> => (part === "**" ? "any number" : parseGlob(part)));
  return (path) => fits(pathParts(path), places);
}

/** Whether a text holds a character that a glob reads in its own way. */
export function hasWildcard(text: string): boolean {
  return /[*?[\]]/u.test(text);
}

/** The folders of a path and its last name; `\` separates as well, for whoever types paths on Windows. */
export function pathParts(path: string): readonly string[] {
  return path.split(/[\\/]/u).filter((part) => part !== "" && part !== ".");
}

function parsePlaces(pattern: readonly string[]): readonly Place<string>[] {
  const places: Place<string>[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? "";
    const end = char === "[" ? endOfSet(pattern, i) : -1;
    if (end !== -1) {
      places.push(parseSet(pattern.slice(i + 1, end)));
      i = end;
    } else if (char === "*") places.push("any number");
    else if (char === "?") places.push(() => true);
    else places.push((item) => item === char);
  }
  return places;
}

/** A `]` that stands first in a set, or first after its `!`, is a member. */
function endOfSet(pattern: readonly string[], start: number): number {
  const first = pattern[start + 1] === "!" ? start + 2 : start + 1;
  return pattern.indexOf("]", first + 1);
}

function parseSet(set: readonly string[]): (char: string) => boolean {
  const isNegated = set[0] === "!";
  const members = isNegated ? set.slice(1) : set;
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < members.length; i++) {
    const isRange = members[i + 1] === "-" && i + 2 < members.length;
    ranges.push([codePoint(members[i]), codePoint(members[isRange ? i + 2 : i])]);
    if (isRange) i += 2;
  }
  return (char) => {
    const point = codePoint(char);
    return ranges.some(([from, to]) => from <= point && point <= to) !== isNegated;
  };
}

function codePoint(char: string | undefined): number {
  return char?.codePointAt(0) ?? -1;
}

/** Backtracks to the last "any number" only, which is enough, so that no pattern takes more than places × items. */
function fits<T>(items: readonly T[], places: readonly Place<T>[]): boolean {
  let item = 0;
  let place = 0;
  let lastStar = -1;
  let takenByStar = 0;
  while (item < items.length) {
    const wanted = places[place];
    const candidate = items[item];
    if (wanted === "any number") {
      lastStar = place++;
      takenByStar = item;
    } else if (wanted !== undefined && candidate !== undefined && wanted(candidate)) {
      item++;
      place++;
    } else if (lastStar !== -1) {
      place = lastStar + 1;
      item = ++takenByStar;
    } else return false;
  }
  return places.slice(place).every((left) => left === "any number");
}
