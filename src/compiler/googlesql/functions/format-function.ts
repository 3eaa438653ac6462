import { type Code, joinCode, quoteText } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Place } from "../place.ts";
import { coerce } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { type FunctionEntry, specialFunction } from "./function-table.ts";
import { jsonTextOf } from "./json-writer.ts";
import { valueText } from "./value-text.ts";

const specifiers = /%(?<flags>[-+ #0']*)(?<width>\d+|\*)?(?:\.(?<precision>\d+|\*)?)?(?<kind>[a-zA-Z%])/gu;

/** FORMAT with a literal format: the texts between the specifiers and the arguments as each specifier writes them. */
export const format: FunctionEntry = specialFunction((call, context) => {
  const values = call.arguments.map(({ value }) => context.translation.translateExpression(value, context));
  const [pattern, ...args] = values;
  if (pattern?.constant?.kind !== "string")
    refuseUnsupported("FORMAT with a format that is no literal", pattern?.place ?? call.namePlace);
  const { text } = pattern.constant;
  const pieces: Code[] = [];
  let at = 0;
  let next = 0;
  for (const found of text.matchAll(specifiers)) {
    if (found.index > at) pieces.push(quoteText(text.slice(at, found.index)));
    at = found.index + found[0].length;
    const { kind = "", width, precision } = found.groups ?? {};
    if (kind === "%") {
      pieces.push("'%'");
      continue;
    }
    const take = (): Value =>
      args[next++] ??
      refuse("argument-count", `FORMAT has more specifiers than arguments: "${found[0]}" has none.`, pattern.place);
    const sizes = [width, precision].filter((size) => size === "*").map(() => sizeText(take()));
    const spec = sizes.reduce((text, size) => text.replace("*", size).replace("--", "-"), found[0]);
    pieces.push(written(take(), { spec, kind, place: pattern.place }));
  }
  if (text.slice(at).includes("%")) refuse("argument-type", `"${text}" is no format of FORMAT.`, pattern.place);
  if (at < text.length) pieces.push(quoteText(text.slice(at)));
  const extra = args[next];
  if (extra !== undefined) refuse("argument-count", "FORMAT has more arguments than specifiers.", extra.place);
  const code: Code = pieces.length === 0 ? "''" : joinCode(pieces, " || ");
  return makeValue(
    { code, isCompound: pieces.length > 1, type: scalar("STRING"), place: { start: call.start, end: call.end } },
    args,
  );
});

/** The number that "*" stands for; it must be a literal. */
function sizeText(value: Value): string {
  if (value.constant?.kind !== "integer")
    refuseUnsupported('FORMAT with "*" for a width or precision that is no literal', value.place);
  return value.constant.text;
}

function padded(text: Code, spec: string, kind: string): Code {
  return spec.length === 2 ? text : [`gsql_format_text(${quoteText(spec.replace(kind, "s"))}, `, text, ")"];
}

interface Specifier {
  readonly spec: string;
  readonly kind: string;
  readonly place: Place;
}

function written(value: Value, { spec, kind, place }: Specifier): Code {
  const wrong = (): never =>
    refuse(
      value.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
      `"${spec}" does not write a value of type ${typeText(value.type)}.`,
      value.place,
    );
  const take = (type: "INT64" | "STRING" | "FLOAT64"): Value => coerce(value, scalar(type)) ?? wrong();
  switch (kind) {
    case "d":
    case "i":
    case "u":
    case "x":
    case "X":
    case "o":
      if (spec === "%d" || spec === "%i") return ["CAST(", take("INT64").code, " AS VARCHAR)"];
      return [`gsql_format_int(${quoteText(spec)}, `, take("INT64").code, ")"];
    case "f":
    case "F":
    case "e":
    case "E":
    case "g":
    case "G":
      if (value.type.kind === "NUMERIC" && value.constant?.kind !== "float") {
        if (!/[fF]/u.test(kind))
          refuseUnsupported(`FORMAT with ${spec} of a NUMERIC`, value.place, "Cast it to FLOAT64.");
        return [`gsql_format_numeric(${quoteText(spec)}, `, value.code, ")"];
      }
      return [`gsql_format_float(${quoteText(spec)}, `, take("FLOAT64").code, ")"];
    case "s":
      if (spec === "%s") return take("STRING").code;
      return [`gsql_format_text(${quoteText(spec)}, `, take("STRING").code, ")"];
    case "t":
      return padded(valueText(value, "plain"), spec, kind);
    case "T":
      return padded(valueText(value, "literal"), spec, kind);
    case "p":
    case "P": {
      if (value.type.kind !== "JSON") return wrong();
      const text = jsonTextOf({ ...value, isNullable: false }, "string");
      return padded(kind === "p" ? text : ["gsql_json_pretty(", text, ")"], spec, kind);
    }
    default:
      return refuseUnsupported(`FORMAT with ${spec}`, place);
  }
}
