import { type Code, joinCode, quoteText } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Place } from "../place.ts";
import { cast, coerce, structField } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { type FunctionEntry, specialFunction } from "./function-table.ts";

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
    if (width === "*" || precision === "*") refuseUnsupported('FORMAT with "*" as width or precision', pattern.place);
    const arg = args[next++];
    if (arg === undefined)
      refuse("argument-count", `FORMAT has more specifiers than arguments: "${found[0]}" has none.`, pattern.place);
    pieces.push(written(arg, { spec: found[0], kind, place: pattern.place }));
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
    case "T": {
      if (spec.length > 2) refuseUnsupported(`FORMAT with ${spec}`, place);
      return kind === "t" ? printed(value) : literalText(value);
    }
    default:
      return refuseUnsupported(`FORMAT with ${spec}`, place);
  }
}

function orNull(value: Value, text: Code): Code {
  return value.isNullable ? ["coalesce(", text, ", 'NULL')"] : text;
}

/** `%t`: a value as people read it. */
function printed(value: Value): Code {
  if (value.constant?.kind === "null") return "'NULL'";
  switch (value.type.kind) {
    case "STRING":
      return orNull(value, value.code);
    case "FLOAT64":
      return orNull(value, ["gsql_print_float(", value.code, ")"]);
    case "ARRAY":
    case "STRUCT":
      return literalText(value);
    case "BYTES":
    case "JSON":
    case "UNKNOWN":
      return refuseUnsupported(`FORMAT with %t of ${typeText(value.type)}`, value.place);
    default:
      return orNull(value, cast(value, scalar("STRING")).code);
  }
}

const literalTypes: Readonly<Record<string, string>> = {
  DATE: "DATE",
  DATETIME: "DATETIME",
  TIMESTAMP: "TIMESTAMP",
  TIME: "TIME",
  NUMERIC: "NUMERIC",
  BIGNUMERIC: "BIGNUMERIC",
};

/** `%T`: a value as the literal that stands for it. */
function literalText(value: Value, name = "e"): Code {
  if (value.constant?.kind === "null") return "'NULL'";
  const { type } = value;
  switch (type.kind) {
    case "STRING":
      return orNull(value, ["gsql_string_literal(", value.code, ")"]);
    case "FLOAT64":
      return orNull(value, ["gsql_float_literal(", value.code, ")"]);
    case "ARRAY": {
      const element = makeValue({ code: name, type: type.element, place: value.place });
      const items: Code = ["list_transform(", value.code, `, lambda ${name}: `, literalText(element, `${name}e`), ")"];
      return orNull(value, ["'[' || array_to_string(", items, ", ', ') || ']'"]);
    }
    case "STRUCT": {
      const fields = type.fields.map((_, index) => literalText(structField(value, index), `${name}f`));
      const text: Code = ["'(' || ", joinCode(fields, " || ', ' || "), " || ')'"];
      return value.isNullable ? ["CASE WHEN ", value.code, " IS NULL THEN 'NULL' ELSE ", text, " END"] : text;
    }
    case "BYTES":
    case "JSON":
    case "INTERVAL":
    case "UNKNOWN":
      return refuseUnsupported(`FORMAT with %T of ${typeText(type)}`, value.place);
    default: {
      const text = cast(value, scalar("STRING")).code;
      const prefix = literalTypes[type.kind];
      return orNull(value, prefix === undefined ? text : [`'${prefix} "' || `, text, ` || '"'`]);
    }
  }
}
