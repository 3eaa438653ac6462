import type { Translator } from "../../src/compiler/googlesql/translator.ts";
import type { Catalog } from "../../src/compiler/googlesql/emit/context.ts";
import { translateText } from "../../test/googlesql/judge-case.ts";
import { openWarehouse } from "../../test/googlesql/warehouse.ts";
import { askAnalyzer, type AnalyzerAnswer, type AnalyzerQuestion } from "../gsqlcheck/analyzer.ts";
import type { Question } from "./compare.ts";
import { isKnown, isKnownToAnalyzer } from "./known-differences.ts";

/** How the analyzer and the translator see a query. */
type Finding =
  | { readonly kind: "same" | "both refuse" | "refused" | "known" }
  | { readonly kind: "different"; readonly detail: string };

/**
 * Asks GoogleSQL's analyzer for the acceptance and the output types of the queries, writes what is not ours and how many
 * went which way, and counts the different. `refused`: the analyzer accepts what has no translation.
 */
export async function checkTypes(
  name: string,
  questions: readonly Question[],
  options: { readonly program: string; readonly translator: Translator; readonly write: (text: string) => void },
): Promise<number> {
  const counts = new Map<string, number>();
  for (const setup of new Set(questions.map((question) => question.setup))) {
    const asked = questions.filter((question) => question.setup === setup);
    const catalog = await readTables(setup);
    const tables = tableColumns(catalog);
    const answers = askAnalyzer(
      options.program,
      asked.map(({ sql }): AnalyzerQuestion => ({ sql, tables, form: "statement" })),
    );
    for (const [index, { sql }] of asked.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      const finding = compare(sql, answer, { translator: options.translator, catalog });
      counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
      if (finding.kind === "different") options.write(`${sql}\n    ${finding.detail}\n`);
    }
  }
  const told = [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
  options.write(`${name}, the analyzer: ${told}\n`);
  return counts.get("different") ?? 0;
}

async function readTables(setup: string): Promise<Catalog> {
  const warehouse = await openWarehouse();
  if (setup !== "") await warehouse.run(setup);
  const catalog = await warehouse.catalog();
  warehouse.close();
  return catalog;
}

function tableColumns(catalog: Catalog): AnalyzerQuestion["tables"] {
  const names = [...catalog.names()];
  return Object.fromEntries(
    names.map((name) => {
      const columns = catalog.find(name.split("."))?.columns ?? [];
      return [name, columns.map((column) => [column.name, column.type] as const)];
    }),
  );
}

function compare(
  sql: string,
  answer: AnalyzerAnswer,
  own: { readonly translator: Translator; readonly catalog: Catalog },
): Finding {
  const result = translateText(own.translator, sql, own.catalog);
  if (!result.ok) return { kind: answer.kind === "valid" ? "refused" : "both refuse" };
  const types = result.value.types.join(", ");
  const expected = answer.kind === "valid" ? answer.columns.map((column) => column[1]).join(", ") : answer.message;
  if (types === expected) return { kind: "same" };
  if (isKnown(sql) || isKnownToAnalyzer(sql)) return { kind: "known" };
  const detail = answer.kind === "valid" ? `the types ${types} and not ${expected}` : `accepted: ${expected}`;
  return { kind: "different", detail };
}
