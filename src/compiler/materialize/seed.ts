import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Seed } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { type Script, stableRowsOf } from "../../domain/script.ts";
import { cellSpan } from "../project/cell-span.ts";
import { isTextType } from "../project/infer-type.ts";
import { before, finish } from "./around.ts";
import type { Standing } from "./table.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** Texts that one question asks about; a larger seed takes several. */
const textsAQuestion = 5000;

/** The cells of one column that the type cannot read which the author gives it. */
function* unreadable(seed: Seed, index: number, { dialect }: WarehouseSql): Script<readonly Diagnostic[]> {
  const column = seed.columns[index];
  if (column === undefined || isTextType(column.type)) return [];
  const { file, delimiter } = seed;
  const found: Diagnostic[] = [];
  const cells = seed.rows.flatMap((row, at) => {
    const text = row[index];
    return typeof text === "string" ? [{ text, line: seed.lines[at] ?? 1 }] : [];
  });
  for (let first = 0; first < cells.length; first += textsAQuestion) {
    const asked = cells.slice(first, first + textsAQuestion);
    const texts = asked.map(({ text }) => text);
    for (const { row } of yield* stableRowsOf(
      dialect.unreadableTexts({ type: column.type, dialect: seed.dialect }, texts),
    )) {
      const cell = asked[Number(row)];
      if (cell === undefined) continue;
      found.push(
        error("seed-cell", `The type ${column.type} of the column "${column.name}" cannot read "${cell.text}".`, {
          span: cellSpan(file, { line: cell.line, index, delimiter }),
        }),
      );
    }
  }
  return found;
}

/** A seed's rows are put in place of whatever stood there, once the types that the author gives have read their cells. */
export function* seed(
  seed: Seed,
  { kind, isRelaid }: Pick<Standing, "kind" | "isRelaid">,
  sql: WarehouseSql,
): Script<Outcome> {
  const faults: Diagnostic[] = [];
  for (const [index, { name }] of seed.columns.entries())
    if (seed.typed.includes(name)) faults.push(...(yield* unreadable(seed, index, sql)));
  if (faults.length > 0) return { status: "error", diagnostics: faults };
  yield* before(seed.hooks, undefined);
  yield* finish(seed.hooks, sql.dialect.replaceTableByRows(seed.relation, kind, { ...seed, isRelaid }), {
    ...seed,
    kind: "table",
    dialect: sql.dialect,
  });
  return { status: "success", message: `INSERT ${seed.rows.length}`, rowCount: seed.rows.length, warnings: [] };
}
