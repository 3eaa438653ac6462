import { spawnSync } from "node:child_process";
import type { Translator } from "../../src/compiler/googlesql/translator.ts";
import { translateText } from "../../test/googlesql/judge-case.ts";
import type { Question } from "./compare.ts";
import { isKnown } from "./known-differences.ts";

/**
 * Asks an analyzer's program for the types of queries (one JSON object a line, `{id, sql, tables}` in, `{id, ok, columns}`
 * out), writes those that are not ours, and counts them. Queries over tables are left out.
 */
export function checkTypes(
  program: string,
  questions: readonly Question[],
  options: { readonly translator: Translator; readonly write: (text: string) => void },
): number {
  const asked = questions.filter(({ setup }) => setup === "");
  const input = asked.map(({ sql }, id) => JSON.stringify({ id: String(id), sql, tables: {} })).join("\n");
  const run = spawnSync(program, { input, encoding: "utf8", maxBuffer: 1e9 });
  let differences = 0;
  for (const line of run.stdout.split("\n").filter((text) => text !== "")) {
    const answer: unknown = JSON.parse(line);
    const { id, types } = readTypes(answer);
    const question = asked[Number(id)];
    if (question === undefined || types === undefined || isKnown(question.sql)) continue;
    const result = translateText(options.translator, question.sql, { find: () => undefined, names: () => [] });
    const own = result.ok ? result.value.types.join(", ") : types;
    if (own === types) continue;
    differences++;
    options.write(`${question.sql}\n    the type ${own} and not ${types}\n`);
  }
  options.write(`types: ${asked.length} asked, ${differences} different\n`);
  return differences;
}

function readTypes(answer: unknown): { readonly id: string; readonly types: string | undefined } {
  if (typeof answer !== "object" || answer === null || !("id" in answer)) throw new Error("The analyzer says nothing.");
  const columns: unknown = "ok" in answer && answer.ok === true && "columns" in answer ? answer.columns : undefined;
  if (!Array.isArray(columns)) return { id: String(answer.id), types: undefined };
  const types = columns.map((column: unknown) => (Array.isArray(column) ? String(column[1]) : ""));
  return { id: String(answer.id), types: types.join(", ") };
}
