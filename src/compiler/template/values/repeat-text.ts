import { raise } from "../template-error.ts";

/** The most characters that a template may make of one text: far beyond any statement, well within memory. */
const longest = 16 * 1024 * 1024;

/** Refuses a text of so many characters if it would take the process's memory. */
export function checkLength(length: number): void {
  if (length > longest) raise("template-size", "This text would have more than 16 million characters.");
}

/** Text so many times over, unless it would take the process's memory. */
export function repeatText(value: string, times: number): string {
  const count = Math.max(0, times);
  checkLength(value.length * count);
  return value.repeat(count);
}
