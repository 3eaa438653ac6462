import { type Checked, passed } from "../../../domain/diagnostic.ts";
import type { Script } from "../../../domain/script.ts";
import type { Sql } from "../../../domain/sql.ts";
import type { IncomingRows } from "./incoming-rows.ts";

/** The project's own macro says what becomes of the rows; what it writes may be several statements, or none. */
export function* custom({ model, staged, columns, incoming }: IncomingRows): Script<Checked<readonly Sql[]>> {
  const { compileStrategy } = model;
  if (compileStrategy === undefined) throw new Error(`"${model.name}" has no strategy of its own`);
  const types = new Map(incoming.map(({ name, type }) => [name.toLowerCase(), type]));
  const named = columns.map((name) => ({ name, type: types.get(name.toLowerCase()) ?? "" }));
  const statements = yield* compileStrategy({ staged, columns: named });
  if (!statements.ok) return statements;
  return passed(statements.value.text === "" ? [] : [statements.value]);
}
