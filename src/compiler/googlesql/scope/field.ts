import { didYouMean } from "../../nearest-name.ts";
import { quoteText } from "../code.ts";
import { placeAround } from "../place.ts";
import { refuse } from "../refusal.ts";
import type { Name } from "../syntax.ts";
import { structField } from "../type/cast.ts";
import { scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";

/** `base.name`: a field of a struct, or a member of a JSON object. */
export function accessField(base: Value, name: Name): Value {
  const place = placeAround(base.place, name);
  switch (base.type.kind) {
    case "STRUCT": {
      const { fields } = base.type;
      const key = name.text.toLowerCase();
      const matches = fields.flatMap((field, index) => (field.name?.toLowerCase() === key ? [index] : []));
      const [index, other] = matches;
      const shown = base.name === undefined ? "this struct" : `"${base.name}"`;
      if (index === undefined) {
        const known = fields.flatMap((field) => field.name ?? []);
        const hint = didYouMean(name.text, known) ?? `It has ${known.map((field) => `"${field}"`).join(", ")}.`;
        refuse("unknown-field", `There is no field "${name.text}" in ${shown}.`, name, hint);
      }
      if (other !== undefined) refuse("ambiguous-column", `${shown} has more than one field "${name.text}".`, name);
      return { ...structField(base, index), name: name.text, place };
    }
    case "JSON": {
      const code = ["gsql_json_member(", base.code, ", ", quoteText(name.text), ")"];
      return makeValue({ code, type: scalar("JSON"), place, name: name.text }, [base]);
    }
    case "UNKNOWN":
      refuse(
        "untyped",
        `The type of "${base.name ?? ""}" is not known, and its field "${name.text}" depends on it.`,
        name,
        "Declare the column's data_type where its table is described.",
      );
      break;
    default: {
      const hint = base.type.kind === "ARRAY" ? "Take one element of the array first, or join with UNNEST." : undefined;
      refuse(
        "unknown-field",
        `A value of type ${typeText(base.type)} has no fields, so no "${name.text}".`,
        name,
        hint,
      );
    }
  }
}
