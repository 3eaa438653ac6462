import { type FormatElement, parseFormat } from "./format-civil.ts";

const ofClock = ["H", "I", "k", "l", "M", "p", "P", "r", "R", "s", "S", "T", "X", "c"];
const ofCalendar = Array.from("aAbBcCdDeFgGhjmsuUVwWxyYQ");
const ofZone = ["z", "Z"];

const absent: Readonly<Record<string, ReadonlySet<string>>> = {
  DATE: new Set([...ofClock, ...ofZone]),
  DATETIME: new Set(ofZone),
  TIME: new Set([...ofCalendar, ...ofZone]),
};

function elementText({ modifier, letter }: FormatElement): string {
  return `%${modifier}${letter}`;
}

/** The first element of a format that values of a type do not have, such as `%H` of a DATE: PARSE_… fails on it. */
export function foreignElement(format: string, type: string): string | undefined {
  const found = parseFormat(format).find((part) => typeof part !== "string" && absent[type]?.has(part.letter) === true);
  return found === undefined || typeof found === "string" ? undefined : elementText(found);
}

/** The format in which an element that values of a type do not have stands for itself, as FORMAT_… takes it. */
export function fitFormat(format: string, type: string): string {
  if (foreignElement(format, type) === undefined) return format;
  return parseFormat(format)
    .map((part) => {
      if (typeof part === "string") return part;
      return absent[type]?.has(part.letter) === true ? `%${elementText(part)}` : elementText(part);
    })
    .join("");
}
