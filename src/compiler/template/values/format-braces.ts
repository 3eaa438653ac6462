import type { CallArguments } from "../call.ts";
import { raise } from "../template-error.ts";
import { formatSpec } from "./format-spec.ts";
import { printValue, reprValue } from "./print-value.ts";
import { orElse, type Value } from "./value.ts";

/** How a format finds `{a.b}` and `{a[0]}`. */
export interface FieldLookup {
  readonly attributeOf: (value: Value, name: string) => Value;
  readonly itemOf: (value: Value, key: Value) => Value;
}

const deepest = 2;

/** Python's `str.format`: `{}`, `{0}`, `{name.attribute[key]!r:>10}`, `{{`. */
export function formatBraces(format: string, args: CallArguments, lookup: FieldLookup): string {
  let next = 0;
  let isNumbered = false;
  const numberOf = (written: string): number => {
    if ((written === "" && isNumbered) || (written !== "" && next > 0))
      raise("template-format", "This format has places both with and without numbers.");
    if (written === "") return next++;
    isNumbered = true;
    return Number(written);
  };
  return formatFields(format, { args, lookup, numberOf, depth: deepest });
}

interface Formatting {
  readonly args: CallArguments;
  readonly lookup: FieldLookup;
  readonly numberOf: (written: string) => number;
  readonly depth: number;
}

function formatFields(format: string, using: Formatting): string {
  if (using.depth < 0) raise("template-format", "This format is nested too deeply.");
  let printed = "";
  let at = 0;
  while (at < format.length) {
    const character = format.charAt(at);
    if ((character === "{" || character === "}") && format[at + 1] === character) {
      printed += character;
      at += 2;
    } else if (character === "{") {
      const end = closingBrace(format, at);
      printed += formatField(format.slice(at + 1, end), using);
      at = end + 1;
    } else if (character === "}") raise("template-format", 'There is no "{" for a "}" in this format.');
    else {
      printed += character;
      at++;
    }
  }
  return printed;
}

function closingBrace(format: string, start: number): number {
  let open = 0;
  for (let at = start; at < format.length; at++) {
    if (format[at] === "{") open++;
    else if (format[at] === "}" && --open === 0) return at;
  }
  return raise("template-format", 'A "{" is not closed in this format.');
}

const shape = /^(?<name>[^!:]*)(?:!(?<conversion>[^:]*))?(?::(?<spec>.*))?$/su;

function formatField(field: string, using: Formatting): string {
  const groups = shape.exec(field)?.groups ?? {};
  const { name = "", conversion } = groups;
  const value = findField(name, using);
  const spec = groups["spec"] ?? "";
  const nested = spec.includes("{") ? formatFields(spec, { ...using, depth: using.depth - 1 }) : spec;
  return formatSpec(converted(value, conversion), nested);
}

function converted(value: Value, conversion: string | undefined): Value {
  switch (conversion) {
    case undefined:
      return value;
    case "s":
      return printValue(value);
    case "r":
    case "a":
      return reprValue(value);
    default:
      return raise("template-format", `"!${conversion}" is no conversion in a format.`);
  }
}

function findField(name: string, using: Formatting): Value {
  const first = /^[^.[]*/u.exec(name)?.[0] ?? "";
  let value = firstField(first, using);
  for (const part of name.slice(first.length).matchAll(/\.(?<attribute>[^.[]+)|\[(?<item>[^\]]*)\]/gu)) {
    const { attribute, item = "" } = part.groups ?? {};
    value =
      attribute === undefined
        ? using.lookup.itemOf(value, /^\d+$/u.test(item) ? Number(item) : item)
        : using.lookup.attributeOf(value, attribute);
  }
  return value;
}

function firstField(name: string, { args, numberOf }: Formatting): Value {
  const value = /^\d*$/u.test(name) ? args.positional[numberOf(name)] : args.named.get(name);
  return orElse(value, () => raise("template-format", `There is no value for the place "{${name}}" of this format.`));
}
