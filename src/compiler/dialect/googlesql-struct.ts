/** A type of GoogleSQL, taken apart: `STRUCT<a INT64, b ARRAY<STRING>>`. */
export type TypeTree =
  | { readonly kind: "scalar"; readonly name: string }
  | { readonly kind: "array"; readonly element: TypeTree }
  | { readonly kind: "struct"; readonly fields: readonly TypeField[] };

/** A field of a struct. */
export interface TypeField {
  readonly name: string;
  readonly type: TypeTree;
}

/** The parts of a list, divided by the commas that stand in no brackets of its own. */
function partsOf(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    const sign = list[i] ?? "";
    if ("<(".includes(sign)) depth += 1;
    else if (">)".includes(sign)) depth -= 1;
    else if (sign === "," && depth === 0) {
      parts.push(list.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, list.slice(start)].map((part) => part.trim()).filter((part) => part !== "");
}

/** Takes a type's text apart, as BigQuery shows it. */
export function parseType(text: string): TypeTree {
  const [, outer = "", inner = ""] = /^\s*(ARRAY|STRUCT)\s*<(.*)>\s*$/isu.exec(text) ?? [];
  if (outer.toUpperCase() === "ARRAY") return { kind: "array", element: parseType(inner) };
  if (outer.toUpperCase() !== "STRUCT") return { kind: "scalar", name: text.trim() };
  const fields = partsOf(inner).map((part) => {
    const [, quoted, bare, rest = ""] = /^(?:`([^`]+)`|(\S+))\s+(.*)$/su.exec(part) ?? [];
    return { name: quoted ?? bare ?? part, type: parseType(rest) };
  });
  return { kind: "struct", fields };
}
