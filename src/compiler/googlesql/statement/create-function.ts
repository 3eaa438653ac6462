import type { Code } from "../code.ts";
import type { UserFunction } from "../emit/context.ts";
import { readValueAt } from "../read/read-text.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import {
  accept,
  type Cursor,
  expect,
  expectEnd,
  here,
  openCursor,
  peek,
  readName,
  readPath,
  readType,
  skipOptions,
  takeBracket,
  takeList,
} from "./cursor.ts";
import type { ScriptContext } from "./script-context.ts";

/** Reads CREATE FUNCTION, both words being read: the function's expression is put in where a later statement calls it. */
export function translateCreateFunction(cursor: Cursor, script: ScriptContext): readonly Code[] {
  accept(cursor, "IF", "NOT", "EXISTS");
  const path = readPath(cursor);
  const parameters = takeList(cursor).map((range) => {
    const part = openCursor(script.source, range);
    const name = readName(part);
    if (accept(part, "ANY", "TYPE")) return { name: name.text, type: undefined };
    return { name: name.text, type: readType(part).type };
  });
  const returns = accept(cursor, "RETURNS") ? readType(cursor).type : undefined;
  if (peek(cursor)?.upper === "LANGUAGE" || peek(cursor)?.upper === "REMOTE")
    refuseUnsupported("A function in another language", here(cursor), "Write it as an SQL expression.");
  skipOptions(cursor);
  expect(cursor, "AS");
  const body = takeBracket(cursor);
  if (body === undefined) refuse("syntax-error", 'The expression of a function stands in "( )".', here(cursor));
  skipOptions(cursor);
  expectEnd(cursor);
  const definition: UserFunction = {
    name: path.parts.join("."),
    parameters,
    returns,
    body: readValueAt(script.source, body),
  };
  script.translation.functions.set(definition.name.toUpperCase(), definition);
  return [];
}
