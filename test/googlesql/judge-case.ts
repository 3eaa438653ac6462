import type { Catalog } from "../../src/compiler/googlesql/emit/context.ts";
import type { Translator } from "../../src/compiler/googlesql/translator.ts";
import type { Checked } from "../../src/domain/diagnostic.ts";
import { spanText } from "../../src/domain/source-file.ts";
import { sqlFrom } from "../../src/domain/sql.ts";
import type { CorpusCase } from "./corpus-case.ts";
import { areSameRows, type PlainResult } from "./plain-rows.ts";
import { openWarehouse, type Warehouse } from "./warehouse.ts";

/**
 * How a case went. `right`: BigQuery's rows, names and types. `drift`: the rows and names, with another type. `wrong`:
 * other rows or names, or an answer where BigQuery fails. `error`: DuckDB fails where BigQuery does not. `refused`: a
 * diagnostic instead of a translation.
 */
export type Verdict = "right" | "drift" | "wrong" | "error" | "refused";

/** How a case went, and why it is not right. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly detail: string;
}

interface Translated {
  readonly statements: readonly string[];
  readonly types: readonly string[];
  readonly uses: readonly string[];
}

/** Translates a text that may be a query or a script. */
export function translateText(translator: Translator, text: string, catalog: Catalog): Checked<Translated> {
  const source = sqlFrom({ file: { path: "case.sql", text }, start: 0, end: text.length }, text);
  const result = translator.translateScript(source, { catalog });
  if (!result.ok) return result;
  const { statements, columns, uses } = result.value;
  return {
    ok: true,
    value: { statements: statements.map((sql) => sql.text), types: columns.map((column) => column.type), uses },
  };
}

/** Runs a case in a DuckDB of its own and compares. */
export async function judgeCase(translator: Translator, item: CorpusCase): Promise<Judgement> {
  const warehouse = await openWarehouse();
  try {
    if (item.setup !== "") await warehouse.run(item.setup);
    return await judge(translator, item, warehouse);
  } finally {
    warehouse.close();
  }
}

async function judge(translator: Translator, item: CorpusCase, warehouse: Warehouse): Promise<Judgement> {
  const result = translateText(translator, item.sql, await warehouse.catalog());
  if (!result.ok) {
    const detail = result.diagnostics.map(
      ({ code, message, span }) => `${code}: ${message}${span === undefined ? "" : ` [${spanText(span)}]`}`,
    );
    return { verdict: item.rows === undefined ? "right" : "refused", detail: detail.join(" ") };
  }
  let answer: PlainResult;
  try {
    answer = await warehouse.answer(result.value.statements, result.value.uses);
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return { verdict: item.rows === undefined ? "right" : "error", detail: message };
  }
  return compare(item, answer, result.value.types);
}

function compare(item: CorpusCase, answer: PlainResult, types: readonly string[]): Judgement {
  const rows = JSON.stringify(answer.rows);
  if (item.rows === undefined) return { verdict: "wrong", detail: `An error was expected, not ${rows}.` };
  if (!areSameRows(answer.rows, item.rows, item.order))
    return { verdict: "wrong", detail: `${rows} and not ${JSON.stringify(item.rows)}` };
  if (item.names !== undefined && !isSameText(answer.names, item.names))
    return { verdict: "wrong", detail: `The names are ${answer.names.join(", ")} and not ${item.names.join(", ")}.` };
  const actual = answer.types.join(", ").replaceAll(/(?<=STRUCT<|, )_\d+ /gu, "");
  if (types.map(withoutScale).join(", ") !== actual)
    return { verdict: "drift", detail: `The type should be ${types.join(", ")} and is ${actual}.` };
  if (item.types !== undefined && !isSameText(types.map(withoutScale), item.types.map(withoutScale)))
    return { verdict: "drift", detail: `The types are ${types.join(", ")} and not ${item.types.join(", ")}.` };
  return { verdict: "right", detail: "" };
}

function isSameText(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** DuckDB holds both exact decimal types alike. */
function withoutScale(type: string): string {
  return type.replaceAll("BIGNUMERIC", "NUMERIC");
}
