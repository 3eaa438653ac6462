import { type Code, quoteText } from "../code.ts";
import { refuse } from "../refusal.ts";
import { coerce } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue } from "../value.ts";
import { type FunctionTable, specialFunction } from "./function-table.ts";

const forms = ["NFC", "NFKC", "NFD", "NFKD"];

/** NORMALIZE takes the name of a form, which is no value. */
export const textFunctions: FunctionTable = {
  NORMALIZE: specialFunction((call, context) => {
    const [text, form, ...others] = call.arguments;
    if (text === undefined || others.length > 0)
      refuse("argument-count", `NORMALIZE takes 1 to 2 arguments, not ${call.arguments.length}.`, call.namePlace);
    const given = context.translation.translateExpression(text.value, context);
    const value = coerce(given, scalar("STRING"));
    if (value === undefined)
      refuse("argument-type", `NORMALIZE takes a STRING, not ${typeText(given.type)}.`, given.place);
    const name =
      form === undefined ? "NFC" : form.value.kind === "path" ? (form.value.names[0]?.text.toUpperCase() ?? "") : "";
    if (!forms.includes(name))
      refuse("argument-type", "The form of NORMALIZE is NFC, NFKC, NFD or NFKD.", form?.value ?? call.namePlace);
    const code: Code = ["gsql_normalize(", value.code, `, ${quoteText(name)})`];
    return makeValue({ code, type: scalar("STRING"), place: { start: call.start, end: call.end } }, [value]);
  }),
};
