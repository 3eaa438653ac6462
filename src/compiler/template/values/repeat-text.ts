import { raise } from "../template-error.ts";

const longest = 256 * 1024 * 1024;

/** Text so many times over, unless it would take the process's memory. */
export function repeatText(value: string, times: number): string {
  if (value.length * times > longest) raise("template-size", "This text would be too long.");
  return value.repeat(Math.max(0, times));
}
