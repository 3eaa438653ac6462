import { monthNames } from "../../month-names.ts";
import { type Civil, dateOf, daysOf, isDate, padded } from "./civil.ts";
import { dayNames, weekdayOf } from "./format-civil.ts";

const elements =
  /YYYY|YYY|YY|Y|MONTH|MON|MM|DDD|DD|DAY|DY|D|HH24|HH12|HH|MI|SSSSS|SS|FF[1-9]|A\.M\.|P\.M\.|AM|PM|TZH|TZM|Q|W{1,2}|"[^"]*"|[-./,'; :]/giuy;

/** The elements of a format model of CAST (`YYYY-MM-DD HH24:MI`), in order; `undefined` if it has something else. */
export function parseModel(model: string): readonly string[] | undefined {
  const parts: string[] = [];
  elements.lastIndex = 0;
  while (elements.lastIndex < model.length) {
    const found = elements.exec(model)?.[0];
    if (found === undefined) return undefined;
    parts.push(found);
  }
  return parts;
}

const unsupported = new Set(["Y", "YYY", "W", "WW"]);

/** The first element of a model that is not known here. */
export function unsupportedModelElement(model: string): string | undefined {
  const parts = parseModel(model);
  return parts === undefined ? model : parts.find((part) => unsupported.has(part.toUpperCase()));
}

/** The name in the case of its element: `MONTH`, `Month`, `month`. */
function inCase(name: string, element: string): string {
  if (element === element.toUpperCase()) return name.toUpperCase();
  return element.startsWith(element[0]?.toUpperCase() ?? "") ? name : name.toLowerCase();
}

/** A calendar and clock in a format model. */
export function formatByModel(model: string, civil: Civil, offsetMinutes: number): string {
  return (parseModel(model) ?? []).map((part) => modelText(part, civil, offsetMinutes)).join("");
}

function modelText(part: string, { days, micros }: Civil, offsetMinutes: number): string {
  const { year, month, day } = dateOf(days);
  const hour = Math.floor(micros / 3_600_000_000);
  const seconds = Math.floor(micros / 1_000_000);
  switch (part.toUpperCase()) {
    case "YYYY":
      return padded(year, 4);
    case "YY":
      return padded(year % 100, 2);
    case "MONTH":
      return inCase(monthNames[month - 1] ?? "", part);
    case "MON":
      return inCase(monthNames[month - 1]?.slice(0, 3) ?? "", part);
    case "MM":
      return padded(month, 2);
    case "DDD":
      return padded(days - daysOf({ year, month: 1, day: 1 }) + 1, 3);
    case "DD":
      return padded(day, 2);
    case "DAY":
      return inCase(dayNames[weekdayOf(days)] ?? "", part);
    case "DY":
      return inCase(dayNames[weekdayOf(days)]?.slice(0, 3) ?? "", part);
    case "D":
      return String(weekdayOf(days) + 1);
    case "Q":
      return String(Math.floor((month - 1) / 3) + 1);
    case "HH24":
      return padded(hour, 2);
    case "HH12":
    case "HH":
      return padded(hour % 12 === 0 ? 12 : hour % 12, 2);
    case "MI":
      return padded(Math.floor(seconds / 60) % 60, 2);
    case "SS":
      return padded(seconds % 60, 2);
    case "SSSSS":
      return padded(seconds, 5);
    case "AM":
    case "PM":
      return inCase(hour < 12 ? "AM" : "PM", part.toUpperCase() === part ? "AM" : "am");
    case "A.M.":
    case "P.M.":
      return inCase(hour < 12 ? "A.M." : "P.M.", part.toUpperCase() === part ? "AM" : "am");
    case "TZH":
      return `${offsetMinutes < 0 ? "-" : "+"}${padded(Math.floor(Math.abs(offsetMinutes) / 60), 2)}`;
    case "TZM":
      return padded(Math.abs(offsetMinutes) % 60, 2);
  }
  if (/^FF/iu.test(part))
    return padded(micros % 1_000_000, 6)
      .padEnd(9, "0")
      .slice(0, Number(part[2]));
  return part.startsWith('"') ? part.slice(1, -1) : part;
}

const readable: Readonly<Record<string, string>> = {
  YYYY: "(?<year>\\d{1,5})",
  MM: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{1,2})",
  HH24: "(?<hour>\\d{1,2})",
  HH12: "(?<hour12>\\d{1,2})",
  HH: "(?<hour12>\\d{1,2})",
  MI: "(?<minute>\\d{1,2})",
  SS: "(?<second>\\d{1,2})",
  AM: "(?<half>[AaPp][Mm])",
  PM: "(?<half>[AaPp][Mm])",
  MON: "(?<name>[A-Za-z]{3})",
  MONTH: "(?<name>[A-Za-z]{3,9})",
};

/** The first element of a model that CAST from a STRING does not take here. */
export function unreadableModelElement(model: string): string | undefined {
  const parts = parseModel(model) ?? [model];
  const letters = parts.filter((part) => /[A-Z]/iu.test(part));
  if (
    new Set(letters.map((part) => part.toUpperCase())).size !== letters.length ||
    !letters.some((part) => /^YYYY$/iu.test(part))
  )
    return model;
  return letters.find((part) => !(part.toUpperCase() in readable) && !/^FF/iu.test(part));
}

/** Reads a text in a format model. */
export function parseByModel(model: string, text: string): Civil {
  const pattern = (parseModel(model) ?? []).map((part) => {
    if (/^FF/iu.test(part)) return "(?<fraction>\\d{1,9})";
    return readable[part.toUpperCase()] ?? part.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
  });
  const groups = new RegExp(`^\\s*${pattern.join("")}\\s*$`, "u").exec(text)?.groups;
  const fail = (): never => {
    throw new Error(`Failed to parse input string "${text}"`);
  };
  if (groups === undefined) return fail();
  const number = (name: string, otherwise: number): number =>
    groups[name] === undefined ? otherwise : Number(groups[name]);
  const monthName = groups["name"]?.toLowerCase();
  const named =
    monthName === undefined
      ? undefined
      : monthNames.findIndex((full) => [full, full.slice(0, 3)].some((known) => known.toLowerCase() === monthName)) + 1;
  const date = { year: number("year", 1970), month: named ?? number("month", 1), day: number("day", 1) };
  const half = groups["half"]?.toLowerCase();
  const hour =
    groups["hour12"] === undefined ? number("hour", 0) : (Number(groups["hour12"]) % 12) + (half === "pm" ? 12 : 0);
  const [minute, second] = [number("minute", 0), number("second", 0)];
  if (!isDate(date) || hour > 23 || minute > 59 || second > 59) return fail();
  const micros = Number((groups["fraction"] ?? "").slice(0, 6).padEnd(6, "0"));
  return { days: daysOf(date), micros: ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros };
}
