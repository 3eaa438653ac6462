import { duckdbFormat } from "../calendar/format-civil.ts";
import { fitFormat, foreignElement } from "../calendar/fit-format.ts";
import { strictFormat, unparsableElement } from "../calendar/parse-moment.ts";
import { type Code, quoteText } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { chooseSignature } from "../signature/choose.ts";
import { parseSignature, type Signature } from "../signature/signature.ts";
import { scalar, type ScalarName } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import { callValue, textArgument, translatedArguments } from "./call-arguments.ts";
import { type FunctionEntry, type FunctionTable, specialFunction } from "./function-table.ts";
import { format } from "./format-function.ts";
import { utc, zoneOf } from "./zone.ts";

const formattable: Readonly<Record<string, readonly Signature[]>> = Object.fromEntries(
  (["DATE", "DATETIME", "TIMESTAMP", "TIME"] as const).map((first) => {
    const others = first === "TIME" ? [] : ["DATE", "DATETIME", "TIMESTAMP"].filter((type) => type !== first);
    return [first, [first, ...others].map((type) => parseSignature(`(${type}) -> STRING: $1`))];
  }),
);

/** FORMAT_DATE and its kin: by strftime where it writes the same, else by TypeScript. */
const formatting: FunctionEntry = specialFunction((call, context) => {
  const [formatValue, operand, zoneValue] = translatedArguments(call, context, [
    2,
    call.name === "FORMAT_TIMESTAMP" ? 3 : 2,
  ]);
  const given = textArgument(formatValue, call);
  if (operand === undefined) throw new Error("Two arguments were counted.");
  const offered = { shown: call.name, place: operand.place, arguments: [{ name: undefined, value: operand }] };
  const [value] = chooseSignature(offered, formattable[call.name.slice("FORMAT_".length)] ?? []).arguments;
  if (value === undefined) throw new Error("An argument was chosen.");
  if (zoneValue !== undefined && value.type.kind !== "TIMESTAMP")
    refuse("argument-count", "A time zone goes with a TIMESTAMP only.", zoneValue.place);
  const zone = zoneOf(zoneValue);
  const text = fitted(given, call.name.slice("FORMAT_".length));
  if (text.constant?.kind === "string" && text.constant.text.includes("%J"))
    refuseUnsupported(`The element %J in ${call.name}`, text.place);
  const operands = zone.value === undefined ? [text, value] : [text, value, zone.value];
  const local = localOf(value, zone);
  const plain = text.constant?.kind === "string" ? duckdbFormat(text.constant.text) : undefined;
  if (plain !== undefined) {
    const needsYear = /%[YFG]/u.test(text.constant?.kind === "string" ? text.constant.text : "");
    const code: Code =
      needsYear && value.type.kind !== "TIME"
        ? ["gsql_strftime(", local, `, ${quoteText(plain)}, `, text.code, ")"]
        : ["strftime(", local, `, ${quoteText(plain)})`];
    return callValue(call, { code: code, type: scalar("STRING") }, operands);
  }
  const code: Code =
    value.type.kind === "TIMESTAMP" && zone !== utc
      ? ["gsql_format_timestamp(", text.code, ", ", value.code, ", ", zone.code, ")"]
      : ["gsql_format_civil(", text.code, ", epoch_us(", local, "))"];
  return callValue(call, { code: code, type: scalar("STRING") }, operands);
});

/** A format in which only elements of the type are elements. */
function fitted(text: Value, type: string): Value {
  if (type === "TIMESTAMP") return text;
  if (text.constant?.kind !== "string")
    return { ...text, code: ["gsql_fit_format(", text.code, `, '${type}')`], isCompound: false };
  const fit = fitFormat(text.constant.text, type);
  return fit === text.constant.text
    ? text
    : { ...text, code: quoteText(fit), constant: { kind: "string", text: fit }, isCompound: false };
}

function localOf(value: Value, zone: ReturnType<typeof zoneOf>): Code {
  switch (value.type.kind) {
    case "TIMESTAMP":
      return zone.local(value.code);
    case "DATE":
      return ["CAST(", value.code, " AS TIMESTAMP)"];
    case "TIME":
      return ["(DATE '1970-01-01' + ", value.code, ")"];
    default:
      return value.code;
  }
}

/** PARSE_DATE and its kin: by strptime where the text has the form that both read alike, else by TypeScript. */
function parsing(type: ScalarName): FunctionEntry {
  return specialFunction((call, context) => {
    const [formatValue, textValue, zoneValue] = translatedArguments(call, context, [2, type === "TIMESTAMP" ? 3 : 2]);
    const [formatText, text] = [textArgument(formatValue, call), textArgument(textValue, call)];
    const literal = formatText.constant?.kind === "string" ? formatText.constant.text : undefined;
    const odd = literal === undefined ? undefined : unparsableElement(literal);
    if (odd !== undefined) refuseUnsupported(`The element ${odd} in ${call.name}`, formatText.place);
    const foreign = literal === undefined ? undefined : foreignElement(literal, type);
    if (foreign !== undefined)
      refuse("argument-type", `The element ${foreign} of ${call.name} is none of a ${type}.`, formatText.place);
    const operands = [formatText, text, ...(zoneValue === undefined ? [] : [zoneValue])];
    const strict = literal === undefined ? undefined : strictFormat(literal);
    if (type === "TIMESTAMP" && (strict === undefined || zoneValue !== undefined)) {
      const zone = zoneOf(zoneValue);
      return callValue(
        call,
        { code: ["gsql_parse_timestamp(", formatText.code, ", ", text.code, ", ", zone.code, ")"], type: scalar(type) },
        operands,
      );
    }
    const parsable: Code =
      literal === undefined ? ["gsql_parsable_format(", formatText.code, `, '${type}')`] : formatText.code;
    const civil: Code =
      strict === undefined
        ? ["make_timestamp(gsql_parse_civil(", parsable, ", ", text.code, "))"]
        : [
            "gsql_strptime(",
            text.code,
            `, ${quoteText(strict.pattern)}, ${quoteText(strict.format)}, `,
            formatText.code,
            ")",
          ];
    return callValue(call, { code: fromCivil(civil, type), type: scalar(type) }, operands);
  });
}

function fromCivil(civil: Code, type: ScalarName): Code {
  if (type === "TIMESTAMP") return ["timezone('UTC', ", civil, ")"];
  return type === "DATETIME" ? civil : ["CAST(", civil, ` AS ${type})`];
}

/** Functions that write values in a format and read them from one. */
export const formatFunctions: FunctionTable = {
  FORMAT: format,
  FORMAT_DATE: formatting,
  FORMAT_DATETIME: formatting,
  FORMAT_TIME: formatting,
  FORMAT_TIMESTAMP: formatting,
  PARSE_DATE: parsing("DATE"),
  PARSE_DATETIME: parsing("DATETIME"),
  PARSE_TIME: parsing("TIME"),
  PARSE_TIMESTAMP: parsing("TIMESTAMP"),
};
