import { codeText } from "../code.ts";
import { readValueAt } from "../read/read-text.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Name } from "../syntax.ts";
import { coerce, nullOf } from "../type/cast.ts";
import { type DataType, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { accept, acceptSymbol, type Cursor, expect, expectEnd, peek, readName, readType } from "./cursor.ts";
import type { ScriptContext } from "./script-context.ts";

/**
 * Reads DECLARE, the word itself being read. A variable is the expression that it was last given: in a script without
 * branches and loops that is its value, wherever it is put in, as long as the expression gives the same each time.
 */
export function translateDeclare(cursor: Cursor, script: ScriptContext): void {
  const names = [readName(cursor)];
  while (acceptSymbol(cursor, ",")) names.push(readName(cursor));
  const declared = peek(cursor)?.upper === "DEFAULT" ? undefined : readType(cursor).type;
  const given = accept(cursor, "DEFAULT") ? valueAt(cursor, script) : undefined;
  expectEnd(cursor);
  for (const name of names) {
    if (script.variables.has(name.text.toLowerCase()))
      refuse("duplicate-name", `The variable "${name.text}" is declared already.`, name);
    script.variables.set(name.text.toLowerCase(), variable(name, declared, given));
  }
}

function variable(name: Name, declared: DataType | undefined, given: Value | undefined): Value {
  if (given !== undefined) return assign(name, declared ?? given.type, given);
  const place = { start: name.start, end: name.end };
  const nothing = makeValue({ code: "NULL", type: declared ?? { kind: "UNKNOWN" }, place, constant: { kind: "null" } });
  return { ...nullOf(nothing.type, nothing), constant: undefined };
}

function assign(name: Name, type: DataType, value: Value): Value {
  const fitted = coerce(value, type);
  if (fitted === undefined)
    refuse(
      "argument-type",
      `The variable "${name.text}" of type ${typeText(type)} cannot take a value of type ${typeText(value.type)}.`,
      value.place,
    );
  return { ...fitted, constant: undefined, parts: undefined };
}

function valueAt(cursor: Cursor, script: ScriptContext): Value {
  const range = { from: cursor.at, to: cursor.end };
  cursor.at = cursor.end;
  const value = script.translation.translateExpression(readValueAt(script.source, range), script.context);
  if (value.isVolatile || /\bSELECT\b|\bnow\(\)/u.test(codeText(value.code)))
    refuseUnsupported(
      "A variable whose value depends on the moment or on tables",
      value.place,
      "Write the expression where it is used.",
    );
  return value;
}

/** Reads SET, the word itself being read. */
export function translateSet(cursor: Cursor, script: ScriptContext): void {
  const name = readName(cursor);
  const known = script.variables.get(name.text.toLowerCase());
  if (known === undefined) refuse("unknown-column", `There is no variable "${name.text}".`, name);
  if (!acceptSymbol(cursor, "=")) expect(cursor, "=");
  script.variables.set(name.text.toLowerCase(), assign(name, known.type, valueAt(cursor, script)));
}
