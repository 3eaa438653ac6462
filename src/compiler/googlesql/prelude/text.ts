const soundexDigits: Readonly<Record<string, string>> = Object.fromEntries(
  ["BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"].flatMap((letters, index) =>
    Array.from(letters, (letter) => [letter, String(index + 1)]),
  ),
);

/** SOUNDEX: the first letter as it is and the codes of those that follow, four characters; empty if there is no letter. Letters without a code part nothing. */
export function soundex(text: string): string {
  const letters = text.replaceAll(/[^A-Za-z]/gu, "");
  const first = letters[0];
  if (first === undefined) return "";
  let code = first;
  let last = soundexDigits[first.toUpperCase()];
  for (const letter of letters.slice(1).toUpperCase()) {
    const digit = soundexDigits[letter];
    if (digit === undefined || digit === last) continue;
    code += digit;
    last = digit;
    if (code.length === 4) break;
  }
  return code.padEnd(4, "0");
}

/** INITCAP: a letter is upper case behind one of the delimiters and at the beginning, and lower case elsewhere. */
export function initCap(text: string, delimiters: string): string {
  let isStart = true;
  let result = "";
  for (const character of text) {
    const isDelimiter = delimiters.includes(character);
    result += isDelimiter ? character : isStart ? upperLetter(character) : character.toLowerCase();
    isStart = isDelimiter;
  }
  return result;
}

/** The capital of a letter that has one; ß, whose capitals are two letters, stays. */
function upperLetter(letter: string): string {
  const upper = letter.toUpperCase();
  return Array.from(upper).length === 1 ? upper : letter;
}

/** INSTR: the position of the n-th occurrence, searched forwards from a positive position and backwards from a negative one. */
export function instr(
  text: string,
  part: string,
  from: { readonly position: number; readonly occurrence: number },
): bigint {
  const { position } = from;
  let { occurrence } = from;
  if (position === 0 || occurrence <= 0)
    throw new Error("INSTR takes a position other than 0 and an occurrence above 0.");
  const characters = Array.from(text);
  const wanted = Array.from(part);
  const isAt = (at: number): boolean => wanted.every((character, index) => characters[at + index] === character);
  const last = characters.length - wanted.length;
  const step = position > 0 ? 1 : -1;
  // Before every character and behind the last one stands an empty text.
  const end = wanted.length === 0 ? characters.length + 1 : characters.length;
  const start = position > 0 ? position - 1 : end + position;
  for (let at = start; at >= 0 && (step < 0 || at <= last); at += step)
    if (at <= last && isAt(at) && --occurrence === 0) return BigInt(at + 1);
  return 0n;
}

/** EDIT_DISTANCE: Levenshtein's distance of the characters, at most `maximum`. */
export function editDistance(left: string, right: string, maximum: bigint): bigint {
  if (maximum < 0n) throw new Error("EDIT_DISTANCE takes a max_distance that is not negative.");
  const [from, to] = [Array.from(left), Array.from(right)];
  let row = to.map((_, index) => index + 1);
  from.forEach((character, index) => {
    let diagonal = index;
    let before = index + 1;
    row = row.map((above, at) => {
      const cost = Math.min(above + 1, before + 1, diagonal + (to[at] === character ? 0 : 1));
      diagonal = above;
      before = cost;
      return cost;
    });
  });
  const distance = BigInt(row.at(-1) ?? from.length);
  return distance > maximum ? maximum : distance;
}

/** TRANSLATE: each character of `source` becomes the one at its place in `target`, or vanishes. */
export function translateCharacters(text: string, source: string, target: string): string {
  const to = Array.from(target);
  const map = new Map<string, string>();
  Array.from(source).forEach((character, index) => {
    if (map.has(character)) throw new Error(`TRANSLATE names the character "${character}" twice.`);
    map.set(character, to[index] ?? "");
  });
  return Array.from(text, (character) => map.get(character) ?? character).join("");
}
