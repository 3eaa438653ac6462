import type { Column } from "../../domain/column.ts";
import type { Contract } from "../../domain/contract.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { CompiledModel } from "../../domain/model.ts";
import { columnsOfQuery, type Script } from "../../domain/script.ts";
import type { Sql } from "../../domain/sql.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

interface Mismatch {
  readonly name: string;
  readonly inModel: string;
  readonly inContract: string;
  readonly reason: string;
}

function compare(model: readonly Column[], contract: readonly Column[]): readonly Mismatch[] {
  const byName = (columns: readonly Column[]): ReadonlyMap<string, Column> =>
    new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const [found, promised] = [byName(model), byName(contract)];
  const names = [...new Set([...found.keys(), ...promised.keys()])].sort();
  return names.flatMap((key): readonly Mismatch[] => {
    const [own, wanted] = [found.get(key), promised.get(key)];
    const head = {
      name: wanted?.name ?? own?.name ?? key,
      inModel: own?.type ?? "",
      inContract: wanted?.type ?? "",
    };
    if (own === undefined) return [{ ...head, reason: "missing in definition" }];
    if (wanted === undefined) return [{ ...head, reason: "missing in contract" }];
    return own.type === wanted.type ? [] : [{ ...head, reason: "data type mismatch" }];
  });
}

/** The differences as a table, in dbt's words. */
function mismatchTable(mismatches: readonly Mismatch[]): string {
  const rows = [
    ["column_name", "definition_type", "contract_type", "mismatch_reason"],
    ...mismatches.map(({ name, inModel, inContract, reason }) => [name, inModel, inContract, reason]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[], fill: string): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head, " "), line(["", "", "", ""], "-"), ...body.map((row) => line(row, " "))].join("\n");
}

/** What is wrong with the columns of a query that a model's contract promises otherwise: nothing, or one diagnostic. */
export function* breachOf(
  model: CompiledModel,
  { contract, query }: { readonly contract: Contract; readonly query: Sql },
  { dialect }: WarehouseSql,
): Script<readonly Diagnostic[]> {
  const promised = yield* columnsOfQuery(dialect.contractQuery(contract));
  const found = yield* columnsOfQuery(query);
  const mismatches = compare(found, promised);
  if (mismatches.length === 0) return [];
  const names = mismatches.map(({ name }) => `"${name}"`).join(", ");
  const message = `This model has an enforced contract that failed: the columns ${names} are not those that it promises.`;
  return [
    error("contract", message, {
      span: { file: model.file, start: 0, end: 0 },
      hint: `\n${mismatchTable(mismatches)}`,
    }),
  ];
}
