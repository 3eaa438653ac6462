/** Python's `str.capitalize`: the first character in title case, the rest in lower case. */
export function capitalizeText(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** Python's `str.title`: every run of letters starts in upper case. */
export function titleText(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => capitalizeText(word));
}

/** Python's `str.swapcase`. */
export function swapCase(text: string): string {
  return Array.from(text, (character) => (isLower(character) ? character.toUpperCase() : character.toLowerCase())).join(
    "",
  );
}

function isLower(character: string): boolean {
  return character !== character.toUpperCase() && character === character.toLowerCase();
}

function isCased(text: string): boolean {
  return text.toLowerCase() !== text || text.toUpperCase() !== text;
}

/** Python's `str.islower`: there are letters with case, and all of them are small. */
export function isLowerText(text: string): boolean {
  return isCased(text) && text === text.toLowerCase();
}

/** Python's `str.isupper`. */
export function isUpperText(text: string): boolean {
  return isCased(text) && text === text.toUpperCase();
}

/** Python's `str.istitle`. */
export function isTitleText(text: string): boolean {
  return isCased(text) && text === titleText(text);
}

/** Python's questions about all characters of a text, each false for the empty text. */
export const textQuestions: Readonly<Record<string, RegExp>> = {
  isalpha: /^\p{L}+$/u,
  isalnum: /^[\p{L}\p{N}]+$/u,
  isdecimal: /^\p{Nd}+$/u,
  isdigit: /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468]+$/u,
  isnumeric: /^\p{N}+$/u,
  isspace: /^[\t-\r\u001c-\u001f\u0085\p{Z}]+$/u,
  isidentifier: /^[\p{ID_Start}_]\p{ID_Continue}*$/u,
};
